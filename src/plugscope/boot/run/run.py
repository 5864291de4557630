"""A recording that was really run: the worker's messages as steps."""

from __future__ import annotations

from collections.abc import Iterator

from plugscope.boot.catalog import Outcome
from plugscope.boot.lookup import Get, Lookup
from plugscope.boot.plan import Plan
from plugscope.boot.prediction import Absences
from plugscope.boot.recording import (
    BootResult,
    Cause,
    CauseReason,
    ErrorKind,
    MadeLookup,
    Recording,
    RecordingKind,
    Step,
    refused,
)
from plugscope.plugin import Meta, Platform, Stage
from plugscope.worker import Ended, LookupMade, MetaReport, Order, StepReport

from .host import Worker

_CUT_SHORT = {ErrorKind.TIMEOUT: Stage.TIMEOUT, ErrorKind.CRASH: Stage.CRASH}


class Run:
    """One boot in a worker that has loaded the plan's plugins. Take ``steps``, then ``recording``."""

    def __init__(self, plan: Plan, worker: Worker) -> None:
        self.plan = plan
        self._worker = worker
        self._steps: list[Step] = []
        self._by_uri: dict[str, Step] = {}
        self._absences = Absences(plan)
        self._boot = BootResult()

    def steps(self) -> Iterator[Step]:
        """Each step as soon as its plugin is done. Those that were not reached come last."""
        if self.plan.error is not None:
            self._boot = refused(self.plan)
            return
        for answer in self._worker.run(self._order()):
            if isinstance(answer, Ended):
                self._boot = BootResult(answer.ok, answer.error, answer.stage, answer.uri)
                continue
            step = self._step(answer)
            self._steps.append(step)
            self._by_uri[step.uri] = step
            if step.kind in _CUT_SHORT:
                self._boot = BootResult(False, f"{step.uri}: {step.error}", _CUT_SHORT[step.kind], step.uri)
            yield step
        yield from self._unreached()

    def recording(self) -> Recording:
        """The whole boot, once the steps have been taken."""
        return Recording(RecordingKind.RUN, self.plan, self._steps, self._boot)

    def _order(self) -> Order:
        catalog = self.plan.catalog
        return Order(
            list(self.plan.sequence),
            catalog.root,
            catalog.state,
            catalog.address,
            list(catalog.required),
            {entry.uri: entry.config for entry in catalog.entries if entry.config and not entry.init_fn},
            str(catalog.semantics),
        )

    def _unreached(self) -> Iterator[Step]:
        for index in range(len(self._steps), len(self.plan.sequence)):
            position = self.plan.sequence[index]
            step = Step(index, position, self.plan.catalog.entries[position], Outcome.NOT_REACHED)
            step.notes = (f"not reached: {self._boot.error}",) if self._boot.error else ()
            self._steps.append(step)
            yield step

    def _step(self, told: StepReport) -> Step:
        position = self.plan.sequence[told.index]
        entry = self.plan.catalog.entries[position]
        step = Step(told.index, position, entry, Outcome(told.outcome), told.error)
        step.kind = ErrorKind(told.kind)
        step.is_skip, step.is_not_found = told.is_skip, told.is_not_found
        step.meta_before, step.meta = _meta(told.meta_before), _meta(told.meta)
        step.config = told.config
        step.root, step.state, step.address = told.root, told.state, told.address
        step.output, step.traceback = told.output, told.traceback
        step.chain = tuple((link.type, link.text) for link in told.chain)
        step.returned = told.returned
        step.notes = tuple(told.notes)
        step.duration_ms = told.duration_ms
        step.lookups = [_lookup(lookup) for lookup in told.lookups]
        if step.outcome in (Outcome.ERROR, Outcome.SKIP):
            step.causes = self._causes(step)
        return step

    def _causes(self, step: Step) -> tuple[Cause, ...]:
        own = () if step.outcome is Outcome.SKIP else (Cause(step.uri, CauseReason.OWN_ERROR),)
        if step.kind is ErrorKind.CONFIG:
            return (Cause(step.uri, CauseReason.CONFIG),)
        made = next((m for m in step.lookups if m.decisive), None) or next(
            (m for m in reversed(step.lookups) if m.error and m.error in step.error), None
        )
        if made is None:
            return self._causes_passed_on(step) or own
        return causes_of_lookup(made, self._by_uri, self._absences) or own

    def _causes_passed_on(self, step: Step) -> tuple[Cause, ...]:
        """The causes of a failed plugin that a lookup handed out, and whose error this one wraps or repeats."""
        texts = {text for _, text in step.chain}
        for made in reversed(step.lookups):
            for uri in made.found:
                provider = self._by_uri.get(uri)
                if (
                    provider is not None
                    and provider.error
                    and (provider.error in texts or _repeats(step, provider))
                ):
                    made.decisive = True
                    return provider.causes or (Cause(uri, CauseReason.SKIPPED_PROVIDER),)
        return ()


def causes_of_lookup(made: MadeLookup, steps: dict[str, Step], absences: Absences) -> tuple[Cause, ...]:
    """The root causes behind a lookup that failed; empty if the fault is the asking plugin's own."""
    found: dict[str, Cause] = {}
    for uri in made.found:
        provider = steps.get(uri)
        if provider is None or provider.outcome not in (Outcome.ERROR, Outcome.SKIP):
            continue
        for cause in provider.causes or (Cause(uri, CauseReason.SKIPPED_PROVIDER),):
            found.setdefault(cause.uri, cause)
    if not made.found:
        id_ = made.lookup.id if made.lookup.get is Get.BY_ID else ""
        # A lookup by type hands out no plugin that skipped: where there was nothing else, that is why.
        skipped = [] if id_ else [step for step in steps.values() if _skipped(step, made.lookup.type)]
        for step in skipped:
            for cause in step.causes or (Cause(step.uri, CauseReason.SKIPPED_PROVIDER),):
                found.setdefault(cause.uri, cause)
        type_ = made.lookup.type
        absent = absences.disabled(type_, id_) if found else absences.of(type_, id_)
        for cause in absent or ([] if found else absences.late(type_, id_, len(steps))):
            found.setdefault(cause.uri, cause)
    return tuple(found.values())


def _repeats(step: Step, provider: Step) -> bool:
    """Whether an error's text holds the provider's; a word or two prove nothing."""
    return len(provider.error) >= 8 and provider.error in step.error


def _skipped(step: Step, type_: str) -> bool:
    return step.outcome is Outcome.SKIP and step.entry.registration.type == type_


def _lookup(told: LookupMade) -> MadeLookup:
    lookup = Lookup(Get(told.get), told.type, told.id)
    return MadeLookup(lookup, told.found, len(told.found), told.error, told.decisive)


def _meta(told: MetaReport | None) -> Meta | None:
    if told is None:
        return None
    platforms = []
    for text in told.platforms:
        try:
            platforms.append(Platform.parse(text))
        except ValueError:
            platforms.append(Platform(os=text))
    return Meta(platforms, told.exports, told.capabilities)
