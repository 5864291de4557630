"""One boot of a log as a catalog and an observed recording, with causes."""

from __future__ import annotations

from dataclasses import replace

from plugscope.boot.attribution import Attribution
from plugscope.boot.catalog import Catalog, Entry, Init, Known, Outcome
from plugscope.boot.claim import claims_of
from plugscope.boot.finding import Finder
from plugscope.boot.plan import Plan, make_plan
from plugscope.boot.recording import BootResult, Cause, CauseReason, Certainty, ErrorKind, Recording, Step
from plugscope.plugin import Registration

from .blame import blame
from .boots import Boot
from .ending import Ending, ending_of
from .event import EventKind
from .expectation import Expectation, expect
from .fact import facts_of
from .presence import Extent, Presence, presence_of
from .remark import remarks


def expectation_for(boot: Boot, without: str = "") -> Expectation:
    """The catalogs that a boot is compared with."""
    told = [event for event in boot.events if event.kind in (EventKind.LOADING, EventKind.FAILED)]
    old_text = None if not told else any(event.is_old for event in told)
    return expect(
        boot.version, {event.uri for event in told if event.uri}, old_text=old_text, without=without
    )


def observe(boot: Boot, name: str = "", expectation: Expectation | None = None) -> Recording:
    """The recording of a boot. ``name`` is the log's, for places and titles."""
    return _Observation(boot, name, expectation or expectation_for(boot)).recording()


class _Observation:
    def __init__(self, boot: Boot, name: str, expectation: Expectation) -> None:
        self.boot = boot
        self.name = name
        self.expectation = expectation
        self.facts = facts_of(boot.events, expectation)
        self.each_start = boot.has(EventKind.LOADING)
        self.expected = {**expectation.expected, **self._missed()}
        self.catalog = self._catalog()
        self.ending = self._ending()
        self.extent = self._extent()
        self.presence = self._presence()

    def recording(self) -> Recording:
        self.catalog.disabled = tuple(self.presence.disabled)
        self.catalog.diagnostics = tuple(
            remarks(self.expectation, self.extent, self.presence, self.ending, len(self.facts))
        )
        plan = self._plan()
        steps = [self._step(index, position, plan) for index, position in enumerate(plan.sequence)]
        # At level warn a failure would have been told of: what was not is presumed well.
        hidden = self.presence.unseen if self.each_start else ()
        Attribution(plan, self.expectation.lookups_of, hidden).run(steps)
        boot = self._result(plan)
        return Recording("observed", plan, steps, boot)

    def _catalog(self) -> Catalog:
        """The expected plugins, and those that were seen beside them."""
        nearest = self.expectation.nearest
        entries: list[Entry] = []
        known: set[str] = set()
        for entry in nearest.entries:
            if entry.uri in self.facts or entry.uri in self.expected:
                entries.append(self._entry(entry.registration, entry))
                known.add(entry.uri)
        for uri, entry in self.expected.items():
            if uri not in known:
                entries.append(self._entry(entry.registration, entry))
                known.add(uri)
        for uri, fact in self.facts.items():
            if uri not in known:
                found = self.expectation.find(uri)
                requires = found.registration.requires if found else ()
                entries.append(self._entry(Registration(fact.type, fact.id, requires), found))
        return Catalog(
            entries,
            self.expectation.semantics,
            name=self.name,
            version=self.boot.version or self.expectation.nearest.version,
            root=nearest.root,
            state=nearest.state,
            address=nearest.address,
        )

    def _missed(self) -> dict[str, Entry]:
        """Plugins that this daemon had looked for, so that it is a version that knows them."""
        nothing = Finder(make_plan(Catalog([], self.expectation.semantics)))
        missed: dict[str, Entry] = {}
        here = {fact.type for fact in self.facts.values()}
        here.update(str(entry.registration.type) for entry in self.expectation.expected.values())
        for fact in self.facts.values():
            if fact.outcome is not Outcome.ERROR:
                continue
            for type_, id_ in claims_of(fact.error, self.expectation.lookups_of(fact.uri), nothing):
                if id_:
                    found = self.expectation.find(f"{type_}.{id_}")
                    members = [] if found is None else [found]
                else:
                    members = [] if type_ in here else self.expectation.of_type(type_)
                missed.update((entry.uri, entry) for entry in members)
        return missed

    def _entry(self, registration: Registration, like: Entry | None) -> Entry:
        fact = self.facts.get(registration.uri)
        return Entry(
            registration,
            None if like is None else like.lookups,
            None if like is None else like.init,
            place=f"{self.name}:{fact.line}" if fact is not None and fact.line else "",
            known=Known.INFERRED if fact is None else Known.LOG,
        )

    @property
    def unfinished(self) -> str:
        """The plugin that started last, if nothing tells what came of it."""
        last = next(reversed(self.facts.values()), None)
        return last.uri if last is not None and last.outcome is None else ""

    def _ending(self) -> Ending:
        last = next(reversed(self.facts), "")
        planned = make_plan(replace(self.catalog, disabled=())).ordered
        is_last = bool(planned) and planned[-1].uri == last
        return ending_of(self.boot, self.unfinished, is_last, self.each_start)

    def _extent(self) -> Extent:
        return Extent(
            from_start=self.boot.has(EventKind.STARTING),
            to_end=self.ending.all_had_their_turn,
            each_start=self.each_start or not self.facts,
            aborted=self.ending.ok is False,
            order_known=self.expectation.is_same_minor,
        )

    def _presence(self) -> Presence:
        if not self.facts:
            everything = [entry.uri for entry in self.catalog.entries]
            return Presence(later=everything) if self.ending.ok is False else Presence(unseen=everything)
        return presence_of(self.catalog, self.facts, self.expected, self.extent, self.expectation.lookups_of)

    def _plan(self) -> Plan:
        """The plan, in the order that was seen where that is another."""
        plan = make_plan(self.catalog)
        planned = [entry.uri for entry in plan.ordered]
        seen = [uri for uri in self.facts if uri in plan.position]
        if not self.each_start or [uri for uri in planned if uri in self.facts] == seen:
            return plan
        order = list(seen)
        for place, uri in enumerate(planned):
            if uri not in self.facts:
                before = planned[place - 1] if place else ""
                order.insert(order.index(before) + 1 if before in order else 0, uri)
        sequence = [plan.position[uri] for uri in order]
        rank = {position: place for place, position in enumerate(sequence)}
        alone = [
            position
            for position, puller in enumerate(plan.puller)
            if puller >= 0 and rank.get(puller, -1) < rank.get(position, 0)
        ]
        pullers, via = list(plan.puller), list(plan.via)
        for position in alone:
            pullers[position], via[position] = -1, ""
        return replace(plan, sequence=sequence, puller=pullers, via=via)

    def _step(self, index: int, position: int, plan: Plan) -> Step:
        entry = plan.catalog.entries[position]
        fact = self.facts.get(entry.uri)
        if fact is None:
            return self._unseen_step(index, position, entry)
        outcome = fact.outcome or Outcome.OK
        step = Step(index, position, entry, outcome, fact.error)
        step.duration_ms = fact.duration_ms
        if fact.outcome is None:
            self._leave_open(step)
        elif outcome is Outcome.OK and entry.init is not None:
            step.meta = entry.init.meta
        return step

    def _unseen_step(self, index: int, position: int, entry: Entry) -> Step:
        if entry.uri in self.presence.later:
            return Step(index, position, entry, Outcome.NOT_REACHED)
        init = entry.init or Init()
        presumed = init.outcome if not self.each_start and init.outcome is not Outcome.ERROR else Outcome.OK
        return Step(
            index,
            position,
            entry,
            presumed,
            init.said if presumed is Outcome.SKIP else "",
            certainty=Certainty.UNKNOWN,
        )

    def _leave_open(self, step: Step) -> None:
        """The plugin that started last, and of which nothing more is told."""
        stage, uri = self.ending.stage, step.uri
        if uri in self.ending.uris and stage in ("hang", "crash", "cancelled"):
            step.outcome = Outcome.ERROR
            step.error = self.ending.text
            step.kind = ErrorKind.TIMEOUT if stage == "hang" else ErrorKind.CRASH
            step.causes = (Cause(uri, CauseReason.ABORTED),)
        elif stage == "plugin-config-decode":
            step.outcome, step.kind, step.error = Outcome.ERROR, ErrorKind.CONFIG, self.ending.text
            step.causes = (Cause(uri, CauseReason.CONFIG),)
        elif self.ending.ok is None:
            step.certainty = Certainty.UNKNOWN

    def _result(self, plan: Plan) -> BootResult:
        ending = self.ending
        if ending.ok is None:
            silent = not self.each_start and self.facts
            return BootResult(
                True,
                "" if silent else ending.text,
                "",
                certainty=Certainty.MAY if silent else Certainty.UNKNOWN,
            )
        if ending.ok:
            return BootResult()
        uri, causes = blame(ending, self.boot, plan, self.expectation)
        return BootResult(False, ending.text, ending.stage, uri, causes)
