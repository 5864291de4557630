"""What happened, laid over what another source lets expect: a log, a listing or a daemon beside a configuration or a
catalog."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from plugscope.boot import (
    BootResult,
    Catalog,
    Certainty,
    Diagnostic,
    DiagnosticCode,
    Entry,
    Known,
    Lookup,
    LookupsOf,
    Recording,
    RecordingKind,
    Severity,
    Step,
    make_plan,
)
from plugscope.boot.attribution import Attribution
from plugscope.boot.prediction import predict

from .expectation import Expectation, expect


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
    disabled = recording.plan.disabled_uris
    others = {*seen, *disabled} - mine
    more = [entry for entry in observed.entries if entry.uri in others]
    failed = {step.uri for step in recording.failures()}
    gone = [uri for uri in (*disabled, *make_plan(catalog).disabled_uris) if uri not in seen]
    expectation = _expectation(recording)
    is_same = catalog.version == expectation.nearest.version
    combined = replace(
        catalog,
        # A boot went by the rules of its own daemon.
        semantics=catalog.semantics if is_same else observed.semantics,
        entries=[*(_told(entry, observed, failed) for entry in catalog.entries), *more],
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
    Attribution(plan, _choices(catalog, expectation, is_same)).run(steps)
    return Recording(RecordingKind.OBSERVED, plan, steps, recording.boot)


def _choices(catalog: Catalog, expectation: Expectation, is_same: bool) -> LookupsOf:
    """What a plugin looks up: by the catalog, which knows the settings, if it is of the daemon's release; else by the
    release first."""
    mine = {entry.uri: [entry.lookups] for entry in catalog.entries if entry.lookups}

    def choices(uri: str) -> list[Sequence[Lookup]]:
        own, its = mine.get(uri, []), expectation.lookups_of(uri)
        return [*own, *its] if is_same else [*its, *own]

    return choices


def release_of(recording: Recording) -> str:
    """The shipped catalog that is nearest to the daemon of a recording, such as ``containerd-1.6.20``."""
    return f"containerd-{_expectation(recording).nearest.version}"


def _expectation(recording: Recording) -> Expectation:
    told = {step.uri for step in recording.steps if _is_told(step)}
    return expect(recording.plan.catalog.version, told)


def unheard(catalog: Catalog, why: str) -> Recording:
    """What the catalog lets expect of a boot that nothing tells of. ``why`` nothing does. Whether it went well is not
    known, unless it has to end by its settings: that is said at every level."""
    text = f"what happened is not told, and what follows is predicted: {why}"
    remark = Diagnostic(DiagnosticCode.OBSERVED_SILENT, Severity.WARNING, text)
    plan = make_plan(replace(catalog, diagnostics=(*catalog.diagnostics, remark)))
    recording = predict(plan)
    if recording.boot.ok:
        return replace(recording, boot=BootResult(True, why, certainty=Certainty.UNKNOWN))
    return recording


def _is_told(step: Step) -> bool:
    return step.certainty is not Certainty.UNKNOWN


def _told(entry: Entry, observed: Catalog, failed: Collection[str]) -> Entry:
    """The catalog's entry as what happened tells of it. The place of a failure is the line that tells of it, if any."""
    told = observed.find(entry.uri)
    if told is None or told.known is Known.INFERRED:
        return entry
    return replace(entry, known=told.known, location=told.location if entry.uri in failed else entry.location)


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
