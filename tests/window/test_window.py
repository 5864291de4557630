"""The window as a whole: its themes, and what it remembers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.session.sample import read_now
from tests.window.sample import Shown, manifest, source_document

from plugscope.session import Settings, load_theme
from plugscope.session.theme import THEME_NAMES
from plugscope.window import MainWindow

Show = Callable[[Any], Shown]


@pytest.mark.parametrize("name", THEME_NAMES)
def test_the_theme_changes_at_run_time_everywhere(qtbot: QtBot, show: Show, name: str) -> None:
    """Panels, canvas and icons: the picture's ground is the theme's, and its text can be read."""
    shown = show("example:teaching")
    shown.document.select([0])
    theme = load_theme(name)
    shown.window.set_theme(theme)
    QApplication.processEvents()
    image = shown.window.grab().toImage()
    table = shown.table.view
    corner = table.mapTo(shown.window, QPoint(table.width() // 2, table.height() - 3))
    assert image.pixelColor(corner).name() == theme.panel.name()
    canvas = shown.pane.canvas
    corner = canvas.mapTo(shown.window, QPoint(canvas.width() - 6, 6))
    assert image.pixelColor(corner).name() == theme.canvas.name()


def test_panels_hide_come_back_and_are_remembered(qtbot: QtBot, show: Show, settings_file: Path) -> None:
    """Through the start page, and through a restart; sizes as well."""
    shown = show("example:teaching")
    docks = shown.window.docks
    docks["legend"].hide()
    shown.act("welcome")
    assert all(dock.isHidden() for dock in docks.values())
    shown.act("welcome")
    assert docks["legend"].isHidden()
    assert not docks["plugins"].isHidden()
    shown.window.resizeDocks([docks["inspector"]], [420], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    wide = docks["inspector"].width()
    assert wide > 400
    shown.window.close()
    again = MainWindow(Settings(settings_file), load_theme("light"))
    qtbot.addWidget(again)
    document = read_now(again.opener, "example:teaching")
    again.show_document(document)
    again.show()
    qtbot.waitExposed(again)
    assert again.docks["legend"].isHidden()
    assert abs(again.docks["inspector"].width() - wide) < 20
    again.docks["legend"].toggleViewAction().trigger()
    assert not again.docks["legend"].isHidden()
    again.close()


def test_panels_from_a_larger_screen_leave_the_canvas_its_room(
    qtbot: QtBot, show: Show, settings_file: Path
) -> None:
    """The screen of the last time is gone: what was wide there would cover all of this one."""
    shown = show("example:teaching")
    docks = shown.window.docks
    shown.window.resize(3000, 1600)
    QApplication.processEvents()
    shown.window.resizeDocks([docks["plugins"], docks["inspector"]], [900, 900], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    shown.window.close()
    again = MainWindow(Settings(settings_file), load_theme("light"))
    qtbot.addWidget(again)
    again.resize(1024, 700)
    again.show_document(read_now(again.opener, "example:teaching"))
    again.show()
    qtbot.waitUntil(lambda: again.pane is not None and again.pane.canvas.width() > 256, timeout=2_000)
    again.close()


def test_strange_settings_do_not_keep_it_from_starting(qtbot: QtBot, settings_file: Path) -> None:
    """Values of other types are passed over."""
    settings_file.parent.mkdir(parents=True)
    settings_file.write_text(
        '{"hidden_docks": 5, "window_state": "!!", "geometry": [], "theme": {}, "folder": 3, "toggled": 1}',
        "utf-8",
    )
    window = MainWindow(Settings(settings_file), load_theme("light"))
    qtbot.addWidget(window)
    document = read_now(window.opener, "example:teaching")
    window.show_document(document)
    assert not window.docks["plugins"].isHidden()
    window.close()


def test_toggles_are_remembered_when_another_source_is_opened(show: Show) -> None:
    """Not only when the window is closed."""
    shown = show("example:teaching")
    shown.document.toggle([0])
    overrides = shown.document.overrides()
    show("example:cycle")
    assert show("example:teaching").document.overrides() == overrides


def test_a_changed_manifest_is_read_again_and_keeps_what_was_toggled(qtbot: QtBot, show: Show) -> None:
    """Edit, save, and see."""
    shown = show(manifest({"type": "t.v1", "id": "one"}, {"type": "t.v1", "id": "two"}))
    shown.document.toggle([1])
    path = Path(shown.document.source.text)
    with qtbot.waitSignal(shown.window.opener.opened, timeout=10_000):
        path.write_text(path.read_text("utf-8").replace('"one"', '"first"'), "utf-8")
    assert shown.window.document is not None
    assert [entry.uri for entry in shown.window.document.catalog.entries] == ["t.v1.first", "t.v1.two"]
    assert source_document(shown.window).overrides() == {"t.v1.two": True}
