"""The row of ticks: painted and clicked at every size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from plugscope.boot import Catalog, Entry, make_plan, predict
from plugscope.plugin import Registration
from plugscope.session import Replay, load_theme
from plugscope.window.timeline.tick_bar import TickBar

LIGHT = load_theme("light")


def colours(image: QImage) -> set[str]:
    wide, high = range(0, image.width(), 2), range(0, image.height(), 2)
    return {image.pixelColor(x, y).name() for x in wide for y in high}


def painted(widget: QWidget) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    widget.render(painter, QPoint())
    painter.end()
    return image


@pytest.mark.parametrize("size", [0, 1, 70, 20_000])
def test_ticks_are_painted_and_clicked_at_every_size(qtbot: QtBot, size: int) -> None:
    """The first click goes to the first step, the last to the last, and nothing is painted where nothing is."""
    entries = [Entry(Registration(f"t{n % 9}.v1", f"p{n}"), lookups=()) for n in range(size)]
    replay = Replay()
    replay.show(predict(make_plan(Catalog(entries))))
    bar = TickBar(replay, LIGHT)
    qtbot.addWidget(bar)
    bar.resize(608, 40)
    bar.show()
    bar.go_requested.connect(replay.go)
    image = painted(bar)
    if not size:
        return
    assert len(colours(image)) > 2
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 30))
    assert replay.cursor <= max(size // 600 + 1, 1), "a pixel may stand for many steps"
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(606, 30))
    assert replay.cursor == size
    for key, cursor in (
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_End, size),
    ):
        qtbot.keyClick(bar, key)
        assert replay.cursor == cursor


def test_moving_the_cursor_repaints_what_lies_between(qtbot: QtBot) -> None:
    """And what was partly painted is the same picture as all of it painted anew."""
    entries = [Entry(Registration(f"t{n % 9}.v1", f"p{n}"), lookups=()) for n in range(3_000)]
    replay = Replay()
    replay.show(predict(make_plan(Catalog(entries))))
    bar = TickBar(replay, LIGHT)
    qtbot.addWidget(bar)
    bar.resize(608, 40)
    bar.show()
    qtbot.waitExposed(bar)
    for cursor in (1500, 1490, 10, 2900):
        replay.go(cursor)
        QApplication.processEvents()
        partly = bar.grab().toImage()
        bar.update()
        QApplication.processEvents()
        assert partly == bar.grab().toImage()
