"""Timetables of boots of any kind: time goes forwards, and all of it is accounted for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.log.written import stamp

from plugscope.sources.boot_log import BootLog, BootMark, EventKind, LogReference, timetable_of

KINDS = (EventKind.LOADING, EventKind.SKIPPED, EventKind.FAILED, EventKind.WAITING, EventKind.UNUSABLE)


def log(references: list[LogReference]) -> BootLog:
    """A log of one boot."""
    return BootLog("x", 1, 1, (BootMark(1, "", (1, 9)),), tuple(references))


@st.composite
def accounts(draw: st.DrawFn, *, forwards: bool = False) -> list[LogReference]:
    """What a log may tell: a start, plugins in any order, lines without a time, clocks that jump."""
    at, found = 10_000, [LogReference(1, EventKind.STARTING, "", stamp(10_000))]
    for line in range(2, draw(st.integers(2, 9))):
        at += draw(st.integers(0 if forwards else -4_000, 5_000))
        kind = draw(st.sampled_from(KINDS))
        uri = draw(st.sampled_from(["a.v1.x", "b.v1.y", "c.v1.z"]))
        found.append(LogReference(line, kind, uri, draw(st.sampled_from([stamp(max(at, 0))] * 4 + [""]))))
    return found


@given(accounts())
def test_time_never_runs_backwards(references: list[LogReference]) -> None:
    """Spans and gaps lie between the beginning and the end, whatever the clock did."""
    table = timetable_of(log(references))
    assert all(0 <= begins <= ends <= table.length for begins, ends in table.spans.values())
    assert all(gap.length > 0 and 0 <= gap.start <= table.length for gap in table.gaps)
    assert set(table.spans) <= {one.uri for one in references}
    assert all(step.seconds >= 0.1 for step in table.steps_back)


@given(accounts())
def test_gaps_make_up_the_whole_boot(references: list[LogReference]) -> None:
    """One after the other, with no time between them."""
    table = timetable_of(log(references))
    assert sum(gap.length for gap in table.gaps) == pytest.approx(table.length)
    for one, other in zip(table.gaps, table.gaps[1:], strict=False):
        assert one.start + one.length == pytest.approx(other.start)


@given(accounts(forwards=True))
def test_a_clock_that_goes_forwards_is_the_boot_s(references: list[LogReference]) -> None:
    """Each plugin begins at its first line, and nothing of a step back is told."""
    table = timetable_of(log(references))
    assert table.steps_back == ()
    first: dict[str, float] = {}
    for one in references:
        if one.time and one.kind is not EventKind.UNUSABLE and one.uri:
            seconds = int(one.time[17:19]) + int(one.time[20:29]) / 1e9
            begins = int(references[0].time[17:19]) + int(references[0].time[20:29]) / 1e9
            first.setdefault(one.uri, seconds - begins)
    assert set(table.spans) == set(first)
    for uri, (begins, _) in table.spans.items():
        assert begins == pytest.approx(first[uri], abs=2e-6)


def test_a_clock_that_falls_back_is_told_with_who_came_next() -> None:
    """By how much; a tenth of a second is nothing."""
    references = [
        LogReference(1, EventKind.STARTING, "", stamp(50_000)),
        LogReference(2, EventKind.LOADING, "a.v1.x", stamp(49_500)),
        LogReference(3, EventKind.LOADING, "b.v1.y", stamp(29_500)),
    ]
    table = timetable_of(log(references))
    (step,) = table.steps_back
    assert step.seconds == pytest.approx(2.0)
    assert step.before == "b.v1.y"
    assert table.length == 0


def test_stamps_of_another_kind_are_left_out() -> None:
    """Seconds since the start and times of day cannot be subtracted."""
    references = [
        LogReference(1, EventKind.LOADING, "a.v1.x", stamp(0)),
        LogReference(2, EventKind.LOADING, "b.v1.y", "0003"),
    ]
    table = timetable_of(log(references))
    assert set(table.spans) == {"a.v1.x"}
    assert table.zones == ("UTC",)
    assert timetable_of(log(references[1:])).zones == ()
    assert timetable_of(log([])).begins is None


def test_the_longest_gap_is_the_one_to_look_at() -> None:
    """Within whom it lies: whoever had started and was not done."""
    references = [
        LogReference(1, EventKind.LOADING, "a.v1.x", stamp(0)),
        LogReference(2, EventKind.LOADING, "b.v1.y", stamp(100)),
        LogReference(3, EventKind.FAILED, "b.v1.y", stamp(9_000)),
        LogReference(4, EventKind.BOOTED, "", stamp(9_100)),
    ]
    longest = timetable_of(log(references)).longest
    assert longest is not None
    assert (longest.within, longest.before) == ("b.v1.y", "")
    assert longest.length == pytest.approx(0.89)
    assert timetable_of(log(references[:1])).longest is None
