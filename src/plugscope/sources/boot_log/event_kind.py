"""The kinds of fact that a line of a log tells: by themselves, for those that read no lines."""

from __future__ import annotations

from enum import Enum, auto


class EventKind(Enum):
    """The kinds of fact, in the order in which a boot that goes on has them."""

    STARTING = auto()
    LOADING = auto()
    SKIPPED = auto()
    FAILED = auto()
    WAITING = auto()
    PROXY = auto()
    UNUSABLE = auto()
    BOOTED = auto()
    ABORTED = auto()
    PANICKED = auto()
    FATAL = auto()
    EXITED = auto()
