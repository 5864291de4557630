"""One mark for one outcome, on the canvas, in the table and everywhere else."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from plugscope.canvas.paint import draw_mark
from plugscope.session import Look, load_theme
from plugscope.window.widget import mark_icon

SIZE = 100


def on_canvas(look: Look) -> QImage:
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_mark(painter, load_theme("light"), look, SIZE / 2, SIZE / 2, 0.86 * SIZE)
    painter.end()
    return image


@pytest.mark.parametrize("look", Look)
def test_a_list_shows_the_mark_that_the_card_shows(qapp: QApplication, look: Look) -> None:
    """To a point: a diamond must not be one thing here and another there."""
    icon = mark_icon(look, load_theme("light"))
    drawn = icon.pixmap(QSize(SIZE, SIZE), 1.0).toImage()
    assert drawn.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied) == on_canvas(look)


def test_no_two_outcomes_share_a_shape(qapp: QApplication) -> None:
    """Each is told apart without its colour."""
    shapes = {look: load_theme("light").outcome(look).shape for look in Look}
    for one, other in combinations(Look, 2):
        assert shapes[one] != shapes[other]
