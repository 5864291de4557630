"""Facts put together as boots, from logs of several starts, several processes, forwards and backwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.log.written import stamp

from plugscope.sources.boot_log import EventKind
from plugscope.sources.log.boots import KEPT, MAX_TEXT, split
from plugscope.sources.log.event import Event

URIS = ("a.v1.x", "b.v1.y", "c.v1.z")


@st.composite
def starts(draw: st.DrawFn, day: int = 1, speaker: str = "") -> list[Event]:
    """The events of one boot in the order of a daemon: a start, plugins, perhaps an end."""
    events = [Event(EventKind.STARTING, text="v2.1.9")]
    for uri in draw(st.lists(st.sampled_from(URIS), unique=True, max_size=3)):
        events.append(Event(EventKind.LOADING, uri=uri))
        if draw(st.booleans()):
            events.append(
                Event(draw(st.sampled_from([EventKind.FAILED, EventKind.SKIPPED])), uri=uri, text="no")
            )
    ending = draw(st.sampled_from([None, EventKind.BOOTED, EventKind.PANICKED]))
    if ending is not None:
        events.append(Event(ending, text="it is over"))
    return [replace(one, time=stamp(n, day), speaker=speaker) for n, one in enumerate(events)]


def numbered(events: Sequence[Event]) -> list[Event]:
    """With the lines that they stand on."""
    return [replace(event, line=number) for number, event in enumerate(events, 1)]


@st.composite
def several(draw: st.DrawFn, most: int = 5) -> list[list[Event]]:
    """Boots one after the other, on as many days."""
    return [draw(starts(day)) for day in range(1, draw(st.integers(1, most)) + 1)]


def facts(events: Sequence[Event]) -> list[tuple[EventKind, str, str]]:
    """What events tell, without where."""
    return [(event.kind, event.uri, event.time) for event in events]


@settings(max_examples=100)
@given(several())
def test_each_start_is_a_boot(boots: list[list[Event]]) -> None:
    """With all its events in their order, numbered from 1."""
    found = split(numbered([event for boot in boots for event in boot]))
    assert found.count == len(found.kept) == len(boots)
    assert [boot.number for boot in found.kept] == list(range(1, len(boots) + 1))
    assert [facts(boot.events) for boot in found.kept] == [facts(boot) for boot in boots]
    assert [boot.followed for boot in found.kept] == [True] * (len(boots) - 1) + [False]
    for boot, events in zip(found.kept, boots, strict=True):
        assert boot.version == "v2.1.9"
        assert boot.time == events[0].time
        assert boot.lines[1] - boot.lines[0] == len(events) - 1


@settings(max_examples=100)
@given(several())
def test_a_log_that_runs_backwards_has_the_same_boots(boots: list[list[Event]]) -> None:
    """Newest line first: the numbers still go with time, and each boot reads forwards."""
    events = [event for boot in boots for event in boot]
    found = split(numbered(list(reversed(events))))
    if len(events) < 2:
        return
    assert found.newest_first
    assert [facts(boot.events) for boot in found.kept] == [facts(boot) for boot in boots]
    assert [boot.number for boot in found.kept] == list(range(1, len(boots) + 1))


@settings(max_examples=100)
@given(starts(1, "containerd[1]"), starts(1, "containerd[2]"), st.lists(st.booleans(), max_size=12))
def test_two_daemons_in_one_log_are_told_apart(
    one: list[Event], other: list[Event], turns: list[bool]
) -> None:
    """By the process that each line names, however they are mixed."""
    mixed, left = [], {False: list(one), True: list(other)}
    for turn in turns:
        if left[turn]:
            mixed.append(left[turn].pop(0))
    mixed += [*left[False], *left[True]]
    found = split(numbered(mixed))
    told = {boot.events[0].speaker: [event.kind for event in boot.events] for boot in found.kept}
    assert told == {"containerd[1]": [e.kind for e in one], "containerd[2]": [e.kind for e in other]}


@settings(max_examples=60)
@given(several(3))
def test_lines_that_stand_twice_are_one(boots: list[list[Event]]) -> None:
    """A host that keeps syslog beside the journal."""
    events = [event for boot in boots for event in boot]
    doubled = numbered([event for event in events for _ in range(2)])
    once, twice = split(numbered(events)), split(doubled)
    assert [facts(boot.events) for boot in twice.kept] == [facts(boot.events) for boot in once.kept]


@given(st.integers(KEPT - 1, KEPT + 3))
def test_the_last_boots_are_kept_and_all_are_counted(count: int) -> None:
    """A daemon that a supervisor starts every second fills a disk, and not the memory."""
    events = [
        Event(EventKind.STARTING, time=f"2026-11-24T03:{n // 60:02}:{n % 60:02}.000000001Z")
        for n in range(count)
    ]
    found = split(numbered(events))
    assert found.count == count
    assert [boot.number for boot in found.kept] == list(range(max(count - KEPT, 0) + 1, count + 1))
    chosen = found.choose()
    assert chosen is not None and chosen.number == count
    assert found.choose(-count - 1) is None


@pytest.mark.parametrize(("number", "chosen"), [(1, 1), (3, 3), (-1, 3), (-3, 1), (4, None), (0, None)])
def test_a_boot_is_chosen_from_either_end(number: int, chosen: int | None) -> None:
    """From 1 for the first, from -1 for the last."""
    events = [Event(EventKind.STARTING, time=stamp(0, day)) for day in (1, 2, 3)]
    found = split(numbered(events)).choose(number)
    assert (found and found.number) == chosen


def test_the_exit_of_a_process_is_no_boot() -> None:
    """It ends the one before, and says of the next that it is its successor."""
    events = numbered([
        Event(EventKind.EXITED, text="code=killed"),
        Event(EventKind.STARTING, time=stamp(0, 1)),
        Event(EventKind.LOADING, uri="a.v1.x", time=stamp(1, 1)),
        Event(EventKind.EXITED, text="code=killed"),
        Event(EventKind.STARTING, time=stamp(0, 2)),
    ])  # fmt: skip
    found = split(events)
    assert found.count == 2
    assert [boot.has(EventKind.EXITED) for boot in found.kept] == [True, False]


def test_an_abort_before_any_plugin_is_a_boot_of_its_own() -> None:
    """A daemon that cannot read its configuration says nothing else."""
    words = "failed to load TOML: no such file"
    events = numbered([
        Event(EventKind.STARTING, time=stamp(0)),
        Event(EventKind.BOOTED, time=stamp(1)),
        Event(EventKind.ABORTED, text=words),
        Event(EventKind.ABORTED, text=words),
    ])  # fmt: skip
    found = split(events)
    assert not found.kept[0].has(EventKind.ABORTED)
    assert all(boot.has(EventKind.ABORTED) for boot in found.kept[1:]) and found.count >= 2


def test_an_endless_error_is_cut() -> None:
    """And says so."""
    (boot,) = split([Event(EventKind.FAILED, 1, "a.v1.x", text="x" * (MAX_TEXT + 5))]).kept
    assert boot.events[0].text == "x" * MAX_TEXT + "…"


def test_what_tells_of_nothing_is_no_boot() -> None:
    """A line that a plugin waits, alone."""
    assert split([Event(EventKind.WAITING, 1)]).count == 0
    assert split([]).kept == []
