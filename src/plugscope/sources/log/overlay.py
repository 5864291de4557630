"""What happened, laid over what another source lets expect: a log, a listing or a daemon beside a configuration or a
catalog."""

from __future__ import annotations

from msgspec.structs import replace

from plugscope.boot.attribution import Attribution
from plugscope.boot.catalog import Catalog, Diagnostic, Entry, Known, Severity
from plugscope.boot.plan import make_plan
from plugscope.boot.predict import predict
from plugscope.boot.recording import BootResult, Certainty, Recording, Step

from .expectation import expect


def over(catalog: Catalog, recording: Recording) -> Recording:
    """The boot that happened, of the plugins that ``catalog`` expects and those that were seen beside them.

    Registrations, lookups, settings and places are the catalog's; outcomes and order are the recording's. Of what the
    recording only presumes, the catalog knows better.
    """
    observed = recording.plan.catalog
    mine = {entry.uri for entry in catalog.entries}
    seen = {step.uri for step in recording.steps if step.uri in mine or _is_told(step)}
    if not any(map(_is_told, recording.steps)) and recording.boot.certainty is Certainty.UNKNOWN:
        return unheard(catalog, f"{recording.boot.error or 'nothing is told of it'}")
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
    order = [step.uri for step in recording.steps if step.uri in seen]
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


def unheard(catalog: Catalog, why: str) -> Recording:
    """What the catalog lets expect of a boot that nothing tells of. ``why`` nothing does. Whether it went well is not
    known, unless it has to end by its settings: that is said at every level."""
    text = f"what happened is not told, and what follows is predicted: {why}"
    remark = Diagnostic("observed-silent", Severity.WARNING, text)
    plan = make_plan(replace(catalog, diagnostics=(*catalog.diagnostics, remark)))
    recording = predict(plan)
    if recording.boot.ok:
        recording.boot = BootResult(True, why, certainty=Certainty.UNKNOWN)
    return recording


def _is_told(step: Step) -> bool:
    return step.certainty is not Certainty.UNKNOWN


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
