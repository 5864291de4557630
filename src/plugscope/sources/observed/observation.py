"""One boot, as a source tells it, as a catalog and an observed recording with causes."""

from __future__ import annotations

from msgspec.structs import replace

from plugscope.boot import (
    BootResult,
    Cause,
    CauseReason,
    Certainty,
    Entry,
    ErrorKind,
    Init,
    Known,
    Outcome,
    Plan,
    Recording,
    RecordingKind,
    Step,
    make_plan,
)
from plugscope.boot.attribution import Attribution
from plugscope.plugin import Meta, Stage

from .blame import blame
from .boot_observation import BootObservation
from .diagnostics import remarks
from .expectation import Expectation
from .expected_catalog import catalog_of, expected_entries
from .plugin_observation import PluginObservation
from .presence import Coverage, Presence, presence_of


def record(
    account: BootObservation, expectation: Expectation, name: str, known: Known = Known.LOG
) -> Recording:
    """The recording of what a source tells. ``known`` says how the told plugins are known."""
    return _Observation(account, expectation, name, known).recording()


class _Observation:
    def __init__(self, account: BootObservation, expectation: Expectation, name: str, known: Known) -> None:
        self.account = account
        self.name = name
        self.facts = dict(account.facts)
        self.ending = account.ending
        self.expectation = expectation
        self.expected = expected_entries(self.facts, expectation)
        self.catalog = catalog_of(self.facts, self.expected, expectation, name, known)
        self.extent = Coverage(
            from_start=account.from_start,
            to_end=account.ending.all_had_their_turn,
            each_start=account.each_start,
            aborted=account.ending.ok is False,
            order_known=expectation.is_same_minor,
            is_complete=not account.is_log and not account.is_part,
        )
        self.presence = self._presence()

    def recording(self) -> Recording:
        self.catalog.disabled = tuple(self.presence.disabled)
        if self.ending.line:
            self.catalog.locations = {"": f"{self.name}:{self.ending.line}"}
        told = remarks(self.expectation, self.extent, self.presence, self.ending, len(self.facts))
        self.catalog.diagnostics = tuple(told) if self.account.is_log else ()
        plan = self._plan()
        steps = [self._step(index, position, plan) for index, position in enumerate(plan.sequence)]
        # At level warn a failure would have been told of: what was not is presumed well.
        hides = self.account.each_start or self.account.is_part
        hidden = (*self.presence.unseen, *self.presence.lost) if hides else ()
        Attribution(plan, self.expectation.lookups_of, hidden).run(steps)
        for step in steps:
            _remember(step)
        return Recording(RecordingKind.OBSERVED, plan, steps, self._result(plan))

    def _presence(self) -> Presence:
        if not self.facts:
            everything = [entry.uri for entry in self.catalog.entries]
            return Presence(later=everything) if self.ending.ok is False else Presence(unseen=everything)
        presence = presence_of(
            self.catalog, self.facts, self.expected, self.extent, self.expectation.lookups_of
        )
        here = self.account.present
        presence.disabled = [uri for uri in presence.disabled if uri not in here]
        return presence

    def _plan(self) -> Plan:
        """The plan, in the order that was seen where that is another."""
        plan = make_plan(self.catalog)
        planned = [entry.uri for entry in plan.ordered]
        seen = [uri for uri in self.facts if uri in plan.position]
        if not self.account.each_start or [uri for uri in planned if uri in self.facts] == seen:
            return plan
        return _reordered(plan, _merged(planned, seen))

    def _step(self, index: int, position: int, plan: Plan) -> Step:
        entry = plan.catalog.entries[position]
        fact = self.facts.get(entry.uri)
        if fact is None:
            return self._unseen_step(index, position, entry)
        step = Step(index, position, entry, fact.outcome or Outcome.OK, fact.error)
        step.duration_ms = fact.duration_ms
        if entry.uri in self.presence.lost:
            step.certainty = Certainty.UNKNOWN
        elif fact.outcome is None:
            self._leave_open(step)
        elif fact.meta is not None or fact.outcome is Outcome.OK:
            step.meta = _meta_of(fact, entry)
        return step

    def _unseen_step(self, index: int, position: int, entry: Entry) -> Step:
        if entry.uri in self.presence.later:
            return Step(index, position, entry, Outcome.NOT_REACHED)
        init = entry.init or Init()
        skips = not self.account.each_start and init.outcome is Outcome.SKIP
        outcome = Outcome.SKIP if skips else Outcome.OK
        step = Step(index, position, entry, outcome, init.said if skips else "", certainty=Certainty.UNKNOWN)
        if entry.uri in self.account.present:
            step.certainty = Certainty.WILL
        return step

    def _leave_open(self, step: Step) -> None:
        """The plugin that started last, and of which nothing more is told."""
        stage, uri = self.ending.stage, step.uri
        if uri in self.ending.uris and stage in (Stage.HANG, Stage.CRASH, Stage.CANCELLED):
            step.kind = ErrorKind.TIMEOUT if stage is Stage.HANG else ErrorKind.CRASH
            step.causes = (Cause(uri, CauseReason.ABORTED),)
        elif stage is Stage.PLUGIN_CONFIG_DECODE and uri in self.ending.uris:
            step.kind = ErrorKind.CONFIG
            step.causes = (Cause(uri, CauseReason.CONFIG),)
        else:
            if self.ending.ok is None:
                step.certainty = Certainty.UNKNOWN
            return
        step.outcome, step.error = Outcome.ERROR, self.ending.text

    def _result(self, plan: Plan) -> BootResult:
        ending = self.ending
        if ending.ok:
            return BootResult()
        if ending.ok is None:
            # At level warn the line that a boot went well is not written, and that of an abort is.
            if not self.account.each_start and self.facts:
                return BootResult(certainty=Certainty.MAY)
            return BootResult(True, ending.text, certainty=Certainty.UNKNOWN)
        uri, causes = blame(ending, self.account.has_bad_proxy, plan, self.expectation)
        return BootResult(False, ending.text, ending.stage, uri, causes)


def _remember(step: Step) -> None:
    """What came of a plugin of itself is what a prediction with this catalog begins with."""
    told = step.certainty is Certainty.WILL and step.kind is ErrorKind.RAISED
    if told and not step.is_victim and step.outcome in (Outcome.OK, Outcome.SKIP, Outcome.ERROR):
        step.entry.init = Init(step.outcome, step.error, step.meta or Meta(), step.duration_ms)


def _meta_of(fact: PluginObservation, entry: Entry) -> Meta | None:
    if fact.meta is not None:
        return fact.meta
    return None if entry.init is None else entry.init.meta


def _merged(planned: list[str], seen: list[str]) -> list[str]:
    """The order that was seen, with the others each after the one that it is planned after."""
    order, told = list(seen), set(seen)
    for number, uri in enumerate(planned):
        if uri not in told:
            before = planned[number - 1] if number else ""
            order.insert(order.index(before) + 1 if before in order else 0, uri)
    return order


def _reordered(plan: Plan, order: list[str]) -> Plan:
    """The plan in another order; reasons that do not hold in it are left out."""
    sequence = [plan.position[uri] for uri in order]
    rank = {position: number for number, position in enumerate(sequence)}
    pullers, via = list(plan.puller), list(plan.via)
    for position, puller in enumerate(plan.puller):
        if puller >= 0 and rank.get(puller, -1) < rank.get(position, 0):
            pullers[position], via[position] = -1, ""
    return replace(plan, sequence=sequence, puller=pullers, via=via)
