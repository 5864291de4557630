"""The legend: worked with keys and mouse, and true of the replay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.session.sample import document_of
from tests.window.sample import Shown

from plugscope.boot import Catalog, Entry
from plugscope.plugin import Registration
from plugscope.session import load_theme
from plugscope.window.table import Legend

LIGHT = load_theme("light")
Show = Callable[[Any], Shown]


def painted(widget: QWidget) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    widget.render(painter, QPoint())
    painter.end()
    return image


def test_the_legend_is_worked_with_keys(qtbot: QtBot, show: Show) -> None:
    """Down, space to show a type alone, space again to show all; the menu key asks for the menu."""
    shown = show("catalog:containerd-2.3")
    shown.legend.setFocus()
    rows = shown.legend.focusProxy()
    assert rows is not None
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert shown.table.filter_line.text() == "type==io.containerd.service.v1"
    assert 0 < shown.table.model.rowCount() < 20
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert shown.table.filter_line.text() == ""
    with qtbot.waitSignal(shown.legend.menu_requested) as asked:
        qtbot.keyClick(rows, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert asked.args is not None
    assert asked.args[0] == "io.containerd.service.v1"
    for menu in QApplication.topLevelWidgets():
        if menu.inherits("QMenu"):
            menu.close()


def test_the_legend_marks_types_that_the_replay_stops_at(qtbot: QtBot, show: Show) -> None:
    """A stop that cannot be seen cannot be taken away."""
    shown = show("catalog:containerd-2.3")
    shown.document.select([])
    before = painted(shown.legend)
    shown.document.change_breakpoints(shown.document.replay.breakpoints.type_toggled("io.containerd.grpc.v1"))
    assert painted(shown.legend) != before
    shown.act("undo")
    assert painted(shown.legend) == before


def test_keys_lead_everywhere_in_the_legend(qtbot: QtBot, show: Show) -> None:
    """Across its columns as well, and to its ends."""
    shown = show("catalog:containerd-2.3")
    rows = shown.legend._rows
    assert shown.legend.focusProxy() is rows
    names = rows._names

    def at(*keys: Qt.Key) -> str:
        for key in keys:
            qtbot.keyClick(rows, key)
        return names[rows._current]

    assert at(Qt.Key.Key_End) == names[-1]
    assert at(Qt.Key.Key_Home) == names[0]
    below = at(Qt.Key.Key_Down)
    assert at(Qt.Key.Key_Right) not in (below, names[0])
    assert at(Qt.Key.Key_Left) == below
    assert at(Qt.Key.Key_Left) == below


def test_typing_another_filter_takes_the_mark_off_the_legend(qtbot: QtBot, show: Show) -> None:
    """It must not say that a type is shown alone when it is not."""
    shown = show("example:teaching")
    shown.legend.setFocus()
    rows = shown.legend._rows
    assert shown.legend.focusProxy() is rows
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert rows.active
    shown.table.filter_line.setText("oven")
    assert not rows.active


def test_a_row_is_found_under_the_mouse_in_every_column(qtbot: QtBot) -> None:
    """Where a row is painted, there it is clicked; beside the rows there is none."""
    entries = [Entry(Registration(f"t{n}.v1", "x")) for n in range(11)]
    opened = document_of(Catalog(entries))
    legend = Legend(opened, LIGHT)
    qtbot.addWidget(legend)
    legend.resize(340, 200)
    legend.show()
    rows: Any = legend.focusProxy()
    for number in range(11):
        assert rows._at(rows._rect(number).center()) == number
    assert rows._at(QPoint(rows._rect(10).left() + 5, rows._rect(10).bottom() + 5)) == -1
    assert rows._at(QPoint(-5, 5)) == -1


def test_a_hundred_thousand_types_are_painted_where_they_are_seen(qtbot: QtBot) -> None:
    """The others cost nothing."""
    entries = [Entry(Registration(f"t{n}.v1", "x"), lookups=()) for n in range(20_000)]
    legend = Legend(document_of(Catalog(entries)), LIGHT)
    qtbot.addWidget(legend)
    legend.resize(340, 200)
    legend.show()
    rows: Any = legend.focusProxy()
    assert len(list(rows._seen(rows.visibleRegion().boundingRect()))) < 40
