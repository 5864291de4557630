"""Files that are dropped on the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import PySide6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from plugscope.window import MainWindow


def _dropped(window: MainWindow, *urls: QUrl) -> bool:
    data = QMimeData()
    data.setUrls(list(urls))
    none = Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    enter = _entering(Qt.DropAction.CopyAction, data)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(
            window, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none)
        )
    return enter.isAccepted()


def _entering(actions: Qt.DropAction, data: QMimeData) -> QDragEnterEvent:
    """A drag that comes in over the window's (50, 50) with the left button held."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    # Qt 6.12 takes the place as a QPointF and warns of a QPoint, which is all that 6.11 takes.
    place: Any = QPointF(50, 50) if PySide6.__version_info__ >= (6, 12) else QPoint(50, 50)
    return QDragEnterEvent(place, actions, data, left, none)


def test_a_file_that_is_dragged_to_be_moved_stays_where_it_is(window: MainWindow, tmp_path: Path) -> None:
    """It is only looked at: a file manager deletes what it is told was moved."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.toml"))])
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = _entering(actions, data)
    enter.setDropAction(Qt.DropAction.MoveAction)
    drop = QDropEvent(QPointF(50, 50), actions, data, left, none)
    drop.setDropAction(Qt.DropAction.MoveAction)
    for event in (enter, drop):
        QApplication.sendEvent(window, event)
        assert event.isAccepted()
        assert event.dropAction() is Qt.DropAction.CopyAction


def test_a_dropped_file_is_opened(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """One of ours; what is on the web is not taken."""
    path = tmp_path / "größe & co.toml"
    path.write_text('plugscope = 1\n[[plugin]]\ntype = "t.v1"\nid = "one"\n', "utf-8")
    assert not _dropped(window, QUrl("https://example.com/x.toml"))
    with qtbot.waitSignal(window.opener.opened, timeout=10_000):
        assert _dropped(window, QUrl.fromLocalFile(str(path)))
    assert window.document is not None
    assert window.document.source.text == str(path)


def test_of_several_dropped_files_one_is_chosen(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """One is opened at a time, and it is not for the program to say which."""
    paths = [tmp_path / f"{name}.toml" for name in "abcd"]
    for path in paths:
        path.write_text('plugscope = 1\n[[plugin]]\ntype = "t.v1"\nid = "one"\n', "utf-8")
    assert _dropped(window, *(QUrl.fromLocalFile(str(path)) for path in paths))
    assert "4 files were dropped" in window.notice.text.text()
    choices = {button.text(): button for button in window.notice.findChildren(QPushButton)}
    assert list(choices) == ["Open a.toml", "Open b.toml", "Open c.toml"]
    with qtbot.waitSignal(window.opener.opened, timeout=10_000):
        choices["Open b.toml"].click()
    assert window.document is not None
    assert window.document.source.text == str(paths[1])
