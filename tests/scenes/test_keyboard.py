"""Everything by keyboard: a tour of the window without a mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QTabBar, QWidget
from pytestqt.qtbot import QtBot
from tests.session.sample import read_now
from tests.window.sample import source_document

from plugscope.session import Settings, load_theme
from plugscope.window import MainWindow

pytestmark = pytest.mark.scene

BOLT = "io.containerd.metadata.v1.bolt"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """containerd, open and active."""
    qapp.setStyle("Fusion")
    made = MainWindow(Settings(tmp_path / "settings.json"), load_theme("light"))
    qtbot.addWidget(made)
    document = read_now(made.opener, "catalog:containerd-2.3.4")
    made.show_document(document)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=5_000)
    yield made
    made.close()


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, to whatever has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None, "something always has the focus"
    qtbot.keyClick(focused, key, modifier)


def room_of(window: MainWindow, widget: QWidget | None) -> str:
    """Which part of the window a widget belongs to."""
    while widget is not None:
        if widget is window.pane:
            return "canvas"
        for key, dock in window.docks.items():
            if widget is dock.widget():
                return key
        widget = widget.parentWidget()
    return ""


def test_tab_reaches_every_part_and_comes_round(qtbot: QtBot, window: MainWindow) -> None:
    """Table, legend, canvas, inspector and timeline, each with a name that a screen reader says."""
    assert window.pane is not None
    window.pane.canvas.setFocus()
    met: list[str] = []
    start = QApplication.focusWidget()
    for _ in range(120):
        press(qtbot, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        met.append(room_of(window, focused))
        if focused is start:
            break
    else:
        raise AssertionError(f"Tab does not come round: {met}")
    assert {"canvas", "plugins", "legend", "inspector", "timeline"} <= set(met)


def test_a_plugin_is_found_disabled_understood_and_enabled_with_keys_alone(
    qtbot: QtBot, window: MainWindow
) -> None:
    """Ctrl+F, its name, Return, D: who fails is told; Ctrl+C has its URI; Ctrl+Z takes it back."""
    document = source_document(window)
    press(qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert room_of(window, QApplication.focusWidget()) == "plugins"
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, "id==bolt type:metadata")
    press(qtbot, Qt.Key.Key_Return)
    assert document.selection == {document.plan.position[BOLT]}
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_D)
    assert document.overrides() == {BOLT: True}
    assert window.pane is not None
    assert window.pane.card.headline.text() == "34 plugins would fail without metadata.bolt"
    press(qtbot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == BOLT, timeout=3_000)
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not document.toggled


def test_letters_typed_into_a_line_are_letters(qtbot: QtBot, window: MainWindow) -> None:
    """D, full stop and comma are shortcuts, and not while somebody types."""
    document = window.document
    assert document is not None
    document.select([0])
    press(qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    cursor = document.replay.cursor
    qtbot.keyClicks(focused, "d.,?")
    assert isinstance(focused, QLineEdit)
    assert focused.text() == "d.,?"
    assert not document.toggled
    assert document.replay.cursor == cursor


def test_the_boot_is_stepped_and_read_with_keys(qtbot: QtBot, window: MainWindow) -> None:
    """To the start, on, back, to a breakpoint; the inspector follows."""
    document = window.document
    assert document is not None
    alt = Qt.KeyboardModifier.AltModifier
    press(qtbot, Qt.Key.Key_Home, alt)
    assert document.replay.cursor == 0
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Period)
    press(qtbot, Qt.Key.Key_Comma)
    assert document.replay.cursor == 2
    current = document.replay.current
    assert current is not None
    inspector = window.docks["inspector"].widget()
    assert inspector is not None
    assert inspector.title.text() == current.entry.registration.id  # type: ignore[attr-defined]  # the inspector
    document.select([document.plan.position[BOLT]])
    press(qtbot, Qt.Key.Key_F9)
    press(qtbot, Qt.Key.Key_F8)
    current = document.replay.current
    assert current is not None
    assert current.uri == BOLT
    press(qtbot, Qt.Key.Key_End, alt)
    assert document.replay.cursor == len(document.replay.steps)


def test_arrow_keys_travel_along_edges(qtbot: QtBot, window: MainWindow) -> None:
    """From a plugin to what it requires, and the canvas says which one has been reached."""
    document, pane = window.document, window.pane
    assert document is not None
    assert pane is not None
    qtbot.wait(800)
    bolt = document.plan.position[BOLT]
    document.select([bolt])
    pane.canvas.setFocus()
    press(qtbot, Qt.Key.Key_Left)
    reached = next(iter(document.selection))
    assert reached != bolt
    assert reached in document.neighbours.requires_of(bolt)


def test_the_command_palette_opens_and_closes_and_gives_the_focus_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    """Escape goes back to where one was."""
    assert window.pane is not None
    window.pane.canvas.setFocus()
    press(qtbot, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.pane.canvas.hasFocus, timeout=5_000)


def test_what_can_have_the_focus_has_a_name(window: MainWindow) -> None:
    """A screen reader has something to say at every stop."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if isinstance(widget, QLabel) or widget.objectName().startswith("qt_"):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        named = widget.accessibleName() or text or widget.toolTip()
        assert named or isinstance(widget, QScrollArea | QTabBar), widget
