"""The marks of the canvas, wherever else an outcome is shown: one shape means one thing in the whole window."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QIcon, QIconEngine, QPainter

from plugscope.canvas.paint import draw_mark
from plugscope.session import Look, Theme

from .drawn_icon import DrawnIcon

_PART = 0.86
"""Of the room of an icon: a diamond is a little wider than its size."""


class _Mark(DrawnIcon):
    """Draws the mark of a look."""

    def __init__(self, look: Look, theme: Theme) -> None:
        super().__init__()
        self._look = look
        self._theme = theme

    def draw(self, painter: QPainter, room: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = _PART * min(room.width(), room.height())
        draw_mark(painter, self._theme, self._look, room.center().x(), room.center().y(), size)

    def clone(self) -> QIconEngine:
        return _Mark(self._look, self._theme)


def mark_icon(look: Look, theme: Theme) -> QIcon:
    """The mark of an outcome as an icon."""
    return QIcon(_Mark(look, theme))
