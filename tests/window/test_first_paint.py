"""What a start shows first."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot

from plugscope.canvas import GraphCanvas
from plugscope.session import load_theme
from plugscope.window import MainWindow, main_window
from plugscope.window.table import Legend, PluginTable


class Watch(QObject):
    """Notes what is there when a canvas is painted for the first time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.seen: list[tuple[bool, bool]] = []
        self._window = window
        canvas = window.findChild(GraphCanvas)
        assert canvas is not None
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen.append((self._window.document is not None, self._window.panels is not None))
        return False


def shown_first(qtbot: QtBot, window: MainWindow, source: str) -> tuple[bool, bool]:
    """Start with a source; whether a document and its panels were there at the first paint. Waits for both."""
    loaded = window.opener.read_now(source)
    assert loaded is not None
    window.show_first(loaded)
    watch = Watch(window)
    window.show()
    qtbot.waitUntil(lambda: window.panels is not None)
    return watch.seen[0]


def test_the_graph_is_painted_before_the_panels_are_made(qtbot: QtBot, window: MainWindow) -> None:
    """They follow at once, and the canvas keeps its place."""
    assert shown_first(qtbot, window, "example:teaching") == (True, False)
    assert all(dock.widget() is not None for dock in window.docks.values())
    assert window.pane is not None
    assert window.stack.currentWidget() is window.pane


def test_a_large_graph_is_painted_before_it_is_predicted(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A preview of it, which the document's own canvas takes the place of."""
    monkeypatch.setattr(main_window, "_AT_ONCE", 3)
    source = tmp_path / "large.json"
    plugins = [{"type": "t.v1", "id": f"p{number}"} for number in range(4)]
    source.write_text(json.dumps({"plugscope": 1, "plugin": plugins}), "utf-8")
    assert shown_first(qtbot, window, str(source)) == (False, False)
    assert window.document is not None
    assert len(window.document.predicted.steps) == 4
    assert window.pane is not None
    assert window.stack.currentWidget() is window.pane
    qtbot.waitUntil(lambda: len(window.findChildren(GraphCanvas)) == 1)


def test_another_source_opened_before_the_panels_came_is_the_one_that_is_shown(
    qtbot: QtBot, window: MainWindow
) -> None:
    """The first one's panels are not made any more."""
    loaded = window.opener.read_now("example:teaching")
    assert loaded is not None
    window.show_first(loaded)
    window.opener.open("example:cycle")
    window.show()
    qtbot.waitUntil(lambda: window.document is not None and window.document.source.text == "example:cycle")
    qtbot.waitUntil(lambda: window.panels is not None)
    qtbot.wait(50)
    assert window.document is not None
    assert [window.docks[key].widget().parent() is not None for key in window.docks] == [True] * len(
        window.docks
    )
    assert window.toolbar.source_label.text() == window.document.title


def test_the_modules_of_the_panels_are_imported_one_a_turn() -> None:
    """What is left for the last of them is nothing: no turn imports them all."""
    program = (
        "import sys; from plugscope.window.main_window import _PANELS\n"
        "from plugscope.window.idle_work import imported\n"
        "steps = imported(_PANELS); known = [len(sys.modules) for _ in steps]; print(known[-1] - known[-2])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 3


def test_a_theme_that_changes_while_panels_are_made_reaches_all(qtbot: QtBot, window: MainWindow) -> None:
    """The system may turn dark in any of these turns."""
    loaded = window.opener.read_now("example:teaching")
    assert loaded is not None
    window.show_first(loaded)
    window.show()
    qtbot.waitUntil(lambda: isinstance(window.docks["plugins"].widget(), PluginTable))
    assert window.panels is None
    dark = load_theme("dark")
    window.set_theme(dark)
    qtbot.waitUntil(lambda: window.panels is not None)
    table, legend = window.docks["plugins"].widget(), window.docks["legend"].widget()
    assert isinstance(table, PluginTable)
    assert isinstance(legend, Legend)
    assert table._theme.name == dark.name
    assert legend._rows.theme.name == dark.name
