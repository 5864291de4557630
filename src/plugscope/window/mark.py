"""The marks of the canvas, wherever else an outcome is shown: one shape means one thing in the whole window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from plugscope.canvas.marks import draw_mark
from plugscope.session.look import Look
from plugscope.session.theme import Theme

_PART = 0.86
"""Of the room of an icon: a diamond is a little wider than its size."""


class _Engine(QIconEngine):
    """Draws a mark at any size and pixel ratio."""

    def __init__(self, look: Look, theme: Theme) -> None:
        super().__init__()
        self._look = look
        self._theme = theme

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        room = QRectF(rect)  # type: ignore[call-overload]  # a QRect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = _PART * min(room.width(), room.height())
        draw_mark(painter, self._theme, self._look, room.center().x(), room.center().y(), size)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRectF(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._look, self._theme)


def mark_icon(look: Look, theme: Theme) -> QIcon:
    """The mark of an outcome as an icon."""
    return QIcon(_Engine(look, theme))
