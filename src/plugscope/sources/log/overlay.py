"""What happened, laid over what another source lets expect: a log or listing beside a configuration or a catalog."""

from __future__ import annotations

from msgspec.structs import replace

from plugscope.boot.attribution import Attribution
from plugscope.boot.catalog import Catalog, Entry, Known
from plugscope.boot.plan import make_plan
from plugscope.boot.recording import Recording, Step

from .expectation import expect


def over(catalog: Catalog, recording: Recording) -> Recording:
    """The boot that happened, of the plugins that ``catalog`` expects and those that were seen beside them.

    Registrations, lookups, settings and places are the catalog's; outcomes and order are the recording's.
    """
    observed = recording.plan.catalog
    seen = {step.uri for step in recording.steps}
    mine = {entry.uri for entry in catalog.entries}
    more = [entry for entry in observed.entries if entry.uri in seen and entry.uri not in mine]
    gone = [
        uri
        for uri in (*recording.plan.disabled_uris, *make_plan(catalog).disabled_uris)
        if uri in mine and uri not in seen
    ]
    combined = replace(
        catalog,
        entries=[*(_told(entry, observed) for entry in catalog.entries), *more],
        disabled=tuple(dict.fromkeys(gone)),
        diagnostics=(*catalog.diagnostics, *observed.diagnostics),
    )
    plan = make_plan(combined)
    order = [step.uri for step in recording.steps if step.uri in plan.position]
    left = [entry.uri for entry in plan.ordered if entry.uri not in seen]
    plan = replace(plan, sequence=[plan.position[uri] for uri in (*order, *left)])
    steps = [
        _again(recording.by_uri[uri], index, plan.position[uri], combined) for index, uri in enumerate(order)
    ]
    lookups = {entry.uri: entry.lookups for entry in catalog.entries if entry.lookups}
    expectation = expect(observed.version, seen)
    Attribution(
        plan,
        lambda uri: [lookups[uri]] if uri in lookups else expectation.lookups_of(uri),
    ).run(steps)
    return Recording("observed", plan, steps, recording.boot)


def _told(entry: Entry, observed: Catalog) -> Entry:
    told = observed.find(entry.uri)
    return entry if told is None or told.known is Known.INFERRED else replace(entry, known=told.known)


def _again(step: Step, index: int, position: int, catalog: Catalog) -> Step:
    """The same step of another plan, with its causes still to be found."""
    new = Step(
        index,
        position,
        catalog.entries[position],
        step.outcome,
        step.error,
        certainty=step.certainty,
        meta=step.meta,
    )
    new.kind, new.duration_ms, new.is_skip = step.kind, step.duration_ms, step.is_skip
    return new
