"""How high the panels below the canvas are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot
from tests.sources.log.capture import log_of
from tests.window.sample import Shown

from plugscope.session import Settings, load_theme
from plugscope.window import MainWindow

Show = Callable[[Any], Shown]


@pytest.fixture
def window(show: Show, window: MainWindow, tmp_path: Path) -> MainWindow:
    """A small window on a log with causes; the replay is in front."""
    path = tmp_path / "boot.log"
    path.write_bytes(log_of("1.6.20/metadb-is-directory"))
    window.resize(1024, 700)
    show(str(path))
    return window


def height(window: MainWindow) -> int:
    """Of what is in front below."""
    front = window.docks.front()
    return window.docks[front].height() if front else 0


def wait_for(qtbot: QtBot, window: MainWindow, key: str) -> None:
    qtbot.waitUntil(lambda: window.docks.front() == key)
    qtbot.wait(50)


def drag_edge(qtbot: QtBot, window: MainWindow, by: int) -> None:
    """Drag the edge above the panels, which is a pixel or a few below the canvas."""
    centre = window.stack
    edge = centre.mapTo(window, QPoint(centre.width() // 2, centre.height()))
    qtbot.mousePress(window, Qt.MouseButton.LeftButton, pos=edge)
    qtbot.mouseMove(window, edge + QPoint(0, by))
    qtbot.wait(20)
    qtbot.mouseRelease(window, Qt.MouseButton.LeftButton, pos=edge + QPoint(0, by))
    qtbot.wait(50)


def test_the_causes_get_room_when_they_are_looked_at(qtbot: QtBot, window: MainWindow) -> None:
    """By the button: a third of the window, where the replay has a seventh; once, whatever comes to the front later."""
    wait_for(qtbot, window, "timeline")
    assert height(window) < 120
    window.toolbar.causes_button.click()
    qtbot.waitUntil(lambda: 0.25 < height(window) / window.height() < 0.35)
    assert window.stack.height() > window.height() // 2
    given = height(window)
    window.show_dock("timeline")
    window.show_dock("log")
    wait_for(qtbot, window, "log")
    assert height(window) == given


def test_a_click_on_the_tab_does_it_too(qtbot: QtBot, window: MainWindow) -> None:
    """That is how the other lists come to the front."""
    wait_for(qtbot, window, "timeline")
    (tabs,) = (bar for bar in window.findChildren(QTabBar) if bar.count() > 2 and bar.isVisible())
    ordering = next(n for n in range(tabs.count()) if tabs.tabText(n) == "Ordering")
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(ordering).center())
    qtbot.waitUntil(lambda: window.docks.front() == "ordering" and height(window) > 170)


@pytest.mark.parametrize("by", [-40, 150])
def test_what_was_dragged_stays(qtbot: QtBot, window: MainWindow, by: int) -> None:
    """Whether it was before a list was looked at, or after."""
    wait_for(qtbot, window, "timeline")
    if by > 0:
        window.show_dock("problems")
        qtbot.waitUntil(lambda: height(window) > 170)
    before = height(window)
    drag_edge(qtbot, window, by)
    dragged = height(window)
    assert dragged != before
    window.show_dock("timeline")
    window.show_dock("problems")
    wait_for(qtbot, window, "problems")
    assert height(window) == dragged


def test_a_click_on_the_edge_is_no_drag(qtbot: QtBot, window: MainWindow) -> None:
    """Nothing became higher or lower by it."""
    wait_for(qtbot, window, "timeline")
    drag_edge(qtbot, window, 0)
    window.show_dock("problems")
    qtbot.waitUntil(lambda: height(window) > 170)


def test_the_next_start_leaves_it_as_it_was(qtbot: QtBot, window: MainWindow, settings_file: Path) -> None:
    """Also if it was made low again."""
    wait_for(qtbot, window, "timeline")
    window.show_dock("problems")
    qtbot.waitUntil(lambda: height(window) > 170)
    drag_edge(qtbot, window, 60)
    low = height(window)
    window.close()
    again = MainWindow(Settings(settings_file), load_theme("light"))
    qtbot.addWidget(again)
    assert window.document is not None
    again.opener.open(window.document.source.text)
    again.show()
    qtbot.waitUntil(lambda: again.panels is not None)
    again.show_dock("problems")
    wait_for(qtbot, again, "problems")
    assert abs(height(again) - low) <= 2
    again.close()
