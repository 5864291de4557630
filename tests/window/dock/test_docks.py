"""The panels around the canvas: which one is in front, and what stays in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot
from tests.session.sample import read_now
from tests.sources.log.capture import log_of
from tests.window.sample import Shown

from plugscope.session import Document
from plugscope.window import MainWindow
from plugscope.window.action import ActionId

Show = Callable[[Any], Shown]


def is_in_front(window: MainWindow, key: str) -> bool:
    return window.docks.front() == key


def is_shown_after(window: MainWindow, before: Document | None) -> bool:
    """Whether another document is shown, with its panels."""
    return window.document is not before and window.panels is not None


def test_the_panel_in_front_stays_there(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """Through a reload, and another boot of the log; a panel that the next source has not makes way."""
    path = tmp_path / "boot.log"
    path.write_bytes(log_of("1.6.20/restart-ok-then-abort"))
    window = show(str(path)).window
    qtbot.waitUntil(partial(is_in_front, window, "timeline"))
    for key in ("problems", "log"):
        window.show_dock(key)
        qtbot.waitUntil(partial(is_in_front, window, key))
        before = window.document
        window.actions_by_id[ActionId.RELOAD].trigger()
        qtbot.waitUntil(partial(is_shown_after, window, before))
        qtbot.waitUntil(partial(is_in_front, window, key))
        qtbot.wait(50)
        assert is_in_front(window, key)
    window.opener.open("example:teaching")
    qtbot.waitUntil(lambda: window.docks.front() == "timeline", timeout=5_000)


def test_the_log_and_the_clock_stay_as_they_were_set(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """Through a reload, and one right after it; in another log, they are as that boot suggests."""
    path, other = tmp_path / "boot.log", tmp_path / "other.log"
    path.write_bytes(log_of("2.0.11/metadb-locked"))
    other.write_bytes(path.read_bytes())
    shown = show(str(path))
    window = shown.window
    window.show_dock("log")
    qtbot.waitUntil(lambda: shown.log.model.rowCount() > 0)
    assert shown.timeline.by_clock.isChecked()
    shown.timeline.by_clock.setChecked(False)
    shown.log.filter_line.setText("bolt")
    shown.log.as_written.setChecked(True)
    reading = read_now(window.opener, str(path))
    window.actions_by_id[ActionId.RELOAD].trigger()
    qtbot.waitUntil(lambda: window.document is not shown.document)
    window.show_document(reading)
    qtbot.waitUntil(lambda: window.panels is not None and bool(shown.log.model.is_filtered))
    assert (shown.log.filter_line.text(), shown.log.model.raw) == ("bolt", True)
    qtbot.waitUntil(lambda: shown.log.model.rowCount() > 0)
    assert " of " in shown.log.summary.text()
    assert not shown.timeline.by_clock.isChecked()
    assert not shown.log.only_plugins.isChecked()
    window.opener.open(str(other))
    qtbot.waitUntil(partial(is_shown_after, window, reading))
    assert shown.log.filter_line.text() == ""
    assert shown.timeline.by_clock.isChecked()


def test_what_was_sought_is_sought_on(qtbot: QtBot, show: Show) -> None:
    """Through a reload; in another source it would hide things that nobody knows of."""
    shown = show("example:teaching")
    window = shown.window
    shown.table.filter_line.setText("type:grpc")
    window.actions_by_id[ActionId.RELOAD].trigger()
    qtbot.waitUntil(partial(is_shown_after, window, shown.document))
    assert shown.table.filter_line.text() == "type:grpc"
    assert shown.table.model.visible is not None
    before = window.document
    window.opener.open("example:cycle")
    qtbot.waitUntil(partial(is_shown_after, window, before))
    assert shown.table.filter_line.text() == ""
