"""Plans, recordings and diagnoses as plain values, in the shapes of the command line's JSON (docs/cli.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugscope.boot import (
    BootResult,
    Certainty,
    Diagnosis,
    Diagnostic,
    Impact,
    MadeLookup,
    Outcome,
    Plan,
    Recording,
    Step,
)
from plugscope.plugin import Meta


def diagnostic_shape(diagnostic: Diagnostic) -> dict[str, Any]:
    """One thing that is told of a source."""
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "uri": diagnostic.uri or None,
        "place": diagnostic.location or None,
        "message": diagnostic.message,
    }


def order_shape(plan: Plan) -> dict[str, Any]:
    """The order, each plugin with its reason; no rows where there is none."""
    rows = []
    if plan.error is None:
        for position in plan.sequence:
            registration = plan.catalog.entries[position].registration
            reason = plan.reason(position)
            rows.append(
                {
                    "uri": registration.uri,
                    "type": str(registration.type),
                    "id": registration.id,
                    "requires": list(map(str, registration.requires)),
                    "pulled_in_by": reason.pulled_in_by or None,
                    "via": str(reason.via) or None,
                }
            )
    return {
        "semantics": str(plan.semantics),
        "order": rows,
        "disabled": plan.disabled_uris,
        "error": None if plan.error is None else str(plan.error),
        "diagnostics": [diagnostic_shape(d) for d in (*plan.catalog.diagnostics, *plan.diagnostics)],
    }


def boot_shape(boot: BootResult) -> dict[str, Any]:
    """How the boot as a whole came out."""
    return {
        "ok": None if boot.certainty is Certainty.UNKNOWN else boot.ok,
        "error": boot.error or None,
        "stage": boot.stage or None,
        "uri": boot.uri or None,
    }


def prediction_shape(recording: Recording) -> dict[str, Any]:
    """Every plugin in init order, then the disabled ones."""
    rows: list[dict[str, Any]] = [
        {
            "uri": step.uri,
            "outcome": str(step.outcome),
            "error": step.error or None,
            "cause": next((cause.uri for cause in step.causes), None),
            "causes": [{"uri": cause.uri, "reason": str(cause.reason)} for cause in step.causes],
            "certainty": str(step.certainty),
        }
        for step in recording.steps
    ]
    for uri in recording.plan.disabled_uris:
        rows.append(
            {
                "uri": uri,
                "outcome": str(Outcome.DISABLED),
                "error": None,
                "cause": None,
                "causes": [],
                "certainty": "will",
            }
        )
    return {"plugins": rows, "boot": boot_shape(recording.boot)}


def meta_shape(meta: Meta | None) -> dict[str, Any]:
    """What a plugin says about itself."""
    meta = meta or Meta()
    return {
        "platforms": [str(platform) for platform in meta.platforms],
        "exports": dict(meta.exports),
        "capabilities": list(meta.capabilities),
    }


def lookup_shape(made: MadeLookup) -> dict[str, Any]:
    """A lookup, what it found and what it failed with."""
    return {
        "get": str(made.lookup.get),
        "type": str(made.lookup.type),
        "id": made.lookup.id or None,
        "on_error": str(made.lookup.on_error),
        "found": made.found,
        "error": made.error or None,
        "decisive": made.decisive,
    }


def step_shape(recording: Recording, step: Step) -> dict[str, Any]:
    """One plugin's part of a boot."""
    return {
        "index": step.index,
        "uri": step.uri,
        "outcome": str(step.outcome),
        "kind": str(step.kind) if step.outcome is Outcome.ERROR else None,
        "certainty": str(step.certainty),
        "error": step.error or None,
        "error_chain": [{"type": name, "text": text} for name, text in step.chain],
        "causes": [{"uri": cause.uri, "reason": str(cause.reason)} for cause in step.causes],
        "traceback": step.traceback or None,
        "meta_before": meta_shape(step.meta_before),
        "meta": meta_shape(step.meta),
        "config": step.config,
        "root": recording.root_of(step),
        "state": recording.state_of(step),
        "address": step.address or recording.plan.catalog.address,
        "lookups": [lookup_shape(made) for made in step.lookups],
        "returned": step.returned or None,
        "output": step.output,
        "notes": list(step.notes),
        "duration_ms": step.duration_ms,
    }


def recording_shape(recording: Recording) -> dict[str, Any]:
    """A boot, step by step."""
    return {
        "kind": recording.kind,
        "steps": [step_shape(recording, step) for step in recording.steps],
        "disabled": recording.plan.disabled_uris,
        "boot": boot_shape(recording.boot),
    }


def diagnosis_shape(diagnosis: Diagnosis, locations: Mapping[str, str]) -> dict[str, Any]:
    """``locations``: by URI, the line that disables a plugin, where one is known."""
    return {
        "boot": boot_shape(diagnosis.boot),
        "root_causes": [
            {
                "uri": cause.uri,
                "reason": str(cause.reason),
                "error": cause.error or None,
                "place": cause.location or None,
                "victims": cause.victims,
                "skipped": cause.skipped,
                "certainty": str(cause.certainty),
            }
            for cause in diagnosis.root_causes
        ],
        "skipped": diagnosis.skipped,
        "disabled": diagnosis.disabled,
        "disabled_at": {uri: locations[uri] for uri in diagnosis.disabled if locations.get(uri)},
        "unfinished": diagnosis.unfinished,
    }


def impact_shape(impact: Impact) -> dict[str, Any]:
    """What differs between two boots."""
    return {
        "added": list(impact.added),
        "removed": list(impact.removed),
        "moved": list(impact.moved),
        "requires_changed": list(impact.requires_changed),
        "outcome_changed": [
            {
                "uri": change.uri,
                "before": str(change.before),
                "after": str(change.after),
                "certainty": str(change.certainty),
                "error": change.error or None,
                "causes": list(change.causes),
            }
            for change in impact.changes
        ],
        "meta_changed": [
            {"uri": change.uri, "before": meta_shape(change.before), "after": meta_shape(change.after)}
            for change in impact.meta_changed
        ],
    }
