"""One boot as it is kept: outcomes for every registration, directories, words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boot.sample import catalog, catalog_of, manifests, outcomes, predicted

from plugscope.boot import (
    BootAbort,
    Catalog,
    Cause,
    CauseReason,
    Entry,
    Get,
    Init,
    Lookup,
    MadeLookup,
    Outcome,
    Recording,
    RecordingKind,
    Step,
    make_plan,
    predict,
)
from plugscope.boot.catalog import uris
from plugscope.boot.recording import refused
from plugscope.plugin import Registration, Semantics, SkipPlugin, Stage


@settings(max_examples=60)
@given(manifests(), st.data())
def test_every_registration_has_one_outcome(shape: dict[str, object], data: st.DataObject) -> None:
    """In the order of the boot, then the disabled, then the rest; by URI and by position the same."""
    it = catalog_of(shape)
    toggled = data.draw(st.sets(st.integers(0, len(it.entries) - 1), max_size=3))
    recording = predict(make_plan(it, toggled=toggled))
    assert set(recording.outcomes) == {entry.uri for entry in it.entries}
    steps = [step.uri for step in recording.steps]
    off = [it.entries[position].uri for position in sorted(toggled)]
    assert list(recording.outcomes)[: len(steps) + len(off)] == steps + off
    for position, entry in enumerate(it.entries):
        assert recording.outcome_of(position) is recording.outcomes[entry.uri]
        step = recording.by_position.get(position)
        assert step is recording.by_uri.get(entry.uri)
        assert step is None or recording.outcome_of(position) is step.outcome
    assert list(recording.failures()) == [step for step in recording.steps if step.failed]


def test_what_a_boot_did_not_come_to_is_not_reached() -> None:
    """Also where it has no steps at all."""
    recording = predicted("a.x b\n b.y a\n c.z")
    assert recording.steps == []
    assert set(recording.outcomes.values()) == {Outcome.NOT_REACHED}
    assert recording.outcome_of(2) is Outcome.NOT_REACHED
    assert outcomes(predicted("a.x: = error no\n b.y:", required=["a.x"])) == {
        "a.x": "error",
        "b.y": "not reached",
    }


@pytest.mark.parametrize(
    ("own", "run", "catalog_root", "expected"),
    [
        ("", "", "/var/lib/c", "/var/lib/c/a.x"),
        ("", "/srv/run", "/var/lib/c", "/srv/run/a.x"),
        ("/own", "/tmp/run", "/var/lib/c", "/own"),
        ("", "", "", "a.x"),
    ],
)
def test_directories_are_the_step_s_the_run_s_or_the_catalog_s(
    own: str, run: str, catalog_root: str, expected: str
) -> None:
    """Root and state alike, each from its own."""
    plan = make_plan(
        catalog("a.x:", root=catalog_root, state=f"{catalog_root}-state" if catalog_root else "")
    )
    step = Step(0, 0, plan.catalog.entries[0], Outcome.OK)
    step.root, step.state = own, own and f"{own}-state"
    recording = Recording(RecordingKind.RUN, plan, [step], root=run, state=run and f"{run}-state")
    assert recording.root_of(step) == expected
    assert recording.state_of(step) == (
        f"{own}-state"
        if own
        else expected.replace(run or catalog_root, f"{run or catalog_root}-state")
        if run or catalog_root
        else expected
    )


def test_members_that_came_later_were_not_found() -> None:
    """The list grows while the boot goes on; a lookup keeps how many there were at its time."""
    entry = Entry(Registration("a", "x"))
    members: list[str | Step] = ["a.one", Step(0, 0, entry, Outcome.OK)]
    made = MadeLookup(Lookup(Get.ALL, "*"), members, 2, "")
    members.append("a.late")
    assert made.found == ["a.one", "a.x"]
    assert not made.decisive


def test_a_step_is_a_victim_of_others_only() -> None:
    """An error of its own has itself for a cause."""
    step = Step(3, 0, Entry(Registration("a", "x")), Outcome.ERROR, "no disk")
    assert not step.is_victim and not step.is_skip and step.failed
    step.causes = (Cause("a.x", CauseReason.OWN_ERROR),)
    assert not step.is_victim
    step.causes = (*step.causes, Cause("b.y", CauseReason.DISABLED))
    assert step.is_victim
    assert repr(step) == "<Step 3 a.x error: no disk>"
    assert repr(Step(0, 0, step.entry, Outcome.OK)) == "<Step 0 a.x ok>"
    skipped = Step(0, 0, step.entry, Outcome.SKIP, "no zfs")
    assert skipped.is_skip and not skipped.failed
    assert (skipped.is_not_found, skipped.nature_varies, skipped.is_victim) == (False, False, False)


@pytest.mark.parametrize(
    ("it", "stage", "uri"),
    [
        (catalog("a.x b\n b.y a"), "order", "a.x"),
        (catalog("a.x\n a.x"), "register-panic", "a.x"),
        (
            Catalog(
                [Entry(Registration("a", "x"))], abort=BootAbort(Stage.CONFIG_LOAD, "line 3: no", uri="c.z")
            ),
            "config-load",
            "c.z",
        ),
    ],
)
def test_a_boot_without_a_first_plugin_says_where_it_ended(it: Catalog, stage: str, uri: str) -> None:
    """By its settings, by its registrations, or because it has no order."""
    plan = make_plan(it)
    result = refused(plan)
    assert (result.ok, result.stage, result.uri) == (False, stage, uri)
    assert result.error == (it.abort.message if it.abort else str(plan.error))
    assert predict(plan).boot == result


def test_a_catalog_finds_its_own() -> None:
    """The first of a URI, each type once, and the same under other rules."""
    it = catalog("b.x:\n a.y: = ok\n b.x: = skip\n", semantics="classic")
    assert it.find("b.x") is it.entries[0]
    assert it.find("c.z") is None
    assert it.types() == ["b", "a"]
    assert uris(it.entries) == ["b.x", "a.y", "b.x"]
    other = it.under(Semantics.V2)
    assert (other.semantics, other.entries) == (Semantics.V2, it.entries)
    assert it.semantics is Semantics.CLASSIC


@pytest.mark.parametrize(
    ("init", "said"),
    [
        (Init(), ""),
        (Init(Outcome.SKIP), SkipPlugin.text),
        (Init(Outcome.SKIP, "no zfs"), "no zfs"),
        (Init(Outcome.ERROR), "failed"),
        (Init(Outcome.ERROR, "disk"), "disk"),
    ],
)
def test_an_outcome_without_words_says_what_go_s_does(init: Init, said: str) -> None:
    """A bare ErrSkipPlugin has a text; a plugin that is well says nothing."""
    assert init.said == said


@pytest.mark.parametrize(
    ("lookup", "words"),
    [
        (Lookup(Get.ALL, "*"), "all"),
        (Lookup(Get.SINGLE, "a.v1"), "single a.v1"),
        (Lookup(Get.BY_ID, "a.v1", "x"), "by_id a.v1.x"),
        (Lookup(Get.BY_TYPE, "a.v1", "x"), "by_type a.v1.x"),
    ],
)
def test_a_lookup_is_written_as_in_a_report(lookup: Lookup, words: str) -> None:
    """The call and what it asks for."""
    assert str(lookup) == words
