"""Prediction: a boot without the code.

Requires only orders; a plugin fails when a lookup in its init function fails and the failure is fatal. So the
plan is walked, and for each plugin its lookups are run in order, under the era's rules, against what is there by
then: an absent provider is not there, a failed one is there with its error, a skipped one counts as the era
says. Errors keep their nature through wrapping. A plugin whose lookups all pass comes out as declared or recorded.
"""

from __future__ import annotations

from plugscope.boot.catalog import BootAbort, Entry, Init, Outcome
from plugscope.boot.gc_pause import gc_paused
from plugscope.boot.lookup import Lookup
from plugscope.boot.plan import Plan
from plugscope.boot.recording import (
    BootResult,
    Cause,
    CauseReason,
    Certainty,
    ErrorKind,
    Recording,
    RecordingKind,
    Step,
    refused,
)
from plugscope.plugin import ErrorText, PluginInitializedError, Stage

from .lookup_run import run_lookups
from .resolver import LookupResolver
from .type_state import Failure

_OK_INIT = Init()


class _Engine:
    """One predicted boot."""

    def __init__(self, plan: Plan, baseline: Recording | None) -> None:
        self.plan = plan
        self.catalog = plan.catalog
        self.baseline = baseline
        self.finder = LookupResolver(plan)
        self.steps = self.finder.steps
        self.disturbed = bool(plan.disabled)
        self._trouble_of: dict[tuple[str, ...], tuple[tuple[int, int], tuple[Cause, ...] | None]] = {}
        self._joined: dict[tuple[str, ...], tuple[int, tuple[Cause, ...]]] = {}
        self.troubled_types = {self.catalog.entries[position].registration.type for position in plan.disabled}

    def run(self) -> BootResult:
        required = dict.fromkeys(self.catalog.required)
        entries, finder = self.catalog.entries, self.finder
        unmet = dict(required)
        for index, position in enumerate(self.plan.sequence):
            entry = entries[position]
            registration = entry.registration
            if entry.abort is not None:
                self.steps.append(_undecodable(index, position, entry, entry.abort))
                self._not_reached(index + 1, Certainty.WILL)
                return BootResult(False, entry.abort.message, entry.abort.stage, registration.uri)
            step = self._initialise(index, position, entry)
            if not finder.add(step):
                self._not_reached(index, step.certainty)
                return BootResult(
                    False, self._twice(registration.uri), Stage.PLUGIN_SET_ADD, registration.uri
                )
            if required and registration.uri in required:
                unmet.pop(registration.uri, None)
                if step.outcome is not Outcome.OK:
                    self._not_reached(index + 1, step.certainty)
                    text = ErrorText.REQUIRED_FAILED.format(registration.uri, step.error)
                    return BootResult(False, text, Stage.REQUIRED_FAILED, registration.uri)
        if unmet:
            text = ErrorText.REQUIRED_MISSING.format(" ".join(unmet))
            return BootResult(False, text, Stage.REQUIRED_MISSING, next(iter(unmet)))
        ending = self.catalog.ending
        return BootResult() if ending is None else BootResult(False, ending.message, ending.stage, ending.uri)

    def _twice(self, uri: str) -> str:
        text = ErrorText.ALREADY_INITIALIZED.format(uri)
        if self.plan.semantics.is_v2:
            text = ErrorText.ADD_FAILED.format(uri, PluginInitializedError.text)
        return ErrorText.NOT_ADDED.format(text)

    def _not_reached(self, start: int, certainty: Certainty) -> None:
        for index in range(start, len(self.plan.sequence)):
            position = self.plan.sequence[index]
            entry = self.catalog.entries[position]
            self.steps.append(Step(index, position, entry, Outcome.NOT_REACHED, certainty=certainty))

    def _initialise(self, index: int, position: int, entry: Entry) -> Step:
        init = entry.init if self.baseline is None else self._init_of(entry, self.baseline)
        step = Step(index, position, entry, Outcome.OK)
        if entry.lookups is None:
            self._guess(step, init)
        elif (fatal := run_lookups(step, entry.lookups, self.finder) if entry.lookups else None) is not None:
            _fail(step, *fatal)
        elif init is not None:
            _come_out(step, init)
        else:
            step.meta = _OK_INIT.meta
        if step.certainty is Certainty.MAY or step.outcome is not (init or _OK_INIT).outcome:
            self.disturbed = True
            # Of whom nothing is known, and who requires nobody in trouble, is no trouble to others either.
            if entry.lookups is not None or step.outcome is not Outcome.OK:
                self.troubled_types.add(entry.registration.type)
        return step

    def _init_of(self, entry: Entry, baseline: Recording) -> Init | None:
        observed = baseline.by_uri.get(entry.registration.uri)
        if observed is None or observed.is_victim or observed.outcome is Outcome.NOT_REACHED:
            return entry.init
        return Init(observed.outcome, observed.error, observed.meta or _OK_INIT.meta)

    def _guess(self, step: Step, init: Init | None) -> None:
        """The lookups are not known: say what is known, and how sure it is."""
        if init is not None:
            _come_out(step, init)
        causes = self._trouble_in(step.entry.registration.requires)
        if causes is not None and step.outcome is Outcome.OK:
            step.outcome = Outcome.ERROR
            step.certainty = Certainty.MAY
            step.causes = causes
        elif self.disturbed:
            step.certainty = Certainty.MAY
        elif init is None:
            step.certainty = Certainty.UNKNOWN

    def _trouble_in(self, requires: tuple[str, ...]) -> tuple[Cause, ...] | None:
        """The causes in those of these types that are in trouble; ``None`` if none is.

        Many plugins require the same, and more trouble comes seldom.
        """
        stamp = len(self.troubled_types), self.finder.causes_noted
        known = self._trouble_of.get(requires)
        if known is None or known[0] != stamp:
            wanted = sorted(self.troubled_types) if "*" in requires else requires
            troubled = tuple(name for name in wanted if name in self.troubled_types)
            known = self._trouble_of[requires] = stamp, self._causes_in(troubled) if troubled else None
        return known[1]

    def _causes_in(self, types: tuple[str, ...]) -> tuple[Cause, ...]:
        """The causes in all plugins of these types so far. The same tuple, as long as none of them has a new one."""
        known = [self.finder.of_type(name).causes for name in types]
        count = sum(map(len, known))
        before = self._joined.get(types)
        if before is not None and before[0] == count:
            return before[1]
        found: dict[str, Cause] = {}
        for name, causes in zip(types, known, strict=True):
            for uri, cause in causes.items():
                found.setdefault(uri, cause)
            for cause in self.finder.absences.of(name):
                found.setdefault(cause.uri, cause)
        joined = tuple(found.values())
        self._joined[types] = count, joined
        return joined


def _come_out(step: Step, init: Init) -> None:
    """No lookup was fatal: the outcome is the declared or recorded one."""
    step.outcome = init.outcome
    step.meta = init.meta
    step.duration_ms = init.duration_ms
    if not init.sure:
        step.certainty = Certainty.MAY
    if init.outcome is Outcome.OK:
        return
    step.is_skip = init.outcome is Outcome.SKIP
    step.error = init.said
    if not step.is_skip:
        step.causes = (Cause(step.uri, CauseReason.CONFIG if init.location else CauseReason.OWN_ERROR),)


def _undecodable(index: int, position: int, entry: Entry, abort: BootAbort) -> Step:
    """A plugin whose configuration cannot be decoded: its init function is not called, and the boot ends."""
    step = Step(index, position, entry, Outcome.ERROR, abort.message)
    step.kind = ErrorKind.CONFIG
    step.causes = (Cause(step.uri, CauseReason.CONFIG),)
    return step


def _fail(step: Step, lookup: Lookup, failure: Failure, template: str) -> None:
    """A lookup was fatal: the failure is the lookup's, with what the init function makes of it."""
    step.error = template.replace("{error}", failure.text)
    step.is_skip = (failure.is_skip and lookup.wraps) or lookup.outcome == "skip"
    step.is_not_found = failure.is_not_found and lookup.wraps
    step.outcome = Outcome.SKIP if step.is_skip else Outcome.ERROR
    step.causes = failure.causes
    if not step.causes and not step.is_skip:
        step.causes = (Cause(step.uri, CauseReason.OWN_ERROR),)
    if not failure.sure:
        step.certainty = Certainty.MAY
    step.lookups[-1].decisive = True


def predict(plan: Plan, baseline: Recording | None = None) -> Recording:
    """The recording that this plan leads to.

    ``baseline``: an observed recording whose own failures and skips replace the declared outcomes.
    """
    if plan.catalog.abort is not None or plan.error is not None:
        return Recording(RecordingKind.PREDICTED, plan, [], refused(plan))
    engine = _Engine(plan, baseline)
    with gc_paused():
        boot = engine.run()
    return Recording(RecordingKind.PREDICTED, plan, engine.steps, boot)
