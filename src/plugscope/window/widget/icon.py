"""Icons of one family, recoloured for the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from plugscope.installation import resource

from .drawn_icon import DrawnIcon


class _Svg(DrawnIcon):
    """Draws an SVG in one colour, fainter when disabled."""

    faint = 0.38

    def __init__(self, name: str, colour: QColor) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def draw(self, painter: QPainter, room: QRectF) -> None:
        _renderer(self._name, self._colour.name()).render(painter, room)

    def clone(self) -> QIconEngine:
        return _Svg(self._name, self._colour)


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    """One a drawing and colour: a table paints hundreds of icons of a dozen kinds."""
    source = resource("icons", "ui", f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def ui_icon(name: str, colour: QColor) -> QIcon:
    """The icon of that name (a file in ``resources/icons/ui``) in a colour."""
    return QIcon(_Svg(name, colour))


def app_icon() -> QIcon:
    """The program's own icon; small sizes have a drawing of their own."""
    found = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        name = "plugscope-small.svg" if size <= 24 else "plugscope.svg"
        renderer = QSvgRenderer(QByteArray(resource("icons", "app", name).read_bytes()))
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        found.addPixmap(pixmap)
    return found
