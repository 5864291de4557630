"""Causes found in the words of a boot, compared with those of the prediction that made the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from tests.boot.sample import catalog, catalog_of, manifests

from plugscope.boot import (
    Catalog,
    Cause,
    CauseReason,
    Certainty,
    Lookup,
    LookupsOf,
    Outcome,
    Plan,
    Recording,
    Step,
    make_plan,
    predict,
)
from plugscope.boot.attribution import Attribution


def witnessed(recording: Recording) -> list[Step]:
    """The steps as a log tells them: outcomes and words, no causes and no lookups."""
    told = []
    for step in recording.steps:
        seen = Step(step.index, step.position, step.entry, step.outcome, step.error)
        seen.is_skip = step.outcome is Outcome.SKIP
        told.append(seen)
    return told


def lookups_of(it: Catalog) -> LookupsOf:
    """The lookups that the catalog declares."""

    def of(uri: str) -> Sequence[Sequence[Lookup]]:
        entry = it.find(uri)
        return [entry.lookups] if entry is not None and entry.lookups is not None else []

    return of


def attributed(recording: Recording, known: LookupsOf | None = None, *unseen: str) -> dict[str, Step]:
    """The steps with the causes that their words tell, by URI."""
    steps = witnessed(recording)
    for step in steps:
        if step.uri in unseen:
            step.outcome, step.error, step.certainty = Outcome.OK, "", Certainty.UNKNOWN
    Attribution(recording.plan, known or lookups_of(recording.plan.catalog), unseen).run(steps)
    return {step.uri: step for step in steps}


def blamed(steps: dict[str, Step], uri: str) -> list[tuple[str, str, str]]:
    """Whom a step's causes name, why, and how sure that is."""
    step = steps[uri]
    return [(cause.uri, str(cause.reason), str(step.cause_certainty)) for cause in step.causes]


STORE = """
    content.disk: = error disk full
    metadata.bolt content: single content
    gc.scheduler metadata: single metadata
    alone.x: = error of its own
"""


@settings(max_examples=80)
@given(manifests())
def test_every_failure_gets_a_cause_that_stands_in_the_boot(shape: dict[str, Any]) -> None:
    """A plugin that failed or skipped, one that is disabled, or one that is not registered; whatever the words."""
    recording = predict(make_plan(catalog_of(shape)))
    plan = recording.plan
    for step in attributed(recording).values():
        assert bool(step.causes) or step.outcome is not Outcome.ERROR
        for cause in step.causes:
            if cause.reason is CauseReason.NOT_REGISTERED:
                assert cause.uri not in plan.position and cause.uri not in plan.types
            elif cause.reason is CauseReason.DISABLED:
                assert plan.position[cause.uri] in plan.disabled
            elif cause.uri != step.uri:
                assert recording.by_uri[cause.uri].outcome in (Outcome.ERROR, Outcome.SKIP)


@settings(max_examples=80)
@given(manifests())
def test_words_of_lookups_lead_where_the_failure_began(shape: dict[str, Any]) -> None:
    """Where each failure has words of its own, the causes found are those that the prediction had."""
    for number, plugin in enumerate(shape["plugin"]):
        if plugin.get("init", {}).get("outcome") == "error":
            plugin["init"]["message"] = f"broken in the way of number {number}"
        for place, lookup in enumerate(plugin["lookups"]):
            for key in ("any_of", "absent", "members", "min", "outcome"):
                lookup.pop(key, None)
            lookup["error"] = f"lookup {place} of number {number}: {{error}}"
    recording = predict(make_plan(catalog_of(shape)))
    found = attributed(recording)
    for step in recording.failures():
        assert {cause.uri for cause in found[step.uri].causes} == {cause.uri for cause in step.causes}


def test_a_chain_of_failures_goes_back_to_its_beginning() -> None:
    """And one of its own stays its own."""
    steps = attributed(predict(make_plan(catalog(STORE))))
    assert blamed(steps, "gc.scheduler") == [("content.disk", "own-error", "will")]
    assert blamed(steps, "metadata.bolt") == [("content.disk", "own-error", "will")]
    assert blamed(steps, "alone.x") == [("alone.x", "own-error", "will")]
    assert steps["gc.scheduler"].lookups[0].decisive


def test_without_lookups_an_error_is_followed_by_its_words() -> None:
    """Who repeats another's words has them from it; the longest that are repeated count."""
    nothing = lookups_of(Catalog([]))
    steps = attributed(predict(make_plan(catalog(STORE))), nothing)
    assert blamed(steps, "gc.scheduler") == [("content.disk", "own-error", "will")]


def test_what_is_disabled_is_to_blame_for_who_needed_it() -> None:
    """By its lookups as well as by the words alone."""
    recording = predict(make_plan(catalog(STORE), ["content.disk"]))
    assert blamed(attributed(recording), "gc.scheduler")[0][:2] == ("content.disk", "disabled")
    by_words = attributed(recording, lookups_of(Catalog([])))
    assert blamed(by_words, "metadata.bolt")[0][:2] == ("content.disk", "disabled")


def test_what_nobody_registered_is_named_by_its_type() -> None:
    """No plugin can be blamed."""
    recording = predict(make_plan(catalog("a.x: single gone\n b.y: by_id gone.z")))
    steps = attributed(recording)
    assert blamed(steps, "a.x")[0][:2] == ("gone", "not-registered")
    assert blamed(steps, "b.y")[0][:2] == ("gone.z", "not-registered")


def test_a_skip_is_its_own_unless_it_passes_one_on() -> None:
    """A snapshotter that finds no device skips; who needs it and skips with it has it for a cause."""
    recording = predict(
        make_plan(catalog("zfs.x: = skip no zfs here\n user.y zfs: by_id zfs.x", semantics="v1"))
    )
    steps = attributed(recording)
    assert steps["zfs.x"].causes == ()
    assert blamed(steps, "user.y") == [("zfs.x", "skipped-provider", "will")]


def test_a_plugin_whose_lines_are_missing_is_predicted_and_stays_unknown() -> None:
    """What it would have said explains who repeats it."""
    recording = predict(make_plan(catalog(STORE)))
    steps = attributed(recording, None, "metadata.bolt")
    unseen = steps["metadata.bolt"]
    assert (unseen.outcome, unseen.error) == (Outcome.ERROR, "disk full")
    assert unseen.certainty is Certainty.UNKNOWN
    assert blamed(steps, "gc.scheduler")[0][0] == "content.disk"


def test_an_unseen_plugin_without_which_others_could_not_be_well_is_well() -> None:
    """Its lookups say it failed; that its user is up says it did not."""
    it = catalog("a.x: single gone\n b.y a: single a")
    plan = make_plan(it)
    steps = [
        Step(0, 0, it.entries[0], Outcome.OK, certainty=Certainty.UNKNOWN),
        Step(1, 1, it.entries[1], Outcome.OK),
    ]
    Attribution(plan, lookups_of(it), ["a.x"]).run(steps)
    assert steps[0].outcome is Outcome.OK and steps[0].causes == ()


def test_a_failure_without_words_is_explained_by_the_rules() -> None:
    """That it was this is likely, not certain; with nothing known it is its own."""
    it = catalog(STORE)
    recording = predict(make_plan(it))
    steps = witnessed(recording)
    for step in steps:
        step.error = "" if step.uri != "content.disk" else step.error
    Attribution(recording.plan, lookups_of(it)).run(steps)
    by_uri = {step.uri: step for step in steps}
    assert blamed(by_uri, "metadata.bolt") == [("content.disk", "own-error", "may")]
    assert blamed(by_uri, "alone.x") == [("alone.x", "own-error", "may")]


def test_causes_that_are_known_already_stay() -> None:
    """A log may tell them itself."""
    recording = predict(make_plan(catalog(STORE)))
    steps = witnessed(recording)
    told = (Cause("alone.x", CauseReason.CONFIG),)
    by_uri = {step.uri: step for step in steps}
    by_uri["metadata.bolt"].causes = told
    Attribution(recording.plan, lookups_of(recording.plan.catalog)).run(steps)
    assert by_uri["metadata.bolt"].causes == told


def test_a_configured_name_leads_to_the_plugin_that_it_names() -> None:
    """The lookup is known for one member of the type; the words name another, which is in trouble."""
    shape = {
        "plugscope": 1,
        "plugin": [
            {"type": "snap", "id": "zfs", "init": {"outcome": "skip", "message": "no zfs"}},
            {"type": "snap", "id": "overlay"},
            {
                "type": "cri",
                "id": "x",
                "lookups": [
                    {"get": "by_type", "type": "snap", "id": "overlay", "absent": 'no snapshotter "overlay"'}
                ],
            },
        ],
    }
    it = catalog_of(shape)
    plan = make_plan(it)
    steps = [
        Step(0, 0, it.entries[0], Outcome.SKIP, "no zfs"),
        Step(1, 1, it.entries[1], Outcome.OK),
        Step(2, 2, it.entries[2], Outcome.ERROR, 'no snapshotter "zfs"'),
    ]
    _run(plan, it, steps)
    assert [(c.uri, str(c.reason)) for c in steps[2].causes] == [("snap.zfs", "skipped-provider")]
    steps[2] = Step(2, 2, it.entries[2], Outcome.ERROR, 'no snapshotter "overlay"')
    _run(plan, it, steps)
    # It is there as far as the log tells: that its failure was not told may be.
    assert [cause.uri for cause in steps[2].causes] == ["snap.overlay"]
    assert steps[2].cause_certainty is Certainty.MAY


def _run(plan: Plan, it: Catalog, steps: Sequence[Step]) -> None:
    Attribution(plan, lookups_of(it)).run(steps)
