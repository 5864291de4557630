"""What a source gives: registrations and start-up settings, and how each fact is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from plugscope.plugin import Meta, Registration, Semantics, SkipPlugin, Stage

from .diagnostic import Diagnostic
from .lookup import Lookup


class Outcome(StrEnum):
    """What became of a plugin."""

    OK = "ok"
    SKIP = "skip"
    ERROR = "error"
    DISABLED = "disabled"
    NOT_REACHED = "not reached"


class Known(StrEnum):
    """How a fact is known."""

    DECLARED = "declared"
    SOURCE = "source"
    LOG = "log"
    LIVE = "live"
    INFERRED = "inferred"


class Init(Struct, frozen=True):
    """How an init function comes out when its lookups do not fail: declared, or recorded from a real boot.

    ``duration_ms`` is in milliseconds of wall time. ``location`` is where the setting stands (``file:line``) that makes
    it come out so, if a setting does. ``sure``: no other outcome is to be reckoned with, such as one that depends on
    the machine.
    """

    outcome: Outcome = Outcome.OK
    message: str = ""
    meta: Meta = field(default_factory=Meta)
    duration_ms: float | None = None
    location: str = ""
    sure: bool = True

    @property
    def said(self) -> str:
        """The text of its error or skip; a skip that says nothing says what Go's does."""
        return self.message or {Outcome.ERROR: "failed", Outcome.SKIP: SkipPlugin.text}.get(self.outcome, "")


class BootAbort(Struct, frozen=True):
    """An end of the boot that can be told before it: in which stage, with which message, and where it was written.

    ``uri`` is the plugin concerned, or "". ``name`` is the name in the message that is at fault, or "".
    """

    stage: Stage
    message: str
    location: str = ""
    uri: str = ""
    name: str = ""


class Setting(Struct, frozen=True):
    """One value of a plugin's configuration in force. ``key`` is its dotted path; ``location`` (``file:line``) where it
    was set, or "" if it is the default. ``ignored``: the release does not look at it."""

    key: str
    value: Any
    location: str = ""
    ignored: bool = False


class Entry(Struct):
    """A registration as a source tells it.

    ``lookups`` and ``init`` are ``None`` where nothing is known of them. ``init_fn`` names a Python function
    (``package.module:function``), ``location`` says where it was declared (``file:line``), ``config`` what the
    user set on top of the registration's defaults, ``settings`` all that is in force, value by value, where that is
    known. ``abort``: its configuration cannot be decoded, which ends the boot when its turn comes.
    """

    registration: Registration
    lookups: tuple[Lookup, ...] | None = None
    init: Init | None = None
    init_fn: str = ""
    location: str = ""
    known: Known = Known.DECLARED
    config: dict[str, Any] | None = None
    settings: tuple[Setting, ...] = ()
    abort: BootAbort | None = None

    @property
    def uri(self) -> str:
        """The registration's type and id."""
        return self.registration.uri


class Absent(Struct, frozen=True):
    """A plugin that exists in the source code but not in this build, and why."""

    uri: str
    why: str


class Catalog(Struct):
    """Everything a source gave. ``entries`` are in registration order.

    ``abort``: the boot would end before its first plugin; ``ending``: after its last. ``locations``: by URI, where
    (``file:line``) a plugin is disabled or required; by "", where the boot's end is told of. ``imports``: what the
    source reads besides its own file, each a path or, with a ``*`` in it, a pattern. ``version_known``: how the version
    is; inferred where it is that of the release that is nearest.
    """

    entries: list[Entry]
    semantics: Semantics = Semantics.V2
    name: str = ""
    version: str = ""
    root: str = ""
    state: str = ""
    address: str = ""
    disabled: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    absent: tuple[Absent, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    abort: BootAbort | None = None
    ending: BootAbort | None = None
    locations: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    imports: tuple[str, ...] = ()
    version_known: Known = Known.SOURCE

    @property
    def registrations(self) -> list[Registration]:
        """The registrations of all entries, in their order."""
        return [entry.registration for entry in self.entries]

    def under(self, semantics: Semantics) -> Catalog:
        """The same registrations under another era's rules."""
        return replace(self, semantics=semantics)

    def find(self, uri: str) -> Entry | None:
        """The first entry with that URI."""
        return next((entry for entry in self.entries if entry.registration.uri == uri), None)

    def types(self) -> list[str]:
        """The types that have a plugin, in order of first registration."""
        return list(dict.fromkeys(entry.registration.type for entry in self.entries))


def uris(entries: Sequence[Entry]) -> list[str]:
    """The URIs of entries, in their order."""
    return [entry.registration.uri for entry in entries]
