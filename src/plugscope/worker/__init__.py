"""The worker: another process that imports and runs Python plugins, so that ours never does.

The host (``plugscope.boot.run``) and the child speak in lines of JSON, whose types are in ``message``. The child
(``__main__``) loads what the user named (``loading``; ``declared`` stands in for plugins without code), runs the init
functions one by one (``running``, which catches what they print: ``printed``) and tells what came of each
(``report``, in values that JSON has: ``plain``). ``guard`` sets timers and limits.
It contains accidents (a hang, a crash, a flood of output, a memory leak); it is no security sandbox.
"""

from .guard import limit_words
from .message import (
    CUT_OFF,
    LOADED,
    MARKER,
    Answer,
    Begin,
    Ended,
    Limits,
    Load,
    Loaded,
    LoadedPlugin,
    LookupMade,
    MetaReport,
    Order,
    Refused,
    Request,
    StepReport,
    Target,
    decode_answer,
    encode,
)
from .plain import text_of

__all__ = [
    "CUT_OFF",
    "LOADED",
    "MARKER",
    "Answer",
    "Begin",
    "Ended",
    "Limits",
    "Load",
    "Loaded",
    "LoadedPlugin",
    "LookupMade",
    "MetaReport",
    "Order",
    "Refused",
    "Request",
    "StepReport",
    "Target",
    "decode_answer",
    "encode",
    "limit_words",
    "text_of",
]
