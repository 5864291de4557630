"""A boot that the model predicts, written as the daemon would have logged it, and read back."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.log.test_wrapping import WRAPPINGS
from tests.sources.log.written import RELEASES, Boot, boots, catalog, fields_of_boot, lines_of_boot, stamp

from plugscope.boot import Catalog, Certainty, Outcome, Recording, diagnose, make_plan, predict
from plugscope.sources.log import read_log
from plugscope.sources.log.source import Log


def read(lines: Sequence[str], number: int = -1) -> Log:
    """The log of these lines."""
    return read_log(BytesIO("".join(f"{line}\n" for line in lines).encode()), "boot.log", number)


def told(recording: Recording) -> dict[str, tuple[Outcome, str]]:
    """Outcome and error of each plugin that had its turn."""
    return {
        step.uri: (step.outcome, step.error)
        for step in recording.steps
        if step.certainty is not Certainty.UNKNOWN
    }


@settings(max_examples=25)
@given(boots())
def test_what_was_written_is_read_back(boot: Boot) -> None:
    """Outcome and words of every plugin, which release it was, what was disabled and how the boot ended."""
    predicted = boot.predicted
    log = read(boot.lines())
    assert told(log.recording) == told(predicted)
    assert set(log.recording.plan.disabled_uris) == set(predicted.plan.disabled_uris)
    assert (log.recording.boot.ok, log.recording.boot.stage) == (predicted.boot.ok, predicted.boot.stage)
    assert log.recording.plan.catalog.version in (boot.release, f"v{boot.release}")


@settings(max_examples=25)
@given(boots())
def test_the_causes_that_are_read_are_those_that_made_it(boot: Boot) -> None:
    """Root causes and their victims: the reader knows the words alone, the prediction knew the rules."""
    predicted = boot.predicted
    found = diagnose(read(boot.lines()).recording)
    wanted = diagnose(predicted)
    assert {cause.uri for cause in found.root_causes} == {cause.uri for cause in wanted.root_causes}
    assert set(found.victims) == set(wanted.victims)


@settings(max_examples=40)
@given(boots(), st.sampled_from(sorted(WRAPPINGS)))
def test_a_boot_comes_out_of_every_envelope(boot: Boot, wrapping: str) -> None:
    """Whatever was disabled: the wrapping changes nothing of what it tells."""
    predicted = boot.predicted
    text = "".join(f"{line}\n" for line in boot.lines())
    wrapped = WRAPPINGS[wrapping](text)
    data = wrapped if isinstance(wrapped, bytes) else wrapped.encode()
    log = read_log(BytesIO(data), "boot.log")
    assert told(log.recording) == told(predicted)
    assert log.recording.boot.ok == predicted.boot.ok


def test_a_boot_with_lines_missing_hardly_ever_blames_for_certain_whom_the_whole_does_not() -> None:
    """Boots that no rule was built on, cut anywhere but at their beginning and their end.

    One in some hundred such logs does: a hole that ends right before a plugin starts looks as if those in it were
    disabled, and an error may say that one of them was not there yet.
    """
    chance, wrong = random.Random(17), []
    for _ in range(80):
        release = chance.choice(RELEASES)
        uris = [entry.uri for entry in catalog(release).entries]
        lines = list(Boot(release, tuple(chance.sample(uris, chance.randint(0, 3)))).lines())
        whole = {cause.uri for cause in diagnose(read(lines).recording).root_causes}
        end = chance.randrange(3, len(lines) - 1)
        first = max(2, end - chance.randint(1, 40))
        part = diagnose(read(lines[:first] + lines[end:]).recording)
        sure = {cause.uri for cause in part.root_causes if cause.certainty is Certainty.WILL}
        wrong += sorted(sure - whole)
    assert len(wrong) <= 1, wrong


@settings(max_examples=25)
@given(boots())
def test_each_plugin_has_the_line_that_tells_of_it(boot: Boot) -> None:
    """So that a click leads there; and its time is the line's."""
    predicted = boot.predicted
    lines = boot.lines()
    boot_log = read(lines).boot_log
    for step in predicted.steps:
        if step.outcome is Outcome.NOT_REACHED:
            continue
        references = boot_log.references_of(step.uri)
        assert references
        for reference in references:
            assert step.uri in lines[reference.line - 1]
            assert reference.time == stamp(reference.line - 1)
            assert boot_log.line_of(boot_log.location_of(reference.line)) == reference.line


@settings(max_examples=15)
@given(st.lists(boots(), min_size=2, max_size=4))
def test_several_boots_in_one_log_are_told_apart(several: list[Boot]) -> None:
    """Each can be chosen by its number, and the last is what one sees first."""
    lines = [line for day, boot in enumerate(several, 1) for line in boot.lines(day)]
    log = read(lines)
    assert log.boot_log.count == len(several)
    assert told(log.recording) == told(several[-1].predicted)
    starts = [number for number, line in enumerate(lines, 1) if "starting containerd" in line]
    for number, boot in enumerate(several, 1):
        chosen = read(lines, number)
        assert told(chosen.recording) == told(boot.predicted)
        assert chosen.boot_log.mark.number == number
        assert chosen.boot_log.mark.lines[0] == starts[number - 1]


@settings(max_examples=15)
@given(boots())
def test_the_same_boot_as_json_tells_the_same(boot: Boot) -> None:
    """What ``debug.format = "json"`` makes of it."""
    predicted = boot.predicted
    lines = [
        json.dumps({**fields, "time": stamp(number)})
        for number, fields in enumerate(fields_of_boot(predicted, boot.release))
    ]
    if not predicted.boot.ok:
        lines.append(f"containerd: {predicted.boot.error}")
    assert told(read(lines).recording) == told(predicted)


@pytest.mark.parametrize("release", RELEASES)
def test_a_required_plugin_that_is_disabled_ends_the_boot_in_the_log_as_well(release: str) -> None:
    """The abort stands past the log, and names it."""
    uri = "io.containerd.grpc.v1.cri"
    it = catalog(release)
    it = Catalog(
        list(it.entries), it.semantics, version=it.version, root=it.root, state=it.state, required=(uri,)
    )
    predicted = predict(make_plan(it, [uri]))
    assert predicted.boot.stage == "required-missing"
    found = read(lines_of_boot(predicted, release)).recording.boot
    assert (found.ok, found.stage, found.error) == (False, "required-missing", predicted.boot.error)
