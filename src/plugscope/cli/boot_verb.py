"""``predict``, ``replay`` and ``explain``: what will happen, what happened, and why."""

from __future__ import annotations

import sys

import click

from plugscope.boot import (
    Certainty,
    Diagnosis,
    Outcome,
    Recording,
    RecordingKind,
    Step,
    diagnose,
    predict,
    short_name,
    split_location,
    tell_lookup,
    tell_step,
    why_here,
)
from plugscope.boot.run import Run
from plugscope.export.text import diagnosis_shape, prediction_shape, recording_shape, step_shape
from plugscope.sources import Kind, containerd_facts
from plugscope.worker import Limits

from .opened import OpenedSource, opened, selected
from .option import BOOT, DISABLE, MEMORY, OBSERVED, SELECT, TIMEOUT, Asked, shared
from .terminal import called, diagnostic_line, note, refuse, safe, say, say_json

_UNTOLD = "not told of"


def _record(it: OpenedSource, disable: tuple[str, ...]) -> Recording:
    """What happened, if the source tells; else run the plugins if a worker has loaded them; else predict."""
    plan = it.plan(disable)
    if it.observed is not None and not disable:
        return it.observed
    if it.worker is None:
        return predict(plan, it.observed)
    run = Run(plan, it.worker)
    for _ in run.steps():
        pass
    return run.recording()


def _warn(recording: Recording) -> None:
    for diagnostic in (*recording.plan.catalog.diagnostics, *recording.plan.diagnostics):
        note(diagnostic_line(diagnostic))


def _exit(recording: Recording) -> None:
    if not recording.boot.ok or any(recording.failures()):
        sys.exit(1)


@click.command("predict", short_help="What would come of each plugin.")
@shared
@DISABLE
@SELECT
@BOOT
@OBSERVED
@click.option(
    "--record", is_flag=True, help="For Python: run the plugins once first, to learn their lookups."
)
def predict_verb(
    asked: Asked,
    record: bool,
) -> None:
    """Say what would come of each plugin, in init order, from the lookups that it is known to make.

    "may" stands before what depends on a lookup that is not known; "?" behind what nothing is known of. Exit code 1
    if a plugin would fail.

    \b
    Examples
      plugscope predict catalog:containerd-2.3 --disable io.containerd.content.v1.content
      plugscope predict shop.plugins --trust --record --disable shop.store.sqlite
    """
    with opened(asked, run=record) as it:
        if record and it.worker is not None:
            it.learn(_record(it, ()))
        recording = selected(predict(it.plan(asked.disable), it.observed), asked.query)
        _warn(recording)
        if asked.as_json:
            say_json(prediction_shape(recording))
        else:
            for step in recording.steps:
                say(_line(step))
            for uri in recording.plan.disabled_uris:
                say(f"{'disabled':<12} {safe(uri)}")
            _say_boot(recording)
        _exit(recording)


def _line(step: Step) -> str:
    outcome = str(step.outcome)
    if step.certainty is Certainty.MAY:
        outcome = f"may {'fail' if step.failed else outcome}"
    elif step.certainty is Certainty.UNKNOWN:
        outcome = f"{outcome}?"
    cause = next((c.uri for c in step.causes if c.uri != step.uri), "")
    tail = f": {safe(step.error)}" if step.error else ""
    return f"{outcome:<12} {safe(step.uri)}{tail}" + (f"  [because of {safe(cause)}]" if cause else "")


def _say_boot(recording: Recording) -> None:
    if recording.boot.certainty is Certainty.UNKNOWN:
        say(f"how the boot ended is not known: {safe(recording.boot.error)}")
    elif not recording.boot.ok:
        say(
            f"the boot {'would abort' if recording.kind == 'predicted' else 'aborted'}: {safe(recording.boot.error)}"
        )


@click.command("replay", short_help="The boot, step by step.")
@shared
@DISABLE
@SELECT
@BOOT
@OBSERVED
@TIMEOUT
@MEMORY
def replay(
    asked: Asked,
    timeout: float,
    memory: int,
) -> None:
    """Go through the boot step by step: outcome, error, Meta, lookups, output.

    Python plugins are really run, in a worker process; for other sources the boot is predicted. Exit code 1 if
    the boot aborts or a plugin fails. A log or a listing is shown as it happened.

    \b
    Examples
      plugscope replay example:shop
      plugscope replay shop.plugins --trust --timeout 3
      plugscope replay catalog:containerd-1.7 --json
    """
    limits = Limits(timeout=timeout, memory=memory << 20)
    with opened(asked, run=True, limits=limits) as it:
        recording = selected(_record(it, asked.disable), asked.query)
        _warn(recording)
        if asked.as_json:
            say_json(recording_shape(recording))
        else:
            for step in recording.steps:
                _say_step(recording, step)
            _say_boot(recording)
        _exit(recording)


def _say_step(recording: Recording, step: Step) -> None:
    say(safe(tell_step(recording, step)))
    for line in step.output.splitlines()[:20]:
        say(f"    | {safe(line)}")
    if step.meta is not None:
        for key, value in step.meta.exports.items():
            say(f"    exports {safe(key)} = {safe(value)}")
        if step.meta.capabilities:
            say(f"    capabilities {safe(', '.join(step.meta.capabilities))}")


@click.command("explain", short_help="The few causes behind the failures; with a URI, one plugin.")
@shared
@click.argument("uri", required=False, metavar="[URI]")
@DISABLE
@BOOT
@OBSERVED
@TIMEOUT
def explain(
    asked: Asked,
    uri: str | None,
    timeout: float,
) -> None:
    """Name the causes of what failed, each with its victims.

    With a URI: why that plugin stands where it stands, and why it came out as it did. Exit code 1 if there is a
    cause to name.

    \b
    Examples
      plugscope explain example:shop
      journalctl -u containerd | plugscope explain -
      plugscope explain catalog:containerd-2.3 io.containerd.grpc.v1.images --disable io.containerd.metadata.v1.bolt
    """
    limits = Limits(timeout=timeout)
    with opened(asked, run=True, limits=limits) as it:
        recording = _record(it, asked.disable)
        _warn(recording)
        if uri is not None:
            _explain_one(recording, uri, asked.as_json)
            return
        diagnosis = diagnose(recording)
        if asked.as_json:
            say_json(diagnosis_shape(diagnosis, recording.plan.catalog.locations))
        else:
            _say_diagnosis(
                recording, diagnosis, is_config=it.source.kind is Kind.CONFIG and it.source.file is not None
            )
        if diagnosis.root_causes or not recording.boot.ok:
            sys.exit(1)


def _explain_one(recording: Recording, uri: str, as_json: bool) -> None:
    plan = recording.plan
    position = plan.position.get(uri)
    if position is None:
        matching = [known for known in plan.position if known.endswith(f".{uri}") or short_name(known) == uri]
        hint = f"; did you mean {' or '.join(matching[:3])}?" if matching else ""
        refuse((uri, f"no plugin has that URI{hint}"))
    step = recording.by_position.get(position)
    if as_json:
        reason = plan.reason(position)
        say_json(
            {
                "uri": uri,
                "why_here": why_here(plan, position),
                "pulled_in_by": reason.pulled_in_by or None,
                "via": reason.via or None,
                "trail": [{"uri": puller, "via": via} for puller, via in plan.trail(position)],
                "why_so": None if step is None else tell_step(recording, step),
                "step": None if step is None else step_shape(recording, step),
            }
        )
        return
    say(safe(why_here(plan, position)))
    for puller, via in plan.trail(position)[1:]:
        say(f"  {safe(short_name(puller, plan))} in turn came before its requirer through {safe(via)}")
    if step is not None:
        say(safe(tell_step(recording, step)))
        for made in step.lookups:
            say(f"  it {safe(tell_lookup(made, plan))}")


def _say_diagnosis(recording: Recording, diagnosis: Diagnosis, *, is_config: bool) -> None:
    _say_boot(recording)
    counts = _counts(recording, diagnosis)
    if not diagnosis.root_causes:
        say("nothing failed" + (" as far as is told" if counts.get(_UNTOLD) else ""))
    for cause in diagnosis.root_causes:
        name = called(cause.uri, recording.plan.catalog) or "no plugin"
        may = "may be " if cause.certainty is not Certainty.WILL else ""
        where = f" (at {safe(cause.location)})" if cause.location else ""
        say(f"{name}: {may}{cause.reason}{where}" + (f": {safe(cause.error)}" if cause.error else ""))
        for victim in cause.victims:
            say(f"    took along {safe(victim)}")
        for skipped in cause.skipped:
            say(f"    made skip   {safe(skipped)}")
    _say_disabled(recording, diagnosis)
    if is_config:
        _say_how_to_enable(recording, diagnosis)
    if counts:
        say(", ".join(f"{number} {word}" for word, number in counts.items()))


def _say_disabled(recording: Recording, diagnosis: Diagnosis) -> None:
    """What does not start because somebody said so, which no failure tells of: by whom, and what it means."""
    locations = recording.plan.catalog.locations
    blamed = {cause.uri for cause in diagnosis.root_causes}
    for uri in diagnosis.disabled:
        if uri in blamed:
            continue
        where = f" (at {safe(locations[uri])})" if locations.get(uri) else ""
        missed = containerd_facts().missed.get(uri)
        means = f": {missed}" if missed else ""
        say(f"{safe(uri)} is disabled{where}{means}")


def _say_how_to_enable(recording: Recording, diagnosis: Diagnosis) -> None:
    locations = recording.plan.catalog.locations
    for file in dict.fromkeys(split_location(locations.get(uri, ""))[0] for uri in diagnosis.disabled):
        if file:
            say(f"    to have one start: plugscope config {safe(file)} --enable URI shows the change")


def _counts(recording: Recording, diagnosis: Diagnosis) -> dict[str, int]:
    """How many plugins came out how. What a log does not tell of is none of its outcomes."""
    counts = dict.fromkeys(map(str, Outcome), 0)
    is_presumed = recording.boot.certainty is Certainty.MAY
    untold = "presumed well" if is_presumed else _UNTOLD
    counts[untold] = 0
    for step in recording.steps:
        is_told = recording.kind is not RecordingKind.OBSERVED or step.certainty is not Certainty.UNKNOWN
        counts[str(step.outcome) if is_told else untold] += 1
    counts[str(Outcome.DISABLED)] = len(diagnosis.disabled)
    return {word: number for word, number in counts.items() if number}


COMMANDS = (predict_verb, replay, explain)
