"""Part of a recording."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boot.sample import catalog, catalog_of, manifests, predicted

from plugscope.boot import (
    Catalog,
    Entry,
    ErrorKind,
    Get,
    Init,
    Lookup,
    MadeLookup,
    OnError,
    Outcome,
    Recording,
    RecordingKind,
    Step,
    learn,
    make_plan,
    part_of,
    predict,
    rebased,
    select,
)
from plugscope.plugin import Registration
from plugscope.sources.shipped import open_catalog

BOLT = "io.containerd.metadata.v1.bolt"


def test_a_part_keeps_order_outcomes_and_causes() -> None:
    """The CRI part of a boot without metadata says of its plugins what the whole boot says."""
    whole = predict(make_plan(open_catalog("containerd-2.3"), [BOLT]))
    part = part_of(whole, select("type:cri,cri,bolt", whole))
    assert 0 < len(part.steps) < len(whole.steps)
    for step in part.steps:
        same = whole.by_uri[step.uri]
        assert (step.outcome, step.error, step.causes, step.index) == (
            same.outcome,
            same.error,
            same.causes,
            same.index,
        )
    assert [s.uri for s in part.steps] == [s.uri for s in whole.steps if s.uri in part.by_uri]
    assert part.plan.disabled_uris == [BOLT]


def test_the_part_of_everything_is_the_whole() -> None:
    """Selecting all changes nothing."""
    whole = predict(make_plan(open_catalog("containerd-1.6.20")))
    part = part_of(whole, select("", whole))
    assert list(part.plan.sequence) == list(whole.plan.sequence)
    assert [part.plan.reason(n) for n in part.plan.sequence] == [
        whole.plan.reason(n) for n in whole.plan.sequence
    ]


@settings(max_examples=60)
@given(manifests(), st.data())
def test_a_part_says_of_its_plugins_what_the_whole_says(
    shape: dict[str, object], data: st.DataObject
) -> None:
    """Order, outcomes, errors, index; who pulled whom, as far as both are in it."""
    it = catalog_of(shape)
    size = len(it.entries)
    whole = predict(make_plan(it, toggled=data.draw(st.sets(st.integers(0, size - 1), max_size=2))))
    kept = sorted(data.draw(st.sets(st.integers(0, size - 1))))
    part = part_of(whole, kept)
    assert [entry.uri for entry in part.plan.catalog.entries] == [it.entries[p].uri for p in kept]
    assert [kept[p] for p in part.plan.sequence] == [p for p in whole.plan.sequence if p in kept]
    assert {kept[p] for p in part.plan.disabled} == whole.plan.disabled & set(kept)
    told = [(s.index, kept[s.position], s.uri, s.outcome, s.error, s.causes) for s in part.steps]
    assert told == [
        (s.index, s.position, s.uri, s.outcome, s.error, s.causes) for s in whole.steps if s.position in kept
    ]
    for there, here in enumerate(kept):
        assert part.outcome_of(there) is whole.outcome_of(here)
        puller = whole.plan.puller[here]
        if puller in kept:
            assert part.plan.reason(there) == whole.plan.reason(here)
        else:
            assert part.plan.reason(there).pulled_in_by == part.plan.reason(there).via == ""
    assert part.boot == whole.boot


@settings(max_examples=50)
@given(manifests(), st.data())
def test_rebasing_leaves_the_first_recording_alone(shape: dict[str, object], data: st.DataObject) -> None:
    """Its steps keep their positions: both are shown side by side. And there and back is the same boot."""
    it = catalog_of(shape)
    whole = predict(make_plan(it))
    before = [step.position for step in whole.steps]
    there = data.draw(st.permutations(range(len(it.entries))))
    entries = [it.entries[0]] * len(there)
    for here, place in enumerate(there):
        entries[place] = it.entries[here]
    moved = rebased(whole, Catalog(entries, it.semantics), dict(enumerate(there)))
    assert [step.position for step in whole.steps] == before
    assert all(moved.plan.catalog.entries[step.position].uri == step.uri for step in moved.steps)
    back = rebased(moved, it, {place: here for here, place in enumerate(there)})
    assert [(s.position, s.uri, s.outcome) for s in back.steps] == [
        (s.position, s.uri, s.outcome) for s in whole.steps
    ]
    assert (list(back.plan.sequence), list(back.plan.puller), list(back.plan.via)) == (
        list(whole.plan.sequence),
        list(whole.plan.puller),
        list(whole.plan.via),
    )


def _as_a_run_sees(shape: dict[str, Any]) -> dict[str, Any]:
    """A run sees calls. That one of several is enough, or how many are, is known to the init function alone."""
    for plugin in shape["plugin"]:
        for lookup in plugin["lookups"]:
            for unseen in ("any_of", "min", "absent", "outcome", "members", "wraps"):
                lookup.pop(unseen, None)
            if lookup["get"] == "by_type":
                lookup.pop("id", None)
    return shape


@settings(max_examples=80)
@given(manifests().map(_as_a_run_sees))
def test_what_a_run_taught_comes_out_the_same_again(shape: dict[str, Any]) -> None:
    """Taken from a boot in full, the same outcomes and errors are predicted, under the same rules."""
    it = catalog_of(shape)
    run = predict(make_plan(it))
    for step in run.steps:
        for made in step.lookups:
            made.lookup = Lookup(made.lookup.get, made.lookup.type, made.lookup.id)
    bare = Catalog([Entry(entry.registration) for entry in it.entries], it.semantics, required=it.required)
    again = predict(make_plan(learn(bare, run)))
    for step in run.steps:
        if step.outcome is Outcome.NOT_REACHED:
            break
        assert (again.by_uri[step.uri].outcome, again.by_uri[step.uri].error) == (step.outcome, step.error)


def taught(
    made: list[MadeLookup], outcome: Outcome = Outcome.OK, error: str = "", kind: ErrorKind = ErrorKind.RAISED
) -> Entry:
    """What one step teaches of its plugin."""
    it = Catalog([Entry(Registration("a", "x"))])
    plan = make_plan(it)
    step = Step(0, 0, it.entries[0], outcome, error)
    step.lookups, step.kind = made, kind
    return learn(it, Recording(RecordingKind.RUN, plan, [step])).entries[0]


def test_the_policy_of_a_lookup_is_what_its_failure_did() -> None:
    """Went on after it: tolerated. Ended with it: fatal. Never failed: unknown."""
    lookup = Lookup(Get.SINGLE, "b")
    entry = taught(
        [
            MadeLookup(lookup, ["b.y"], 1, ""),
            MadeLookup(lookup, [], 0, "no b"),
            MadeLookup(lookup, [], 0, "no b", decisive=True),
        ],
        Outcome.ERROR,
        "cannot start: no b",
    )
    assert entry.lookups is not None
    assert [made.on_error for made in entry.lookups] == [OnError.UNKNOWN, OnError.TOLERATE, OnError.FATAL]
    assert [made.error for made in entry.lookups] == ["{error}", "{error}", "cannot start: {error}"]
    assert {made.evidence for made in entry.lookups} == {("seen in a run",)}


def test_a_failed_member_that_ended_a_plugin_is_fatal_as_a_member() -> None:
    """The lookup itself succeeded: 1.x hands out failed plugins."""
    lookup = Lookup(Get.BY_TYPE, "b")
    entry = taught([MadeLookup(lookup, ["b.y"], 1, "", decisive=True)], Outcome.ERROR, "b.y is broken")
    assert entry.lookups is not None
    (learnt,) = entry.lookups
    assert (learnt.members, learnt.on_error) == ("fatal", OnError.FATAL)


def test_an_outcome_is_learnt_with_its_words_and_time() -> None:
    """That a configuration did not fit is said; a victim's failure is not its own and teaches no outcome."""
    entry = taught([], Outcome.ERROR, "size: no number", ErrorKind.CONFIG)
    assert entry.init == Init(Outcome.ERROR, "configuration: size: no number")
    assert taught([], Outcome.SKIP, "not here").init == Init(Outcome.SKIP, "not here")
    it = catalog("b.y\n a.x")
    run = predicted("b.y: = error disk\n a.x: single b")
    run.by_uri["b.y"].duration_ms = 12.5
    broken, victim = learn(it, run).entries
    assert broken.init is not None
    assert (broken.init.message, broken.init.duration_ms) == ("disk", 12.5)
    assert victim.init is None
