"""Thousands of types with a plugin or two each: a field of colour for each, drawn a colour at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from plugscope.layout import Box, Graph
from plugscope.session import Look

from .palette import Palette

CROWDED = 400
"""With more boxes than this in sight, and too small for cards, they are painted as a crowd."""

# From what needs attention to what does not.
BY_WEIGHT = (
    Look.ERROR,
    Look.VICTIM,
    Look.MAY,
    Look.SKIP,
    Look.DISABLED,
    Look.NOT_REACHED,
    Look.ABSENT,
    Look.UNKNOWN,
    Look.PENDING,
    Look.OK,
)
_WEIGHT = {look: len(BY_WEIGHT) - place for place, look in enumerate(BY_WEIGHT)}


class Crowd:
    """The boxes of a picture by colour. Changes are painted over until there are many of them."""

    def __init__(self, palette: Palette, graph: Graph, boxes: Sequence[Box]) -> None:
        self._palette = palette
        self._graph = graph
        self._boxes = boxes
        self._fields: dict[int, list[QRectF]] = {}
        self._over: dict[int, tuple[QRectF, int]] = {}

    def forget(self) -> None:
        """Every card may look different."""
        self._fields.clear()
        self._over.clear()

    def update(self, nodes: Iterable[int], shown: bytearray) -> None:
        """Some cards look different."""
        if self._fields:
            for type_ in {self._graph.type_of[node] for node in nodes}:
                self._over[type_] = (QRectF(*self._boxes[type_].rect), self._colour(type_, shown))

    def paint(self, painter: QPainter, near: Sequence[Box], shown: bytearray) -> None:
        """Paint boxes, all of them where that is as quick; the painter is scaled to the picture and clipped."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        if len(near) < CROWDED // 4:
            for box in near:
                painter.fillRect(QRectF(*box.rect), QColor.fromRgba(self._colour(box.type, shown)))
        else:
            self._paint_all(painter, shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _paint_all(self, painter: QPainter, shown: bytearray) -> None:
        if not self._fields or len(self._over) > CROWDED:
            self.forget()
            for box in self._boxes:
                self._fields.setdefault(self._colour(box.type, shown), []).append(QRectF(*box.rect))
        for colour, rects in self._fields.items():
            painter.setBrush(QColor.fromRgba(colour))
            painter.drawRects(rects)
        for rect, colour in self._over.values():
            painter.fillRect(rect, QColor.fromRgba(colour))

    def _colour(self, type_: int, shown: bytearray) -> int:
        """That of the member that needs attention most."""
        values = {shown[node] for node in self._graph.members[type_]}
        return self._palette.cell_colours(type_)[max(values, key=lambda value: _WEIGHT[Look(value & 15)])]
