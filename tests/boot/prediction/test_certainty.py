"""How sure a prediction is, and what makes it less so."""

from __future__ import annotations

import pytest
from tests.boot.sample import outcomes, predicted

from plugscope.boot import Catalog, Certainty, Entry, Init, Outcome, diagnose, make_plan, predict
from plugscope.plugin import Registration

STORE = """
    content.disk: = ok
    snapshotter.native: = ok
    snapshotter.zfs: = skip no zfs here: skip plugin
    metadata.bolt content snapshotter: single content; by_type snapshotter
    gc.scheduler metadata: single metadata
    grpc.version:
"""


def test_with_all_lookups_known_it_is_sure() -> None:
    """Of those that fail and those that do not."""
    for gone in ([], ["content.disk"], ["metadata.bolt"], ["snapshotter.zfs"]):
        assert all(step.certainty is Certainty.WILL for step in predicted(STORE, gone).steps)


def test_who_requires_everything_may_fail_of_anything() -> None:
    """Lookups unknown: the causes are those of all types in trouble, and no type is called "*"."""
    it = Catalog(
        [
            Entry(Registration("a", "x"), (), Init()),
            Entry(Registration("b", "y"), (), Init()),
            Entry(Registration("c", "z"), (), Init()),
            Entry(Registration("d", "all", ["*"])),
        ]
    )
    step = predict(make_plan(it, ["a.x", "b.y"])).by_uri["d.all"]
    assert (step.outcome, step.certainty) == (Outcome.ERROR, Certainty.MAY)
    assert [(cause.uri, str(cause.reason)) for cause in step.causes] == [
        ("a.x", "disabled"),
        ("b.y", "disabled"),
    ]


def test_nothing_known_is_unknown() -> None:
    """Neither lookups nor outcome: it would start, as far as anyone can say."""
    assert outcomes(predicted("a.x\n b.y a\n c.z b = ok")) == {
        "a.x": "ok unknown",
        "b.y": "ok unknown",
        "c.z": "ok",
    }


def test_a_recorded_outcome_holds_while_nothing_changes() -> None:
    """Lookups unknown, outcome recorded: undisturbed it comes out as recorded, disturbed it may not."""
    text = "a.x b = ok\n b.y: = ok\n c.z:"
    assert outcomes(predicted(text))["a.x"] == "ok"
    assert outcomes(predicted(text, ["c.z"]))["a.x"] == "ok may"
    assert outcomes(predicted(text, ["b.y"]))["a.x"] == "error may"


def test_who_may_fail_names_what_it_may_fail_of() -> None:
    """A guess is not dressed as a fact, but it says where it comes from."""
    step = predicted("a.x b = ok\n b.y: = ok", ["b.y"]).by_uri["a.x"]
    assert [cause.uri for cause in step.causes] == ["b.y"]
    assert step.error == ""


def test_doubt_is_passed_on_by_lookups() -> None:
    """Who looks an uncertain plugin up may fail as well; who does not is sure."""
    text = "b.y c = ok\n c.z: = ok\n a.x: single b\n a.t: single b ?\n a.free:"
    recording = predicted(text, ["c.z"])
    assert outcomes(recording) == {
        "b.y": "error may",
        "a.x": "error may",
        "a.t": "ok",
        "a.free": "ok",
    }


def test_a_lookup_only_ever_seen_to_succeed_may_be_fatal() -> None:
    """Its failure makes a "may"; while it succeeds all is sure."""
    text = "b.y:\n a.x: single b ??"
    assert outcomes(predicted(text))["a.x"] == "ok"
    assert outcomes(predicted(text, ["b.y"])) == {"a.x": "error may"}


@pytest.mark.parametrize("era", ["classic", "v1"])
def test_get_among_several_is_a_matter_of_luck_in_1_x(era: str) -> None:
    """Go's map gives any of them: sure only if they all came out alike."""
    good, bad = "b.good:\n", "b.bad: = error disk\n"
    assert outcomes(predicted(good + "a.x: first b", semantics=era))["a.x"] == "ok"
    assert outcomes(predicted(good + bad + "a.x: first b", semantics=era))["a.x"] == "ok may"
    assert outcomes(predicted(bad + good + "a.x: first b", semantics=era))["a.x"] == "error may"
    assert outcomes(predicted(bad + "b.too: = error disk\n a.x: first b", semantics=era))["a.x"] == "error"
    assert outcomes(predicted(bad + "b.off: = skip\n a.x: first b", semantics=era))["a.x"] == "error may"


def test_which_failed_provider_is_met_first_is_luck_in_2_x() -> None:
    """If one of them is a not-found and the other is not, who tolerates not-founds may fail."""
    text = "b.one: single absent\n b.two: = error disk\n a.x: by_type b ~\n a.y: by_type b"
    recording = predicted(text)
    assert outcomes(recording)["a.x"] == "ok may"
    assert outcomes(recording)["a.y"] == "error"


def test_after_an_abort_that_may_be_the_rest_may_not_be_reached() -> None:
    """Not reached is no surer than the failure that it follows from."""
    text = "b.y c = ok\n c.z: = ok\n a.x:"
    recording = predicted(text, ["c.z"], required=["b.y"])
    assert outcomes(recording) == {"b.y": "error may", "a.x": "not reached may"}


def test_doubt_without_a_cause_is_not_handed_on() -> None:
    """Of whom nothing is known, and who requires nobody in trouble, takes nobody along: nobody could say why."""
    declared = (
        ("a.v1", "off", ()),
        ("b.v1", "free", ()),
        ("c.v1", "needs", ("b.v1",)),
        ("d.v1", "wants", ("a.v1",)),
    )
    entries = [Entry(Registration(type_, id_, requires)) for type_, id_, requires in declared]
    recording = predict(make_plan(Catalog(entries), ["a.v1.off"]))
    found = {step.uri: (step.outcome, step.certainty) for step in recording.steps}
    assert found["b.v1.free"] == (Outcome.OK, Certainty.MAY)
    assert found["c.v1.needs"] == (Outcome.OK, Certainty.MAY)
    assert found["d.v1.wants"] == (Outcome.ERROR, Certainty.MAY)
    assert [cause.uri for cause in diagnose(recording).root_causes] == ["a.v1.off"]
