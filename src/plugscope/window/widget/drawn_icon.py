"""Icons that are drawn when they are needed: sharp at any size and pixel ratio."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap


class DrawnIcon(QIconEngine):
    """Draws into whatever room it is given. Subclasses say what, and copy themselves in ``clone``.

    ``faint``: its opacity on what is disabled.
    """

    faint = 1.0

    @abstractmethod
    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw the icon. The painter is left as it was found by whoever calls this."""

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(self.faint)
        self.draw(painter, QRectF(rect))  # type: ignore[call-overload]  # a QRect
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRectF(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap
