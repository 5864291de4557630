"""What host and child say to each other: one JSON object a line, on pipes of their own.

Host to child: ``Load`` a target, then ``Order`` a run of what it registered. Child to host: ``Ready``, then ``Loaded``
or ``Refused``; then for each plugin ``Begin``, a ``LookupMade`` for each of its lookups, and a ``StepReport``; at last
``Ended``, and ``Closed`` once the plugins were closed.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from msgspec import Struct, ValidationError, convert, field, to_builtins

from plugscope.plugin import Stage

MARKER = "\x1eplugscope"
"""Begins the line that ends one step's output: what follows on the line is a token and the step's index."""

CUT_OFF = 113
"""Exit status of a child that can no longer speak to its host."""

LOADED = 1_000_000_000
"""Stands in for the index behind what importing printed."""


class Target(Struct, frozen=True):
    """What to import. ``kind``: ``module`` (dotted name), ``file`` (path) or ``functions`` (a manifest's plugins).

    ``attr`` names a registry, a list of registrations, or a function that returns one. ``search`` is put in
    front of ``sys.path``. ``plugins`` holds a manifest's plugins as plain values.
    """

    kind: Literal["module", "file", "functions"]
    name: str
    attr: str = ""
    search: str = ""
    semantics: str = "v2"
    plugins: list[dict[str, Any]] = field(default_factory=list)


class Limits(Struct, frozen=True):
    """What a plugin may use: seconds for its init, seconds for the import, bytes of memory for the process."""

    timeout: float = 10.0
    load_timeout: float = 30.0
    close_timeout: float = 5.0
    memory: int = 1 << 30


class Load(Struct, tag_field="message", tag=True, frozen=True):
    """Import this, within ``timeout`` seconds and ``memory`` bytes. ``token`` marks the ends of the steps' output."""

    target: Target
    memory: int
    timeout: float
    token: str


class Order(Struct, tag_field="message", tag=True, frozen=True):
    """Run the registrations at these positions, in this order, with the settings of the boot.

    ``timeout`` is that of one init function, ``close_timeout`` that of all that is closed at the end, in seconds.
    ``config`` is by URI. ``semantics`` "" are those of the registry.
    """

    sequence: list[int]
    root: str
    state: str
    address: str = ""
    required: list[str] = field(default_factory=list)
    config: dict[str, Any] = field(default_factory=dict)
    semantics: str = ""
    timeout: float = 10.0
    close_timeout: float = 5.0


Request = Load | Order


class Ready(Struct, tag_field="message", tag=True, frozen=True):
    """The child listens."""


class Refused(Struct, tag_field="message", tag=True, frozen=True):
    """The target cannot be used. ``location`` is where in the user's code, as ``file:line``, or ""."""

    error: str
    location: str = ""
    traceback: str = ""


class LoadedPlugin(Struct, frozen=True):
    """A registration. ``init_fn`` is its name, ``location`` where it is defined (``file:line``); "" if not known."""

    type: str
    id: str
    requires: list[str]
    config: Any
    init_fn: str
    location: str


class Loaded(Struct, tag_field="message", tag=True, frozen=True):
    """What the target registered, in that order."""

    semantics: str
    plugins: list[LoadedPlugin]


class Begin(Struct, tag_field="message", tag=True, frozen=True):
    """The turn of the plugin at this place of the order begins."""

    index: int


class LookupMade(Struct, tag_field="message", tag=True):
    """A lookup as it was made: what it found (URIs) and the error it raised, if any.

    ``decisive``: its failure is, or is within, the plugin's own.
    """

    get: str
    type: str
    id: str
    found: list[str]
    error: str
    decisive: bool = False


class MetaReport(Struct, frozen=True):
    """A plugin's Meta as texts."""

    platforms: list[str] = field(default_factory=list)
    exports: dict[str, str] = field(default_factory=dict)
    capabilities: list[str] = field(default_factory=list)


class ErrorLink(Struct, frozen=True):
    """One error of a chain: its class and its text."""

    type: str
    text: str


class StepReport(Struct, tag_field="message", tag=True, kw_only=True):
    """What came of one plugin. ``index`` is its place in the order, ``duration_ms`` the wall time of its init.

    ``chain`` is the error and all that it wraps, nearest first. ``output`` is what it printed: it comes another way,
    and is added by the host.
    """

    index: int
    outcome: Literal["ok", "skip", "error"]
    kind: Literal["raised", "config", "timeout", "crash"]
    error: str = ""
    chain: list[ErrorLink] = field(default_factory=list)
    traceback: str = ""
    is_skip: bool = False
    is_not_found: bool = False
    meta_before: MetaReport | None = None
    meta: MetaReport | None = None
    config: Any = None
    root: str = ""
    state: str = ""
    address: str = ""
    lookups: list[LookupMade] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    returned: str = ""
    duration_ms: float | None = None
    output: str = ""


class Ended(Struct, tag_field="message", tag=True, frozen=True):
    """The end of the boot; of one that was aborted, where and for whom."""

    ok: bool = True
    error: str = ""
    stage: Stage | None = None
    uri: str = ""


class Closed(Struct, tag_field="message", tag=True, frozen=True):
    """The plugins were closed; the errors of those that would not be, by URI."""

    errors: dict[str, str]


Answer = Ready | Refused | Loaded | Begin | LookupMade | StepReport | Ended | Closed


def encode(message: Request | Answer) -> bytes:
    """One line. Where a plugin left a value that is not as plain as its class says, its text."""
    return json.dumps(to_builtins(message, enc_hook=_plainer)).encode("ascii") + b"\n"


def decode_request(line: bytes) -> Request:
    """What the host asks. Raises ``ValueError`` for anything else."""
    request: Request = convert(_value(line), Request)
    return request


def decode_answer(line: bytes) -> Answer:
    """What the child says. Raises ``ValueError`` for anything else."""
    answer: Answer = convert(_value(line), Answer)
    return answer


def _value(line: bytes) -> Any:
    try:
        return json.loads(line)
    except RecursionError:
        raise ValidationError("a message that nests too deeply") from None


def _plainer(value: Any) -> Any:
    """A number of a class of the plugin's own as a plain one, everything else as text."""
    if isinstance(value, int):
        return int.__pos__(value)
    return float.__pos__(value) if isinstance(value, float) else str(value)
