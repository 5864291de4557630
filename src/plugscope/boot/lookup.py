"""The lookups an init function makes: what prediction runs instead of the code."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from msgspec import Struct


class Get(StrEnum):
    """Which ``Get…`` call it is."""

    FIRST = "first"
    SINGLE = "single"
    BY_TYPE = "by_type"
    BY_ID = "by_id"
    ALL = "all"


class OnError(StrEnum):
    """What the init function does when the lookup fails.

    ``tolerate-not-found`` goes on if the error is, or wraps, the era's not-found error, and fails otherwise.
    ``unknown``: the lookup was only ever seen to succeed, so that its failure may be fatal.
    """

    FATAL = "fatal"
    TOLERATE = "tolerate"
    TOLERATE_NOT_FOUND = "tolerate-not-found"
    UNKNOWN = "unknown"


class Lookup(Struct, frozen=True):
    """One lookup, in the place where the init function makes it.

    ``id``: which plugin ``by_id`` asks for; for ``by_type``, the member that the init function then takes.
    ``error``: the init function's error when the lookup is fatal; ``{error}`` stands for the lookup's own.
    ``absent``: its error when ``by_type`` succeeds but has no member ``id``.
    ``wraps``: whether that error keeps the nature of the lookup's (a skip, a not-found).
    ``members``: what the init function does with a failed member of a 1.x ``by_type``: tolerate or fatal.
    ``min``: how many usable members it needs.
    ``any_of``: lookups of one group are each tolerated (as far as ``on_error`` says, if it is
    ``tolerate-not-found``); the last one fails if none of them found anything.
    ``outcome``: what the plugin becomes when it fails here: ``error``, or ``skip``.
    ``unordered``: name of a group that is looked up in random order (a Go map).
    ``evidence``: how the lookup is known.
    """

    get: Get
    type: str
    id: str = ""
    on_error: OnError = OnError.FATAL
    error: str = "{error}"
    absent: str = ""
    wraps: bool = True
    members: str = "tolerate"
    min: int = 0
    any_of: str = ""
    outcome: str = "error"
    unordered: str = ""
    evidence: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.get is Get.ALL:
            return "all"
        target = f"{self.type}.{self.id}" if self.id else self.type
        return f"{self.get} {target}"


LookupsOf = Callable[[str], Sequence[Sequence[Lookup]]]
"""For a URI, the lists of lookups that its init function may make, the likeliest first."""
