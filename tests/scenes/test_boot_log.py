"""An operator's morning: containerd came up without CRI, and its log is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.sources.log.capture import log_of

from plugscope.session import Settings, load_theme
from plugscope.window import MainWindow
from plugscope.window.log import LogPanel
from plugscope.window.problems import Problems
from plugscope.window.problems.model import Column as Ledger
from plugscope.window.timeline import Timeline

pytestmark = pytest.mark.scene

BOLT = "io.containerd.metadata.v1.bolt"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """An empty window, open and active."""
    qapp.setStyle("Fusion")
    made = MainWindow(Settings(tmp_path / "settings.json"), load_theme("light"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def opened(qtbot: QtBot, window: MainWindow, folder: Path, data: bytes) -> None:
    """A log is opened in the window."""
    file = folder / "boot.log"
    file.write_bytes(data)
    with qtbot.waitSignal(window.opener.opened, timeout=20_000):
        window.opener.open(str(file))
    qtbot.waitUntil(lambda: window.docks["problems"].widget() is not None)


def test_a_cause_is_followed_to_its_line_and_from_there_to_a_victim(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    """The button names two causes; a click on the first one's place shows the line; another line selects its plugin."""
    opened(qtbot, window, tmp_path, log_of("1.6.20/metadb-is-directory"))
    document = window.document
    assert document is not None
    qtbot.waitUntil(lambda: window.toolbar.causes_button.text() == "2 causes", timeout=5_000)
    qtbot.mouseClick(window.toolbar.causes_button, Qt.MouseButton.LeftButton)
    problems = window.docks["problems"].widget()
    assert isinstance(problems, Problems)
    qtbot.waitUntil(lambda: problems.model.rowCount() > 0, timeout=5_000)
    location = problems.model.index(0, Ledger.LOCATION)
    assert location.data() == "line 16"
    qtbot.mouseClick(
        problems.view.viewport(), Qt.MouseButton.LeftButton, pos=problems.view.visualRect(location).center()
    )
    panel = window.docks["log"].widget()
    assert isinstance(panel, LogPanel)
    qtbot.waitUntil(lambda: panel.view.currentIndex().isValid(), timeout=5_000)
    row = panel.view.currentIndex().row()
    assert panel.model.lines.numbers[panel.model.index_at(row)] == 16
    assert "meta.db: is a directory" in panel.model.lines.raw(panel.model.index_at(row))
    assert document.selection == {document.plan.position[BOLT]}
    victim = panel.model.index(row + 2, 0)
    panel.view.scrollTo(victim)
    qtbot.mouseClick(
        panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(victim).center()
    )
    assert document.selection == {document.plan.position["io.containerd.differ.v1.walking"]}


def test_a_boot_that_hangs_says_where_at_once(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """The timeline stands on the clock, and its first words are the plugin."""
    opened(qtbot, window, tmp_path, log_of("2.0.11/metadb-locked"))
    timeline = window.docks["timeline"].widget()
    assert isinstance(timeline, Timeline)
    assert timeline.clock is not None
    qtbot.waitUntil(timeline.clock.isVisible, timeout=5_000)
    assert timeline.clock_words.text().startswith("hangs in metadata.bolt (10 s)")
