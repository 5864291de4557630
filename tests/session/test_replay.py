"""The replay: a cursor that stays in range, and stops where it was told to."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.session.sample import document

from plugscope.boot import Catalog, Recording, make_plan, predict
from plugscope.session import Breakpoints, Replay

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def replay() -> Replay:
    """The sample's prediction, before its first step."""
    opened = document()
    replay = opened.replay
    replay.setParent(None)
    replay.restart()
    return replay


def order(replay: Replay) -> list[str]:
    return [step.uri for step in replay.steps]


moves: st.SearchStrategy[Callable[[Replay], None]] = st.one_of(
    st.integers(-3, 20).map(lambda n: lambda r: r.go(n)),
    st.sampled_from(["step", "step_back", "restart", "run_to_end", "run_to_breakpoint"]).map(
        lambda name: lambda r: getattr(r, name)()
    ),
)


@given(st.lists(moves, max_size=20))
def test_the_cursor_stays_in_range_and_every_move_is_told_once(
    qapp: QApplication, sequence: list[Callable[[Replay], None]]
) -> None:
    """Whatever is asked for: 0 to the number of steps; who listens knows the cursor; nothing is told in vain."""
    opened = document()
    replay = opened.replay
    told = [replay.cursor]
    replay.cursor_changed.connect(told.append)
    for move in sequence:
        move(replay)
        assert 0 <= replay.cursor <= len(replay.steps)
        assert told[-1] == replay.cursor
        assert replay.current is (replay.steps[replay.cursor - 1] if replay.cursor else None)
    assert all(a != b for a, b in itertools.pairwise(told))


def test_without_a_recording_nothing_moves() -> None:
    """Every verb is harmless before there is anything."""
    replay = Replay()
    for act in (
        replay.step,
        replay.step_back,
        replay.run_to_end,
        replay.run_to_breakpoint,
        replay.toggle_play,
    ):
        act()
    assert (replay.cursor, replay.current, replay.steps, replay.is_playing) == (0, None, [], False)


def test_an_empty_recording_is_at_its_beginning_and_its_end() -> None:
    """There is nothing to play."""
    replay = Replay()
    replay.show(predict(make_plan(Catalog([]))))
    replay.toggle_play()
    replay.run_to_breakpoint()
    assert (replay.cursor, replay.is_playing) == (0, False)


def test_showing_another_recording_can_keep_the_cursor_and_clips_it() -> None:
    """A shorter boot ends earlier."""
    opened = document()
    long, short = opened.predicted, predict(make_plan(opened.catalog, toggled=range(5)))
    replay = Replay()
    replay.show(long, 6)
    assert replay.cursor == 6
    replay.show(short, 6)
    assert replay.cursor == len(short.steps)
    replay.show(long)
    assert replay.cursor == len(long.steps)


@pytest.mark.parametrize(
    ("points", "uri", "why"),
    [
        (Breakpoints(positions=frozenset([3])), "meta.bolt", "breakpoint on meta.bolt"),
        (Breakpoints(types=frozenset(["tasks"])), "tasks.tasks", "breakpoint on type tasks"),
        (Breakpoints(first_error=True), "own.broken", "first error"),
        (Breakpoints(first_skip=True), "snapshot.zfs", "first skip"),
    ],
    ids=["plugin", "type", "first error", "first skip"],
)
def test_running_stops_after_the_step_that_a_breakpoint_is_at(
    replay: Replay, points: Breakpoints, uri: str, why: str
) -> None:
    """The step it stops at is the current one, and the reason is told."""
    reasons: list[str] = []
    replay.stopped_at.connect(reasons.append)
    replay.set_breakpoints(points)
    replay.run_to_breakpoint()
    assert replay.current is not None
    assert replay.current.uri == uri
    assert reasons == [why]
    replay.run_to_breakpoint()
    assert replay.cursor == len(replay.steps), "behind it there is none any more"
    assert reasons == [why]


def test_the_first_error_is_that_of_the_boot_not_of_the_rest() -> None:
    """A second failure is no first one, even if the replay starts behind the first."""
    opened = document("a.x : = error one\nb.v1.y : = error two\nc.v1.z :")
    replay = opened.replay
    replay.set_breakpoints(Breakpoints(first_error=True))
    replay.go(1)
    replay.run_to_breakpoint()
    assert replay.cursor == 3


def test_several_breakpoints_are_met_one_after_the_other(replay: Replay) -> None:
    """Each run goes on to the next."""
    replay.set_breakpoints(Breakpoints(frozenset([0, 4]), first_skip=True))
    met = []
    while replay.cursor < len(replay.steps):
        replay.run_to_breakpoint()
        assert replay.current is not None
        met.append(replay.current.uri)
    assert met == ["content.store", "snapshot.zfs", "gc.scheduler", order(replay)[-1]]


def test_playing_goes_to_the_end_step_by_step_and_stops(qtbot: QtBot, replay: Replay) -> None:
    """Each step is told; at the end it pauses by itself; playing again starts anew."""
    replay.set_speed(10)
    told: list[int] = []
    replay.cursor_changed.connect(told.append)
    playing: list[bool] = []
    replay.playing_changed.connect(playing.append)
    replay.toggle_play()
    qtbot.waitUntil(lambda: not replay.is_playing, timeout=10_000)
    assert told == list(range(1, len(replay.steps) + 1))
    assert playing == [True, False]
    replay.toggle_play()
    assert replay.cursor == 0
    replay.pause()


def test_playing_stops_at_a_breakpoint(qtbot: QtBot, replay: Replay) -> None:
    """And stays there."""
    replay.set_speed(10)
    replay.set_breakpoints(Breakpoints(first_skip=True))
    with qtbot.waitSignal(replay.stopped_at, timeout=10_000):
        replay.toggle_play()
    assert not replay.is_playing
    assert replay.current is not None
    assert replay.current.uri == "snapshot.zfs"


def test_speed_holds_at_once_while_playing(qtbot: QtBot, replay: Replay) -> None:
    """A person who turns it up does not wait for the slow step to end."""
    replay.set_speed(0.25)
    replay.toggle_play()
    replay.set_speed(10)
    began = time.monotonic()
    qtbot.waitUntil(lambda: replay.cursor >= 2, timeout=5_000)
    assert time.monotonic() - began < 2, "at a quarter of the speed one step takes 2.4 s"
    replay.pause()


@pytest.mark.parametrize("act", ["step", "step_back", "restart", "run_to_end", "run_to_breakpoint"])
def test_moving_by_hand_pauses(replay: Replay, act: str) -> None:
    """Two drivers at one wheel are one too many."""
    replay.go(3)
    replay.toggle_play()
    getattr(replay, act)()
    assert not replay.is_playing


def test_another_recording_pauses(replay: Replay) -> None:
    """What was played is no longer there."""
    recording = replay.recording
    assert isinstance(recording, Recording)
    replay.toggle_play()
    replay.show(recording, 0)
    assert not replay.is_playing
