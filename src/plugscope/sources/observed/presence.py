"""Plugins that a boot does not tell of: disabled, or only unseen.

A boot that is told from "starting containerd" to its end names every plugin that it has, so that one that its version
has and it does not name is disabled (or left out of this build). In a log with a hole, without its beginning or its
end, or without lines at level info, absence proves nothing; there an error may still say that something was not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from plugscope.boot import Catalog, Get, Lookup, LookupsOf, Outcome, Plan, Step, make_plan
from plugscope.boot.attribution import Attribution, missing_names
from plugscope.boot.prediction import LookupResolver, run_lookups

from .plugin_observation import PluginObservation


@dataclass(slots=True)
class Presence:
    """The plugins that were not told of, by what that means: ``later`` were not reached. ``has_hole``: lines in the
    middle are missing; ``lost``: the line that these failed must be among them."""

    disabled: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    has_hole: bool = False
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a boot a log holds: its beginning, every plugin to the last, a line for each that starts; whether
    what is not there was not reached; whether the catalog's order is the daemon's own. ``is_complete``: it is no log
    but a list of all that there is."""

    from_start: bool
    to_end: bool
    each_start: bool
    aborted: bool = False
    order_known: bool = True
    is_complete: bool = False


Run = tuple[list[str], str | None, str | None]
"""A stretch of the plan that was not told of, with the plugins before and after that were."""


def presence_of(
    catalog: Catalog,
    facts: dict[str, PluginObservation],
    expected: Iterable[str],
    extent: Coverage,
    lookups_of: LookupsOf,
) -> Presence:
    """Sort what ``catalog`` has and ``facts`` do not. ``expected`` are the plugins that this version surely has."""
    plan = make_plan(replace(catalog, disabled=()))
    runs = list(_runs([entry.uri for entry in plan.ordered], facts))
    presence = Presence()
    surely = set(expected)
    for run in runs:
        _sort(run, presence, facts, extent, surely)
    if extent.is_complete:
        _strike_unneeded(presence, catalog, facts, lookups_of)
        return presence
    _doubt(presence, runs, catalog, facts, lookups_of, extent.order_known and extent.each_start)
    if presence.has_hole and not extent.order_known:
        # Where in the order it is cannot be told.
        presence.unseen += presence.disabled
        presence.disabled = []
    if presence.unseen:
        _remember_error(presence, plan, facts, lookups_of)
    return presence


def _runs(planned: Sequence[str], facts: dict[str, PluginObservation]) -> Iterable[Run]:
    run: list[str] = []
    before: str | None = None
    for uri in planned:
        if uri not in facts:
            run.append(uri)
            continue
        if run:
            yield run, before, uri
            run = []
        before = uri
    if run:
        yield run, before, None


def _sort(
    run: Run, presence: Presence, facts: dict[str, PluginObservation], extent: Coverage, expected: set[str]
) -> None:
    missing, before, after = run
    if not extent.each_start or (before is None and not extent.from_start):
        presence.unseen += missing
    elif not extent.to_end and (after is None or not extent.order_known):
        (presence.later if extent.aborted else presence.unseen).extend(missing)
    elif after is not None and not facts[after].loading:
        presence.unseen += missing
        presence.has_hole = True
    else:
        presence.disabled += [uri for uri in missing if uri in expected]


def _strike_unneeded(
    presence: Presence, catalog: Catalog, facts: dict[str, PluginObservation], lookups_of: LookupsOf
) -> None:
    """What others do well without, who need it in the release that this one is compared with, is not in this one."""
    while needed := _contradicted(presence, catalog, facts, lookups_of)[0]:
        presence.disabled = [uri for uri in presence.disabled if uri not in needed]


def _doubt(
    presence: Presence,
    runs: Sequence[Run],
    catalog: Catalog,
    facts: dict[str, PluginObservation],
    lookups_of: LookupsOf,
    exact: bool,
) -> None:
    """Give up the belief that a plugin is disabled where others came out as they cannot without it, and that one is
    well that cannot be: then the lines of the whole stretch are missing."""
    while True:
        needed, lost = _contradicted(presence, catalog, facts, lookups_of)
        presence.lost = sorted(lost) if exact else []
        beside = {before for _, before, _ in runs if before in lost} if exact else set()
        hidden = {
            uri
            for missing, before, _ in runs
            if needed.intersection(missing) or before in beside
            for uri in missing
        }
        hidden.intersection_update(presence.disabled)
        presence.has_hole = presence.has_hole or bool(hidden or presence.lost)
        if not hidden:
            return
        presence.unseen += [uri for uri in presence.disabled if uri in hidden]
        presence.disabled = [uri for uri in presence.disabled if uri not in hidden]


def _contradicted(
    presence: Presence, catalog: Catalog, facts: dict[str, PluginObservation], lookups_of: LookupsOf
) -> tuple[set[str], set[str]]:
    """The absent plugins that others must have had, and the plugins that seem well and must have failed."""
    disabled = set(presence.disabled)
    plan = make_plan(replace(catalog, disabled=tuple(presence.disabled)))
    steps = [
        _step(plan, index, fact) for index, fact in enumerate(facts.values()) if fact.uri in plan.position
    ]
    attribution = Attribution(plan, lookups_of, presence.unseen)
    attribution.run(steps)
    finder = LookupResolver(plan)
    needed = attribution.missed & disabled
    lost: set[str] = set()
    for step in steps:
        if facts[step.uri].outcome is not None and step.outcome is not Outcome.SKIP:
            causes = _needed_by(step, lookups_of(step.uri), finder)
            needed |= causes & disabled
            if causes and step.outcome is Outcome.OK and not causes & disabled:
                lost.add(step.uri)
        finder.add(step)
    if presence.unseen:
        for uri in attribution.suspects.needed_by_well().intersection(presence.unseen):
            position = plan.position[uri]
            well = Step(len(steps), position, plan.catalog.entries[position], Outcome.OK)
            needed |= _needed_by(well, lookups_of(uri), finder) & disabled
    return needed, lost


def _step(plan: Plan, index: int, fact: PluginObservation) -> Step:
    position = plan.position[fact.uri]
    return Step(index, position, plan.catalog.entries[position], fact.outcome or Outcome.OK, fact.error)


def _needed_by(step: Step, choices: Sequence[Sequence[Lookup]], finder: LookupResolver) -> set[str]:
    """What this plugin would have failed for, by all that is known of it, and did not."""
    needed: set[str] | None = None
    for lookups in choices:
        trial = Step(step.index, step.position, step.entry, Outcome.OK)
        fatal = run_lookups(trial, lookups, finder)
        if fatal is None or not fatal[1].sure or (step.outcome is Outcome.ERROR and _is_random(fatal[0])):
            return set()
        causes = {cause.uri for cause in fatal[1].causes}
        needed = causes if needed is None else needed & causes
    blamed = {cause.uri for cause in step.causes}
    # An error of its own may have come before the lookup.
    if not needed or step.uri in blamed or needed & blamed:
        return set()
    return needed


def _is_random(lookup: Lookup) -> bool:
    """Whether which failure is named differs from boot to boot (Go's map order)."""
    return bool(lookup.unordered) or (lookup.get is Get.BY_TYPE and not lookup.id and not lookup.absent)


def _remember_error(
    presence: Presence, plan: Plan, facts: dict[str, PluginObservation], lookups_of: LookupsOf
) -> None:
    """What errors say was not there is not among the unseen."""
    nothing = LookupResolver(plan)
    usable = {fact.type for fact in facts.values() if fact.outcome is Outcome.OK}
    gone: set[str] = set()
    for fact in facts.values():
        if fact.outcome is not Outcome.ERROR:
            continue
        for type_, id_ in missing_names(fact.error, lookups_of(fact.uri), nothing):
            if id_:
                gone.add(f"{type_}.{id_}")
            elif type_ not in usable:
                members = (entry for entry in plan.catalog.entries if entry.registration.type == type_)
                gone.update(e.uri for e in members if e.init is None or e.init.outcome is Outcome.OK)
    presence.disabled += [uri for uri in presence.unseen if uri in gone]
    presence.unseen = [uri for uri in presence.unseen if uri not in gone]
