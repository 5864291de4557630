"""Every way a lookup, a move or a step can come out has words of its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boot.sample import catalog, catalog_of, manifests, predicted

from plugscope.boot import (
    Cause,
    CauseReason,
    Certainty,
    Get,
    Lookup,
    MadeLookup,
    Move,
    Outcome,
    Recording,
    RecordingKind,
    Step,
    WalkEvent,
    full_name,
    make_plan,
    order_moves,
    predict,
    short_name,
    tell_lookup,
    tell_move,
    tell_step,
    why_here,
)
from plugscope.plugin import Registration

CONTENT = "io.containerd.content.v1"
SINGLE = "asked for the single content plugin and got"
BY_TYPE = "asked for all content plugins and got"


@pytest.mark.parametrize(
    ("lookup", "found", "error", "words"),
    [
        (Lookup(Get.FIRST, CONTENT), ["a.x"], "", "asked for the first content plugin and got a.x"),
        (Lookup(Get.SINGLE, CONTENT), [], "none", f"{SINGLE} an error: none"),
        (Lookup(Get.SINGLE, CONTENT), ["a.x"], "bad", f"{SINGLE} the error of a.x: bad"),
        (Lookup(Get.SINGLE, CONTENT), ["a.x", "a.y"], "two", f"{SINGLE} an error: two"),
        (Lookup(Get.BY_ID, CONTENT, "disk"), ["a.x"], "", "asked for content.disk and got it"),
        (Lookup(Get.BY_ID, CONTENT, "disk"), ["a.x"], "bad", "asked for content.disk and got its error: bad"),
        (Lookup(Get.BY_ID, CONTENT, "disk"), [], "none", "asked for content.disk and got an error: none"),
        (Lookup(Get.BY_TYPE, CONTENT), [], "", f"{BY_TYPE} none"),
        (Lookup(Get.BY_TYPE, CONTENT), ["a.x"], "", f"{BY_TYPE} a.x"),
        (Lookup(Get.BY_TYPE, CONTENT), ["a.x", "a.y"], "", f"{BY_TYPE} 2"),
        (Lookup(Get.BY_TYPE, CONTENT, "disk"), ["a.x", "a.y"], "", f"{BY_TYPE} 2, to take disk"),
        (Lookup(Get.BY_TYPE, CONTENT, "disk"), ["a.x"], "no", f"{BY_TYPE} an error: no"),
        (Lookup(Get.BY_TYPE, CONTENT, min=2), ["a.x"], "few", f"{BY_TYPE} an error: few"),
        (Lookup(Get.BY_TYPE, CONTENT), ["a.x"], "bad", f"{BY_TYPE} the error of a.x: bad"),
        (Lookup(Get.ALL, "*"), ["a.x"] * 7, "", "asked for all plugins so far and got 7"),
        (Lookup(Get.ALL, "*"), [], "", "asked for all plugins so far and got none"),
    ],
)  # fmt: skip
def test_a_lookup_in_words(lookup: Lookup, found: list[str], error: str, words: str) -> None:
    """What it asked for, and what it was handed."""
    assert tell_lookup(MadeLookup(lookup, found, len(found), error)) == words


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("io.containerd.grpc.v1.cri", "grpc.cri"),
        ("io.containerd.grpc.v1", "grpc"),
        ("io.containerd.grpc.v1.a.b", "grpc.v1.a.b"),
        ("mine.v1.x", "mine.x"),
        ("mine.x", "mine.x"),
        ("io.containerd.runtime.v2", "runtime.v2"),
        (".", "(no type, no id)"),
        ("", ""),
    ],
)
def test_a_name_without_a_plan(uri: str, name: str) -> None:
    """As far as a URI alone tells where its type ends."""
    assert short_name(uri) == name


@given(st.text("ab.v1", max_size=8), st.text("ab.", max_size=4))
def test_a_full_name_is_the_uri_where_both_parts_are_there(type_: str, id_: str) -> None:
    """Else it says which is not."""
    name = full_name(Registration(type_, id_))
    if type_ and id_:
        assert name == f"{type_}.{id_}"
    else:
        assert ("no type" in name, "no id" in name) == (not type_, not id_)


@settings(max_examples=80)
@given(manifests(), st.data())
def test_every_step_of_any_boot_reads_as_sentences(shape: dict[str, object], data: st.DataObject) -> None:
    """It names the plugin and its number; who failed for another has that one's name; doubt is said."""
    it = catalog_of(shape)
    toggled = data.draw(st.sets(st.integers(0, len(it.entries) - 1), max_size=2))
    recording = predict(make_plan(it, toggled=toggled))
    for step in recording.steps:
        text = tell_step(recording, step)
        assert text[-1] in ".!?…"
        assert "None" not in text and "  " not in text
        if step.outcome is Outcome.NOT_REACHED:
            assert text.startswith(step.uri) and "not" in text
            continue
        assert text.startswith(f"Step {step.index + 1}: {step.uri} ")
        assert (" may " in text or "not sure" in text) == (step.certainty is Certainty.MAY) or step.error
        if step.failed and step.is_victim:
            named = [cause.uri for cause in step.causes if cause.uri != step.uri][:3]
            assert all(uri in text for uri in named)
    for position in range(len(it.entries)):
        why = why_here(recording.plan, position)
        assert why.startswith(it.entries[position].uri)
        assert ("is disabled" in why) == (position in toggled)


@pytest.mark.parametrize(
    ("reason", "uri", "words"),
    [
        (CauseReason.DISABLED, "b.y", "b.y is disabled."),
        (CauseReason.NOT_REGISTERED, "b.y", "b.y is not registered."),
        (CauseReason.NOT_REGISTERED, CONTENT, "No content plugin is registered."),
        (CauseReason.SKIPPED_PROVIDER, "b.y", "b.y was skipped."),
        (CauseReason.CONFIG, "b.y", "The configuration of b.y does not fit."),
        (CauseReason.OWN_ERROR, "b.y", "It began with b.y, which failed."),
        (CauseReason.ABORTED, "b.y", "It began with b.y, which failed."),
    ],
)
def test_each_reason_has_its_sentence(reason: CauseReason, uri: str, words: str) -> None:
    """At the end of what is said of a victim; of itself as a cause nothing is said."""
    plan = make_plan(catalog("a.x:"))
    step = Step(0, 0, plan.catalog.entries[0], Outcome.ERROR, "no luck")
    step.causes = (Cause("a.x", CauseReason.OWN_ERROR), Cause(uri, reason))
    recording = Recording(RecordingKind.RUN, plan, [step])
    assert tell_step(recording, step) == f"Step 1: a.x fails. Its error: no luck. {words}"


@pytest.mark.parametrize(
    ("outcome", "certainty", "words"),
    [
        (Outcome.OK, Certainty.WILL, "Step 1: a.x starts."),
        (Outcome.OK, Certainty.MAY, "Step 1: a.x starts, but that is not sure."),
        (Outcome.OK, Certainty.UNKNOWN, "Step 1: a.x starts, as far as is known."),
        (Outcome.SKIP, Certainty.WILL, "Step 1: a.x skips. Its reason: why."),
        (Outcome.SKIP, Certainty.MAY, "Step 1: a.x may skip. Its reason: why."),
        (Outcome.ERROR, Certainty.WILL, "Step 1: a.x fails. Its error: why."),
        (Outcome.ERROR, Certainty.MAY, "Step 1: a.x may fail. Its error: why."),
        (Outcome.NOT_REACHED, Certainty.WILL, "a.x is not reached: the boot ended before it."),
        (Outcome.NOT_REACHED, Certainty.MAY, "a.x may not be reached: the boot may end before it."),
    ],
)
def test_each_outcome_says_how_sure_it_is(outcome: Outcome, certainty: Certainty, words: str) -> None:
    """A prediction is no promise."""
    plan = make_plan(catalog("a.x:"))
    step = Step(0, 0, plan.catalog.entries[0], outcome, "" if outcome is Outcome.OK else "why")
    step.certainty = certainty
    assert tell_step(Recording(RecordingKind.PREDICTED, plan, [step]), step) == words


def test_four_lookups_are_three_and_one_more() -> None:
    """Five are two more: plural where it is one."""
    four = predicted("a.x:\n b.y: all; all; all; all").steps[1]
    plan = make_plan(catalog("a.x:\n b.y:"))
    assert tell_step(Recording(RecordingKind.RUN, plan, [four]), four).endswith(
        "and it made one more lookup."
    )


def test_the_line_that_disables_is_told() -> None:
    """Where the source knows it."""
    it = catalog("a.x\n b.y", disabled=["a.x"])
    it.locations = {"a.x": "config.toml:4"}
    assert why_here(make_plan(it), 0) == "a.x is disabled at config.toml:4: it has no place in the order."


@given(st.integers(0, 4))
def test_pulled_plugins_are_counted(count: int) -> None:
    """One in words, more in numbers, none not at all."""
    text = "x.top base\n" + "\n".join(f"base.b{n}" for n in range(count))
    why = why_here(make_plan(catalog(text)), 0)
    ending = {0: "as number 1.", 1: "after the one plugin that it pulled forward."}
    assert why.endswith(ending.get(count, f"after the {count} plugins that it pulled forward."))
    assert why.startswith(f"x.top starts as number {count + 1} in its own turn")


def test_every_move_has_words_and_no_two_the_same() -> None:
    """A lesson that said the same of two moves would teach that they are one."""
    plan = make_plan(catalog("a.x b\n b.y"))
    told = [tell_move(WalkEvent(move, 0, "b", (0, 1)), plan) for move in Move]
    assert len(set(told)) == len(Move)
    assert all("a.x" in sentence and sentence.endswith(".") for sentence in told)
    moves = [event.move for event in order_moves(plan.catalog.registrations)]
    assert moves == [Move.TURN, Move.REQUIRES, Move.PULLED, Move.PLACED, Move.PLACED, Move.PASSED]
