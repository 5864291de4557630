"""From outcomes to the few causes that explain all the rest."""

from __future__ import annotations

from tests.boot.sample import catalog, predicted

from plugscope.boot import (
    BootResult,
    Cause,
    CauseReason,
    Diagnosis,
    Outcome,
    Recording,
    RecordingKind,
    Step,
    diagnose,
    make_plan,
)
from plugscope.plugin import Stage


def told(diagnosis: Diagnosis) -> list[tuple[str, str, list[str]]]:
    return [(cause.uri, str(cause.reason), cause.victims) for cause in diagnosis.root_causes]


def test_a_disabled_plugin_is_the_cause_of_all_who_fail_for_want_of_it() -> None:
    """Directly or through others, in the order of the boot."""
    diagnosis = diagnose(predicted("a.x:\n b.y: single a\n c.z: by_id b.y\n d.free:", ["a.x"]))
    assert told(diagnosis) == [("a.x", "disabled", ["b.y", "c.z"])]
    assert diagnosis.disabled == ["a.x"]
    assert diagnosis.victims == ["b.y", "c.z"]
    assert diagnosis.boot.ok
    assert diagnosis.unfinished is None


def test_what_nobody_registered_is_named_by_type_or_uri() -> None:
    """The bare type for a lookup by type, the URI for one by id."""
    diagnosis = diagnose(predicted("b.y: single a\n c.z: by_id d.w\n d.other:"))
    assert told(diagnosis) == [("a", "not-registered", ["b.y"]), ("d.w", "not-registered", ["c.z"])]
    assert diagnosis.root_causes[0].error == "no plugins registered for a: plugin: not found"


def test_an_error_of_its_own_is_a_cause_with_its_victims() -> None:
    """Its own text stands with it; one without victims is a cause too."""
    diagnosis = diagnose(predicted("a.x: = error disk full\n b.y: single a\n c.z: = error alone"))
    assert told(diagnosis) == [("a.x", "own-error", ["b.y"]), ("c.z", "own-error", [])]
    assert [cause.error for cause in diagnosis.root_causes] == ["disk full", "alone"]


def test_a_skipped_provider_is_a_cause_for_who_needed_it() -> None:
    """A skip alone is expected; that somebody failed for it is not."""
    quiet = diagnose(predicted("a.x: = skip no zfs: skip plugin\n b.y:"))
    assert (told(quiet), quiet.skipped) == ([], ["a.x"])
    loud = diagnose(predicted("a.x: = skip no zfs: skip plugin\n b.y: single a"))
    assert told(loud) == [("a.x", "skipped-provider", ["b.y"])]
    assert loud.skipped == ["a.x"]


def test_who_skips_for_want_of_another_is_told_with_its_cause() -> None:
    """Not a victim, for it did not fail, but not its own choice either."""
    diagnosis = diagnose(predicted("a.x: = skip\n b.y: by_id a.x\n c.z: single b"))
    (cause,) = diagnosis.root_causes
    assert (cause.uri, cause.skipped, cause.victims) == ("a.x", ["b.y"], ["c.z"])
    assert diagnosis.skipped == ["a.x", "b.y"]


def test_a_victim_of_two_causes_stands_with_both() -> None:
    """A type of which one is disabled and one skipped."""
    diagnosis = diagnose(predicted("a.x:\n a.y: = skip\n b.z: single a", ["a.x"]))
    assert told(diagnosis) == [("a.y", "skipped-provider", ["b.z"]), ("a.x", "disabled", ["b.z"])]


def test_the_cause_with_most_victims_comes_first() -> None:
    """What to mend first stands first; equals keep the order of the boot."""
    diagnosis = diagnose(
        predicted("a.x: = error one\n b.x: = error two\n c.x: single b\n d.x: single b\n e.x: single a")
    )
    assert [cause.uri for cause in diagnosis.root_causes] == ["b.x", "a.x"]


def test_a_lookup_that_comes_too_early_is_the_asking_plugin_s_own_fault() -> None:
    """The provider is registered and enabled, only later in the order."""
    diagnosis = diagnose(predicted("b.y: single a\n a.x:"))
    assert told(diagnosis) == [("b.y", "own-error", [])]


def test_who_is_disabled_is_to_blame_for_a_provider_that_it_pulled_forward() -> None:
    """``m.x`` brought ``t.x`` before ``p.x``, which does not require it itself; without ``m.x`` it comes too late."""
    text = "p.x m: single t\n m.x t: single t\n t.x:"
    assert told(diagnose(predicted(text))) == []
    for lookup in ("single t", "by_type t", "by_id t.x"):
        diagnosis = diagnose(predicted(text.replace("m: single t", f"m: {lookup}", 1), ["m.x"]))
        assert told(diagnosis) == [("m.x", "disabled", ["p.x"])]


def test_who_is_disabled_is_not_to_blame_for_what_came_too_late_before() -> None:
    """``t.x`` is pulled forward by ``m.x``, but only once ``p.x`` has asked."""
    diagnosis = diagnose(predicted("p.x: single t\n m.x t:\n t.x:", ["m.x"]))
    assert told(diagnosis) == [("p.x", "own-error", [])]
    own_turn = diagnose(predicted("n.x:\n p.x n: single t\n m.x: \n t.x:", ["m.x"]))
    assert told(own_turn) == [("p.x", "own-error", [])]


def test_what_ended_the_boot_stands_first() -> None:
    """Before what has more victims, and before what failed earlier."""
    text = "a.x: = error one\n b.x: single a\n c.x: single a\n d.x: = error two\n e.x: single d"
    assert [c.uri for c in diagnose(predicted(text, required=["d.x"])).root_causes] == ["d.x", "a.x"]
    assert [c.uri for c in diagnose(predicted(text, required=["e.x"])).root_causes] == ["d.x", "a.x"]
    assert [c.uri for c in diagnose(predicted(text)).root_causes] == ["a.x", "d.x"]


def test_required_plugins_that_are_missing_are_causes_each() -> None:
    """Disabled or not registered; nobody failed, and the boot ends all the same."""
    diagnosis = diagnose(predicted("a.x:\n b.y:", ["a.x"], required=["a.x", "c.z", "b.y"]))
    assert told(diagnosis) == [("a.x", "disabled", []), ("c.z", "not-registered", [])]
    assert all(cause.error == diagnosis.boot.error for cause in diagnosis.root_causes)


def test_a_missing_required_plugin_with_victims_is_told_once() -> None:
    """As the cause it is already, beside the other one that is missing."""
    diagnosis = diagnose(predicted("a.x:\n b.y: single a", ["a.x"], required=["a.x", "c.z"]))
    assert told(diagnosis) == [("a.x", "disabled", ["b.y"]), ("c.z", "not-registered", [])]


def test_a_required_plugin_that_skips_is_the_cause_of_the_abort() -> None:
    """By its own skip, or by the one that made it skip."""
    own = diagnose(predicted("a.x: = skip no zfs: skip plugin", required=["a.x"]))
    assert told(own) == [("a.x", "skipped-provider", [])]
    passed_on = diagnose(predicted("a.x: = skip\n b.y: by_id a.x", required=["b.y"]))
    (cause,) = passed_on.root_causes
    assert (cause.uri, cause.skipped) == ("a.x", ["b.y"])


def test_a_required_plugin_that_fails_is_told_once() -> None:
    """As the root cause or the victim that it is."""
    assert told(diagnose(predicted("a.x: = error disk", required=["a.x"]))) == [("a.x", "own-error", [])]
    victim = diagnose(predicted("a.x:\n b.y: single a", ["a.x"], required=["b.y"]))
    assert told(victim) == [("a.x", "disabled", ["b.y"])]


def test_a_refused_registration_is_named() -> None:
    """The daemon panics before anything starts; the cause is the registration that it panics at."""
    diagnosis = diagnose(predicted("a.x:\n a.x:"))
    assert told(diagnosis) == [("a.x", "aborted", [])]
    assert diagnosis.root_causes[0].error == "a.x: plugin: id already registered"
    ring = diagnose(predicted("a.x b:\n b.y a:"))
    assert told(ring) == [("a.x", "aborted", [])]


def recording_of(step: Step, boot: BootResult) -> Recording:
    plan = make_plan(catalog("a.x:"))
    return Recording(RecordingKind.RUN, plan, [step], boot)


def test_configuration_that_does_not_fit_is_its_plugin_s_cause() -> None:
    """Whether the step says so or only the boot's end does."""
    entry = catalog("a.x:").entries[0]
    end = BootResult(False, "size: expected int", Stage.PLUGIN_CONFIG_DECODE, "a.x")
    step = Step(0, 0, entry, Outcome.ERROR, "size: expected int")
    step.causes = (Cause("a.x", CauseReason.CONFIG),)
    assert told(diagnose(recording_of(step, end))) == [("a.x", "config", [])]
    bare = Step(0, 0, entry, Outcome.NOT_REACHED)
    assert told(diagnose(recording_of(bare, end))) == [("a.x", "config", [])]


def test_what_hung_or_crashed_is_unfinished() -> None:
    """And its own cause."""
    step = Step(0, 0, catalog("a.x:").entries[0], Outcome.ERROR, "did not end within 10 s")
    for stage in (Stage.TIMEOUT, Stage.CRASH, Stage.HANG):
        diagnosis = diagnose(recording_of(step, BootResult(False, "a.x: did not end", stage, "a.x")))
        assert diagnosis.unfinished == "a.x"
        assert told(diagnosis) == [("a.x", "own-error", [])]
