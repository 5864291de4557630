"""The face of a card: all but its id. Cards of one type in one state share it, so it is painted once a zoom."""

from __future__ import annotations

import math
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from plugscope.layout import BAND_WIDTH, MARK_SIZE, PADDING, TYPE_SIZE, Graph, Rect
from plugscope.session import Look, Theme

from .label import Labels, font_of
from .marks import draw_mark
from .palette import Palette

FULL, COMPACT, SMALL, PLAIN = 3, 2, 1, 0
"""How much is written on a card: all of it; the id alone, larger; only how it begins, larger still; nothing."""

RADIUS = 6.0
COMPACT_MARK, SMALL_MARK = MARK_SIZE * 1.4, 26.0
DASHED = {Look.DISABLED, Look.ABSENT, Look.NOT_REACHED}
WITHOUT_BODY = DASHED | {Look.PENDING}
QUIET = {Look.OK, Look.UNKNOWN, Look.PENDING, Look.NOT_REACHED}
"""What a card too small for words shows without a mark: the rest is seen the better."""


ALL_OTHERS = "all other plugins"
"""The note of what stands for everything else: it has no status."""


class Outline(IntEnum):
    """What the outline of a card says."""

    PLAIN = 0
    HOVER = 1
    SELECTED = 2
    UP = 3
    DOWN = 4
    CURSOR = 5


class Face(NamedTuple):
    """All that a face depends on. ``note`` is what stands in place of the type, on ghosts."""

    type: int
    look: Look
    faded: bool
    outline: Outline
    detail: int
    note: str = ""


def text_edges(rect: Rect, face: Face) -> tuple[float, float]:
    """Where the id begins, and how much room it has."""
    if face.detail == FULL:
        left = rect.x + BAND_WIDTH + PADDING
        return left, rect.right - PADDING - MARK_SIZE - 6 - left
    left = rect.x + BAND_WIDTH + (8 if face.detail == COMPACT else 6)
    mark = COMPACT_MARK if face.detail == COMPACT else SMALL_MARK
    return left, rect.right - 5 - left - (0.0 if face.look in QUIET else mark + 3)


@cache
def _band(height: float) -> QPainterPath:
    """The left strip of a rounded card."""
    card, strip = QPainterPath(), QPainterPath()
    card.addRoundedRect(QRectF(0, 0, 4 * RADIUS, height), RADIUS, RADIUS)
    strip.addRect(QRectF(0, 0, BAND_WIDTH, height))
    return card.intersected(strip)


class FacePainter:
    """Paints faces as vectors. The painter is scaled to the picture."""

    def __init__(self, palette: Palette, graph: Graph, family: str, *, exact: bool = False) -> None:
        self.palette = palette
        self.graph = graph
        self.exact = exact
        self._marks: dict[tuple[Look, float], QPixmap] = {}
        self._mark_scale = 0.0
        self._lines = Labels(font_of(family, TYPE_SIZE))
        theme = palette.theme
        self._text2, self._text3 = QPen(theme.text2), QPen(theme.text3)
        self._inks = {look: QPen(outcome.ink) for look, outcome in theme.outcomes.items()}
        self._outlines = {
            Outline.HOVER: palette.hover,
            Outline.SELECTED: palette.accent,
            Outline.CURSOR: palette.accent,
            Outline.UP: palette.up,
            Outline.DOWN: palette.down,
        }

    def paint(self, painter: QPainter, face: Face, rect: Rect) -> None:
        """Paint a face into a card's rectangle."""
        if face.faded:
            # What lies under a card in the background must not show through it.
            painter.setPen(self.palette.no_pen)
            painter.setBrush(self.palette.theme.canvas)
            painter.drawRoundedRect(QRectF(*rect), RADIUS, RADIUS)
            painter.setOpacity(0.35)
        self._body(painter, face, rect)
        if face.detail == FULL:
            self._full(painter, face, rect)
        elif face.look not in QUIET and face.note != ALL_OTHERS:
            self._small(painter, face, rect)
        painter.setOpacity(1.0)

    def _body(self, painter: QPainter, face: Face, rect: Rect) -> None:
        palette, ghostly = self.palette, face.look in WITHOUT_BODY
        x, y, width, height = rect
        painter.setPen(palette.no_pen)
        if face.outline is Outline.SELECTED:
            painter.setBrush(palette.selected_body)
        else:
            painter.setBrush(palette.ghost_body if ghostly else palette.bodies.get(face.look, palette.body))
        painter.drawRoundedRect(QRectF(x, y, width, height), RADIUS, RADIUS)
        if ghostly:
            painter.setBrush(palette.faded_bands[face.type])
            painter.drawRoundedRect(QRectF(x + 3, y + 6, 3, height - 12), 1.5, 1.5)
        else:
            painter.setBrush(palette.bands[face.type])
            painter.drawPath(_band(height).translated(x, y))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen(face))
        painter.drawRoundedRect(QRectF(x, y, width, height), RADIUS, RADIUS)

    def _pen(self, face: Face) -> QPen:
        if face.outline is not Outline.PLAIN:
            return self._outlines[face.outline]
        if face.look in DASHED:
            return self.palette.ghost_outline
        return self.palette.outlines.get(face.look, self.palette.outline)

    def _full(self, painter: QPainter, face: Face, rect: Rect) -> None:
        theme = self.palette.theme
        left = rect.x + BAND_WIDTH + PADDING
        room = rect.right - PADDING - left
        baseline = rect.y + 36
        second = self._lines.fit(face.note or self.graph.type_label(face.type), room)
        painter.setFont(self._lines.font)
        painter.setPen(self._text2)
        second.draw(painter, left, baseline, as_text=self.exact)
        if face.note == ALL_OTHERS:
            return
        x = rect.right - PADDING - MARK_SIZE / 2
        self._mark(painter, face.look, x, rect.y + 7 + MARK_SIZE / 2, MARK_SIZE)
        word = self._lines.fit(theme.outcome(face.look).word, room)
        if second.width + 8 + word.width <= room:
            painter.setPen(self._text3 if face.look is Look.OK else self._inks[face.look])
            word.draw(painter, rect.right - PADDING - word.width, baseline, as_text=self.exact)

    def _mark(self, painter: QPainter, look: Look, x: float, y: float, size: float) -> None:
        """A mark; on the screen as a pixmap that all faces of a zoom share."""
        theme = self.palette.theme
        if self.exact:
            draw_mark(painter, theme, look, x, y, size)
            return
        transform = painter.deviceTransform()
        scale = transform.m11()
        if scale != self._mark_scale:
            self._marks.clear()
            self._mark_scale = scale
        pixmap = self._marks.get((look, size))
        if pixmap is None:
            pixmap = self._marks[look, size] = _mark_pixmap(theme, look, size, scale)
        ratio = painter.device().devicePixelRatio()
        half = pixmap.width() / 2
        at = QPointF(round(transform.dx() + x * scale - half), round(transform.dy() + y * scale - half))
        pixmap.setDevicePixelRatio(ratio)
        painter.save()
        painter.resetTransform()
        painter.drawPixmap(at / ratio, pixmap)
        painter.restore()

    def _small(self, painter: QPainter, face: Face, rect: Rect) -> None:
        """A mark; too small for that, a field in the outcome's colour."""
        if face.detail != PLAIN:
            size = COMPACT_MARK if face.detail == COMPACT else SMALL_MARK
            x = rect.right - 4 - size / 2
            self._mark(painter, face.look, x, rect.y + rect.height / 2, size)
        else:
            painter.setPen(self.palette.no_pen)
            painter.setBrush(self.palette.cell_colour(face.type, face.look))
            quarter = rect.width / 4
            painter.drawRect(QRectF(rect.right - quarter, rect.y, quarter, rect.height))


def _mark_pixmap(theme: Theme, look: Look, size: float, scale: float) -> QPixmap:
    """A mark in the middle of a square of device pixels; a diamond is a little wider than its size."""
    side = 2 * math.ceil(size * scale * 0.6) + 2
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    draw_mark(painter, theme, look, side / 2 / scale, side / 2 / scale, size)
    painter.end()
    return pixmap
