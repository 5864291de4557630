"""The timeline by the daemon's clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from tests.sources.log.capture import log_of
from tests.window.sample import Shown

from plugscope.sources.boot_log import Gap, Timetable, timetable_of
from plugscope.window.timeline.clock_bar import ClockBar
from plugscope.window.timeline.clock_scale import ClockScale
from plugscope.window.timeline.clock_words import duration

Show = Callable[[Any], Shown]
CONTENT, OPT, EXCHANGE = (
    "io.containerd.content.v1.content",
    "io.containerd.internal.v1.opt",
    "io.containerd.event.v1.exchange",
)


def table_of(*lengths: float) -> Timetable:
    """Silences one after another."""
    gaps, at = [], 0.0
    for length in lengths:
        gaps.append(Gap(at, length, "", ""))
        at += length
    return Timetable(length=at, gaps=tuple(gaps))


def show_log(show: Show, folder: Path, data: bytes) -> tuple[Shown, ClockBar]:
    file = folder / "boot.log"
    file.write_bytes(data)
    shown = show(str(file))
    assert shown.timeline.clock is not None
    return shown, shown.timeline.clock


def boot(*told: tuple[str, str]) -> bytes:
    """A boot in which plugins start at these times."""
    lines = ['time="2026-11-24T03:00:00Z" level=info msg="starting containerd" version=v2.0.11']
    for uri, time in told:
        type_ = uri.rpartition(".")[0]
        stamp = f'time="{time}" ' if time else ""
        lines.append(f'{stamp}level=info msg="loading plugin" id={uri} type={type_}')
    return "\n".join(lines).encode() + b"\n"


# The scale


@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=40))
def test_the_scale_only_grows_and_comes_back(lengths: list[float]) -> None:
    """From 0 to 1, without a step back, and a place means the second that stands there."""
    table = table_of(*lengths)
    scale = ClockScale(table)
    places = [scale.place(gap.start) for gap in table.gaps]
    assert places == sorted(places)
    assert places[0] == 0
    assert scale.place(table.length) == pytest.approx(1)
    middle = table.gaps[len(lengths) // 2].start
    assert scale.second(scale.place(middle)) == pytest.approx(middle, rel=1e-3, abs=1e-3)


def test_what_is_alike_is_to_scale() -> None:
    """Twice the time is twice the way."""
    scale = ClockScale(table_of(1, 2, 1))
    assert scale.shortened == ()
    assert scale.place(1) == pytest.approx(0.25)
    assert scale.place(2) == pytest.approx(0.5)


def test_hours_of_silence_leave_room_for_the_rest() -> None:
    """They are drawn shorter, and said to be; the longer of two stays the longer."""
    scale = ClockScale(table_of(0.01, 0.02, 3600, 0.01, 0.02, 7200))
    assert [gap.length for gap in scale.shortened] == [3600, 7200]
    first = scale.place(3600.03) - scale.place(0.03)
    second = scale.place(10_800.06) - scale.place(3600.06)
    assert first < second
    assert first + second < 0.61
    assert scale.place(0.01) > 0.05


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (2e-5, "20 µs"),
        (0.0123, "12.3 ms"),
        (3.2, "3.2 s"),
        (10.001, "10 s"),
        (600, "10 min"),
        (11_000, "3.06 h"),
    ],
)
def test_a_duration_is_said_in_three_digits(seconds: float, words: str) -> None:
    """In the unit that fits."""
    assert duration(seconds) == words


# The bar


def test_a_boot_that_hangs_is_shown_by_the_clock_and_says_where(show: Show, tmp_path: Path) -> None:
    """Without being asked: ten seconds in bolt are the whole story."""
    shown, clock = show_log(show, tmp_path, log_of("2.0.11/metadb-locked"))
    timeline = shown.timeline
    assert clock.isVisible()
    assert not timeline.ticks.isVisible()
    assert timeline.clock_words.text().startswith("hangs in metadata.bolt (10 s)")
    assert "not to scale at ≈" in clock.words
    assert "from 03:05:41.418 UTC" in clock.words
    timeline.by_clock.setChecked(False)
    assert timeline.ticks.isVisible()
    assert timeline.clock_words.text() == "hangs in metadata.bolt", "that is never lost"


def test_the_longest_silence_is_named(show: Show, tmp_path: Path) -> None:
    """By the plugin that was starting and the one that came after it."""
    data = boot(
        (CONTENT, "2026-11-24T03:00:00.5Z"),
        (OPT, "2026-11-24T03:00:01Z"),
        (EXCHANGE, "2026-11-24T03:00:04.2Z"),
    )
    shown, clock = show_log(show, tmp_path, data)
    shown.timeline.by_clock.setChecked(True)
    assert "longest: 3.2 s in internal.opt before event.exchange" in clock.words
    assert "the log ends while event.exchange starts" in clock.words


def test_a_clock_that_falls_back_and_a_zone_that_changes_are_said(show: Show, tmp_path: Path) -> None:
    """In words, and the ticks stay in order."""
    data = boot(
        (CONTENT, "2026-11-24T03:00:01Z"),
        (OPT, "2026-11-24T01:00:02+01:00"),
        (EXCHANGE, "2026-11-24T01:00:04+01:00"),
    )
    shown, clock = show_log(show, tmp_path, data)
    assert "the clock goes back by 3 h before internal.opt" in clock.words
    assert "the time zone changes: UTC, UTC+01:00" in clock.words
    assert shown.document.log is not None
    spans = timetable_of(shown.document.log).spans
    assert spans[CONTENT][0] <= spans[OPT][0] < spans[EXCHANGE][0]


def test_without_times_there_are_steps_alone(show: Show, tmp_path: Path) -> None:
    """No switch that would show nothing."""
    data = boot((CONTENT, ""), (OPT, "")).replace(b'time="2026-11-24T03:00:00Z" ', b"")
    shown, clock = show_log(show, tmp_path, data)
    assert not clock.is_told
    assert not shown.timeline.by_clock.isVisible()
    assert shown.timeline.ticks.isVisible()


def test_a_prediction_has_no_clock(show: Show, tmp_path: Path) -> None:
    """What the user toggles did not happen at any time; undo brings the clock back."""
    shown, clock = show_log(show, tmp_path, log_of("2.0.11/metadb-locked"))
    shown.document.toggle([2])
    assert not clock.isVisible()
    assert shown.timeline.ticks.isVisible()
    assert not shown.timeline.by_clock.isVisible()
    shown.document.undo_stack.undo()
    assert clock.isVisible()


@pytest.mark.parametrize("width", [40, 300, 1200])
def test_the_bar_is_clicked_and_worked_with_keys(
    qtbot: QtBot, show: Show, tmp_path: Path, width: int
) -> None:
    """A click goes to what started last by then; keys go through the steps."""
    shown, clock = show_log(show, tmp_path, log_of("2.0.11/metadb-locked"))
    replay = shown.document.replay
    clock.setFixedWidth(width)
    QApplication.processEvents()
    assert not clock.grab().isNull()
    qtbot.mouseClick(clock, Qt.MouseButton.LeftButton, pos=QPoint(width - 5, 20))
    assert replay.current is not None
    assert replay.current.uri == "io.containerd.metadata.v1.bolt"
    qtbot.mouseClick(clock, Qt.MouseButton.LeftButton, pos=QPoint(1, 20))
    assert replay.cursor <= 12
    qtbot.keyClick(clock, Qt.Key.Key_Home)
    assert replay.cursor == 0
    qtbot.keyClick(clock, Qt.Key.Key_Right)
    assert replay.cursor == 1


def test_a_tooltip_tells_plugin_and_time(show: Show, tmp_path: Path) -> None:
    """And how long it took."""
    _, clock = show_log(show, tmp_path, log_of("2.0.11/metadb-locked"))
    at = QPoint(clock.width() - 30, 20)
    QApplication.sendEvent(clock, QHelpEvent(QEvent.Type.ToolTip, at, clock.mapToGlobal(at)))
    text = QToolTip.text().replace("\u200b", "")
    assert "io.containerd.metadata.v1.bolt" in text
    assert "10 s" in text
    QToolTip.hideText()
