"""One boot as a list of steps, whoever made it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from plugscope.plugin import CircularDependencyError, Meta, Stage

from .catalog import Entry, Outcome
from .lookup import Lookup
from .plan import Plan


class Certainty(StrEnum):
    """How sure an outcome is: it will come out so, it may, or nothing is known."""

    WILL = "will"
    MAY = "may"
    UNKNOWN = "unknown"


class ErrorKind(StrEnum):
    """How a plugin failed: its init raised, its configuration did not fit, it ran out of time, or it took the
    process along."""

    RAISED = "raised"
    CONFIG = "config"
    TIMEOUT = "timeout"
    CRASH = "crash"


class RecordingKind(StrEnum):
    """Who tells what happened: nobody yet, a run in a worker, or a daemon, its log or a listing."""

    PREDICTED = "predicted"
    RUN = "run"
    OBSERVED = "observed"


class CauseReason(StrEnum):
    """What kind of root cause it is. The values are stable: ``explain --json`` tells them."""

    DISABLED = "disabled"
    NOT_REGISTERED = "not-registered"
    CONFIG = "config"
    OWN_ERROR = "own-error"
    SKIPPED_PROVIDER = "skipped-provider"
    ABORTED = "aborted"


class Cause(Struct, frozen=True):
    """A root cause: the plugin (or bare type) at the beginning of a failure."""

    uri: str
    reason: CauseReason


class MadeLookup:
    """A lookup as it was made: what it found and the error it raised, if any.

    ``members`` may be a list that grows after the lookup; the first ``count`` of it were there at the time.
    ``decisive`` marks the lookup whose failure became the plugin's own.
    """

    __slots__ = ("_members", "count", "decisive", "error", "lookup")

    def __init__(
        self, lookup: Lookup, members: Sequence[str | Step], count: int, error: str, decisive: bool = False
    ) -> None:
        self.lookup = lookup
        self._members = members
        self.count = count
        self.error = error
        self.decisive = decisive

    @property
    def found(self) -> list[str]:
        """The URIs that the lookup found."""
        return [m if isinstance(m, str) else m.uri for m in self._members[: self.count]]


class Step:
    """One plugin's part of a boot.

    ``index`` counts from 0 in the order of the boot, ``position`` is the registration's. ``causes`` are the
    root causes of a failure that is not the plugin's own, ``cause_certainty`` how sure they are (what failed before
    one's eyes is certain, what for may not be). ``duration_ms`` is wall time in milliseconds.
    ``notes`` are sentences about what the init function did to the process. ``chain`` is the error and all it
    wraps as (class, text) pairs, ``returned`` the class of the instance. ``root``, ``state`` and ``address`` are
    those it was given; "" where they follow from the catalog's.
    """

    # Defaults stand on the class: a boot of ten thousand has that many steps, and most differ in nothing here.
    kind: ErrorKind = ErrorKind.RAISED
    is_not_found: bool = False
    nature_varies: bool = False
    causes: tuple[Cause, ...] = ()
    cause_certainty: Certainty = Certainty.WILL
    meta_before: Meta | None = None
    chain: tuple[tuple[str, str], ...] = ()
    returned: str = ""
    root: str = ""
    state: str = ""
    address: str = ""
    output: str = ""
    traceback: str = ""
    notes: tuple[str, ...] = ()
    duration_ms: float | None = None

    def __init__(
        self,
        index: int,
        position: int,
        entry: Entry,
        outcome: Outcome,
        error: str = "",
        *,
        certainty: Certainty = Certainty.WILL,
        meta: Meta | None = None,
    ) -> None:
        self.index = index
        self.position = position
        self.entry = entry
        self.uri = entry.registration.uri
        self.outcome = outcome
        self.error = error
        self.is_skip = outcome is Outcome.SKIP
        self.certainty = certainty
        self.meta = meta
        self.config: Any = entry.config
        self.lookups: list[MadeLookup] = []

    @property
    def failed(self) -> bool:
        """Whether it came out as an error."""
        return self.outcome is Outcome.ERROR

    @property
    def is_victim(self) -> bool:
        """Whether the failure (or skip) passes another plugin's on."""
        return any(cause.uri != self.uri for cause in self.causes)

    def __repr__(self) -> str:
        return f"<Step {self.index} {self.uri} {self.outcome}{': ' + self.error if self.error else ''}>"


class BootResult(Struct, frozen=True):
    """How the boot as a whole came out. ``stage``: where an aborted one ended, ``uri``: with whom.

    ``causes`` are what an observed one ended for, where that is not what failed in it; the URI of a cause that is no
    plugin (a line of the configuration, a directory, a socket) is "". ``certainty`` is unknown where a log does not
    tell how it ended.
    """

    ok: bool = True
    error: str = ""
    stage: Stage | None = None
    uri: str = ""
    causes: tuple[Cause, ...] = ()
    certainty: Certainty = Certainty.WILL


def refused(plan: Plan) -> BootResult:
    """How a boot comes out that ends before its first plugin: by its settings, or because it has no order."""
    abort = plan.catalog.abort
    if abort is not None:
        return BootResult(False, abort.message, abort.stage, abort.uri)
    stage = Stage.ORDER if isinstance(plan.error, CircularDependencyError) else Stage.REGISTER_PANIC
    return BootResult(False, str(plan.error), stage, plan.error_uri)


class Recording(Struct, frozen=True, dict=True):
    """One boot. Never changed once made."""

    kind: RecordingKind
    plan: Plan
    steps: list[Step]
    boot: BootResult = field(default_factory=BootResult)
    root: str = ""
    state: str = ""

    @cached_property
    def by_uri(self) -> dict[str, Step]:
        """The step of each URI."""
        return {step.uri: step for step in self.steps}

    @cached_property
    def by_position(self) -> dict[int, Step]:
        """The step of each registration's position."""
        return {step.position: step for step in self.steps}

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """What became of each URI: of those that had their turn, in its order, then of the disabled, then the rest."""
        found = {step.uri: step.outcome for step in self.steps}
        entries = self.plan.catalog.entries
        for position in sorted(self.plan.disabled):
            found.setdefault(entries[position].registration.uri, Outcome.DISABLED)
        for entry in entries if len(found) < len(entries) else ():
            found.setdefault(entry.registration.uri, Outcome.NOT_REACHED)
        return found

    def outcome_of(self, position: int) -> Outcome:
        """The outcome of the registration at a position; disabled ones have no step."""
        if position in self.plan.disabled:
            return Outcome.DISABLED
        step = self.by_position.get(position)
        return Outcome.NOT_REACHED if step is None else step.outcome

    def root_of(self, step: Step) -> str:
        """The plugin's directory for what lasts."""
        return step.root or posixpath.join(self.root or self.plan.catalog.root, step.uri)

    def state_of(self, step: Step) -> str:
        """The plugin's directory for what goes with a reboot."""
        return step.state or posixpath.join(self.state or self.plan.catalog.state, step.uri)

    def failures(self) -> Iterator[Step]:
        """The steps that came out as errors."""
        return (step for step in self.steps if step.outcome is Outcome.ERROR)
