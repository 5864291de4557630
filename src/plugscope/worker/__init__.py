"""The worker: another process that imports and runs Python plugins, so that ours never does.

``child`` is that process, ``host`` starts it and speaks with it, ``message`` is what they say: JSON lines.
It contains accidents (a hang, a crash, a flood of output, a memory leak); it is no security sandbox.
"""

from .guard import limit_words
from .message import CUT_OFF, LOADED, MARKER, Limits, Target, decode, encode
from .plain import text_of

__all__ = [
    "CUT_OFF",
    "LOADED",
    "MARKER",
    "Limits",
    "Target",
    "decode",
    "encode",
    "limit_words",
    "text_of",
]
