"""What a boot knows of one type, compared with a look at all its members; and who is absent and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boot.sample import catalog

from plugscope.boot import Cause, CauseReason, Certainty, Entry, Outcome, Step, make_plan
from plugscope.boot.prediction.absence import Absences
from plugscope.boot.prediction.type_state import TypeState, causes_of
from plugscope.plugin import Registration

_shared = [
    (),
    (Cause("a", CauseReason.OWN_ERROR),),
    (Cause("a", CauseReason.OWN_ERROR), Cause("b", CauseReason.DISABLED)),
    (Cause("c", CauseReason.CONFIG),),
]


@st.composite
def members(draw: st.DrawFn) -> list[Step]:
    """Plugins of one type that came out in any way, for causes that some of them share."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        outcome = draw(st.sampled_from([Outcome.OK, Outcome.SKIP, Outcome.ERROR]))
        step = Step(number, number, Entry(Registration("t", f"id{number}")), outcome)
        step.certainty = draw(st.sampled_from([Certainty.WILL, Certainty.WILL, Certainty.MAY]))
        step.is_not_found = draw(st.booleans())
        if outcome is not Outcome.OK:
            step.causes = draw(st.sampled_from(_shared))
        found.append(step)
    return found


@given(members())
def test_what_is_kept_is_what_all_members_say(steps: list[Step]) -> None:
    """Counted one by one as they come, without looking back."""
    state = TypeState()
    for step in steps:
        state.add(step)
    up = [step for step in steps if step.outcome is Outcome.OK]
    failed = [step for step in steps if step.outcome is Outcome.ERROR]
    assert state.members == steps
    assert state.present == [step for step in steps if step.outcome is not Outcome.SKIP]
    assert (state.usable, state.skipped) == (len(up), len(steps) - len(up) - len(failed))
    assert state.sure == all(step.certainty is Certainty.WILL for step in steps)
    assert state.first_failed is (failed[0] if failed else None)
    assert state.natures_vary == (len({step.is_not_found for step in failed}) > 1)
    assert state.all_alike == (len({step.outcome for step in steps}) <= 1)
    assert set(state.by_id) == {step.entry.registration.id for step in steps}
    assert list(state.causes) == list(dict.fromkeys(c.uri for step in steps for c in step.causes))
    troubled = [cause.uri for s in steps if s.outcome is not Outcome.OK for cause in causes_of(s)]
    assert [cause.uri for cause in state.trouble] == list(dict.fromkeys(troubled))


@given(members())
def test_a_single_one_is_settled_at_the_first_that_is_no_skip_and_not_the_only_one(steps: list[Step]) -> None:
    """As the loop of GetSingle goes: a skipped one is passed by, a failed one ends it, a second one is too many."""
    state, single, settled = TypeState(), None, None
    for step in steps:
        state.add(step)
        if settled is None and step.outcome is not Outcome.SKIP:
            if step.outcome is Outcome.ERROR or single is not None:
                settled = step
            else:
                single = step
    assert state.settled_by is settled
    assert state.single is single


@given(members(), st.data())
def test_adding_says_whether_there_is_a_new_cause(steps: list[Step], data: st.DataObject) -> None:
    """Whoever keeps what was joined from several types is told when it is out of date."""
    state = TypeState()
    for step in steps:
        before = set(state.causes)
        assert state.add(step) == bool({cause.uri for cause in step.causes} - before)
        # Asking in between must not freeze what is still growing.
        if data.draw(st.booleans()):
            assert state.trouble is state.trouble


def test_a_skip_of_its_own_begins_with_itself() -> None:
    """One that passes another on names that."""
    own = Step(0, 0, Entry(Registration("t", "x")), Outcome.SKIP)
    assert causes_of(own) == (Cause("t.x", CauseReason.SKIPPED_PROVIDER),)
    own.causes = _shared[1]
    assert causes_of(own) == _shared[1]


TEXT = "a.x\n a.y\n b.z\n c.w"


@pytest.mark.parametrize(
    ("disabled", "asked", "causes"),
    [
        ([], ("a", ""), []),
        ([], ("a", "x"), []),
        ([], ("a", "q"), [("a.q", "not-registered")]),
        ([], ("q", ""), [("q", "not-registered")]),
        (["a.x"], ("a", ""), [("a.x", "disabled")]),
        (["a.x"], ("a", "x"), [("a.x", "disabled")]),
        (["a.x"], ("a", "y"), []),
        (["a.y", "a.x"], ("a", ""), [("a.x", "disabled"), ("a.y", "disabled")]),
        (["a.x"], ("b", ""), []),
    ],
)
def test_who_is_absent_and_why(
    disabled: list[str], asked: tuple[str, str], causes: list[tuple[str, str]]
) -> None:
    """Disabled ones in registration order, else what nobody registered; empty for what is there or to come."""
    absences = Absences(make_plan(catalog(TEXT), disabled))
    found = absences.of(*asked)
    assert [(cause.uri, str(cause.reason)) for cause in found] == causes
    assert absences.of(*asked) is found
    assert absences.has_disabled(asked[0]) == any(uri.startswith(f"{asked[0]}.") for uri in disabled)


def test_who_is_too_late_for_want_of_a_puller_has_that_one_for_its_cause() -> None:
    """With the puller there it would have come before the one that asks; with nobody disabled nobody is to blame."""
    text = "puller.p late\n asker.x\n late.one\n late.two"
    absences = Absences(make_plan(catalog(text), ["puller.p"]))
    cause = (Cause("puller.p", CauseReason.DISABLED),)
    assert absences.late("late", "", 0) == absences.late("late", "two", 0) == cause
    assert absences.late("late", "gone", 0) == ()
    assert absences.late("asker", "x", 0) == ()
    assert absences.late("late", "", 99) == ()
    assert Absences(make_plan(catalog(text))).late("late", "", 0) == ()
    later = Absences(make_plan(catalog("asker.x\n puller.p late\n late.one"), ["puller.p"]))
    assert later.late("late", "", 0) == ()
