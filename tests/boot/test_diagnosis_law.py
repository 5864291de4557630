"""The diagnosis of any boot: every failure is explained once, and by what is there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boot.sample import catalog, catalog_of, manifests, predicted

from plugscope.boot import (
    BootAbort,
    BootResult,
    Cause,
    CauseReason,
    Certainty,
    Init,
    Outcome,
    Recording,
    RecordingKind,
    diagnose,
    make_plan,
    predict,
)
from plugscope.plugin import Stage


@settings(max_examples=100)
@given(manifests(), st.data())
def test_every_failure_is_explained(shape: dict[str, object], data: st.DataObject) -> None:
    """It is a root cause itself or a victim of one; who is well is neither."""
    it = catalog_of(shape)
    toggled = data.draw(st.sets(st.integers(0, len(it.entries) - 1), max_size=2))
    recording = predict(make_plan(it, toggled=toggled))
    diagnosis = diagnose(recording)
    roots = {root.uri: root for root in diagnosis.root_causes}
    assert len(roots) == len(diagnosis.root_causes)
    for step in recording.steps:
        told = step.uri in roots or step.uri in diagnosis.victims
        assert told or not step.failed
        if step.failed:
            assert {root.uri for root in diagnosis.root_causes if step.uri in root.victims} == {
                cause.uri for cause in step.causes if cause.uri != step.uri
            }
        if step.outcome is Outcome.OK:
            assert step.uri not in diagnosis.victims
    assert diagnosis.skipped == [s.uri for s in recording.steps if s.outcome is Outcome.SKIP]
    assert diagnosis.disabled == recording.plan.disabled_uris
    assert diagnosis.unfinished is None
    assert (not recording.boot.ok) <= bool(diagnosis.root_causes)


@settings(max_examples=100)
@given(manifests(), st.data())
def test_the_causes_come_by_how_much_they_explain(shape: dict[str, object], data: st.DataObject) -> None:
    """What ended the boot stands before all, then those with most victims; victims are in the order of the boot."""
    it = catalog_of(shape)
    toggled = data.draw(st.sets(st.integers(0, len(it.entries) - 1), max_size=2))
    recording = predict(make_plan(it, toggled=toggled))
    diagnosis = diagnose(recording)
    index = {step.uri: step.index for step in recording.steps}
    for root in diagnosis.root_causes:
        assert [index[uri] for uri in root.victims] == sorted(index[uri] for uri in root.victims)
    counts = [len(root.victims) for root in diagnosis.root_causes]
    if recording.boot.ok:
        assert counts == sorted(counts, reverse=True)
    else:
        first = diagnosis.root_causes[0]
        uri = recording.boot.uri
        assert uri in (first.uri, *first.victims, *first.skipped) or first.error == recording.boot.error


@pytest.mark.parametrize(
    ("stage", "reason"),
    [
        ("required-failed", CauseReason.SKIPPED_PROVIDER),
        ("plugin-config-decode", CauseReason.CONFIG),
        ("listener", CauseReason.ABORTED),
        ("order", CauseReason.ABORTED),
    ],
)
def test_an_end_that_no_failure_explains_is_a_cause_of_its_own(stage: str, reason: CauseReason) -> None:
    """With the words of the end."""
    plan = make_plan(catalog("a.x:"))
    (root,) = diagnose(
        Recording(RecordingKind.RUN, plan, [], BootResult(False, "the end", Stage(stage), "a.x"))
    ).root_causes
    assert (root.uri, root.reason, root.error) == ("a.x", reason, "the end")


def test_an_end_by_the_settings_is_the_configuration_s() -> None:
    """With the line that did it."""
    it = catalog("a.x:")
    it.abort = BootAbort(Stage.CONFIG_LOAD, "invalid", "config.toml:3")
    (root,) = diagnose(predict(make_plan(it))).root_causes
    assert (root.uri, root.reason, root.location) == ("", CauseReason.CONFIG, "config.toml:3")


def test_causes_that_a_boot_tells_itself_are_taken() -> None:
    """An observed end knows what it was for; it is told first, and nothing is made up beside it."""
    recording = predicted("a.x: = error disk\n b.y: single a\n c.z: single a")
    cause = Cause("d.w", CauseReason.CONFIG)
    told = Recording(
        RecordingKind.OBSERVED,
        recording.plan,
        recording.steps,
        BootResult(False, "end", Stage.LISTENER, "q.q", (cause,)),
    )
    assert [(root.uri, root.error) for root in diagnose(told).root_causes] == [
        ("d.w", "end"),
        ("a.x", "disk"),
    ]


@pytest.mark.parametrize(
    ("stage", "unfinished"),
    [("timeout", "a.x"), ("crash", "a.x"), ("hang", "a.x"), ("required-failed", None), ("", None)],
)
def test_what_did_not_end_is_told(stage: str, unfinished: str | None) -> None:
    """A hang and a crash have one plugin they stopped at."""
    recording = predicted("a.x: = error disk")
    result = BootResult(not stage, "", Stage(stage) if stage else None, "a.x")
    assert (
        diagnose(Recording(RecordingKind.RUN, recording.plan, recording.steps, result)).unfinished
        == unfinished
    )


def test_what_was_not_seen_is_not_blamed() -> None:
    """However likely it failed: a victim's words name it, and then it may be."""
    recording = predicted("a.x: = error disk\n b.y: single a")
    recording.by_uri["a.x"].certainty = Certainty.UNKNOWN
    recording.by_uri["b.y"].cause_certainty = Certainty.MAY
    (root,) = diagnose(recording).root_causes
    assert (root.uri, root.victims, root.certainty) == ("a.x", ["b.y"], Certainty.MAY)


def test_a_cause_has_the_line_that_made_it() -> None:
    """Of a setting, of a disabling, or of the log's line where it was observed."""
    it = catalog("a.x: = error disk\n b.y:\n c.z: single b", disabled=["b.y"])
    it.entries[0].location = "plugins.toml:9"
    it.locations = {"b.y": "config.toml:2"}
    recording = predict(make_plan(it))
    assert {r.uri: r.location for r in diagnose(recording).root_causes} == {"a.x": "", "b.y": "config.toml:2"}
    seen = Recording(RecordingKind.OBSERVED, recording.plan, recording.steps)
    assert {r.uri: r.location for r in diagnose(seen).root_causes}["a.x"] == "plugins.toml:9"
    it.entries[0].init = Init(Outcome.ERROR, "disk", location="config.toml:5")
    assert {r.uri: r.location for r in diagnose(seen).root_causes}["a.x"] == "config.toml:5"
