"""The worker: another process that imports and runs Python plugins, so that ours never does.

The child (``__main__``) loads what the user named (``loading``), runs the init functions (``running``) and reports
what came of each (``report``), under ``guard``. ``message`` is what it and its host (``plugscope.boot.run``) say:
JSON lines.
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
