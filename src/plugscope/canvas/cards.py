"""Cards: a plugin as a rounded rectangle with its type's band, its id, its type and its status."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from plugscope.layout import Graph, Rect
from plugscope.layout.card import BAND_WIDTH, ID_SIZE, MARK_SIZE, PADDING, TYPE_SIZE
from plugscope.session.look import Flag, Look

from .label import Labels, font_of
from .marks import draw_mark
from .palette import Palette, hairline
from .scene import FADED, SELECTED, Scene

FULL, COMPACT, PLAIN = 2, 1, 0
"""How much is written on a card: all of it; the id alone, larger; nothing."""

RADIUS = 6.0
HALO = 7.0
"""Pixels at 100% that a ring or a dot reaches beyond the card."""

_COMPACT_SIZE = 18.0
_WITHOUT_BODY = {Look.DISABLED, Look.ABSENT, Look.NOT_REACHED}


class CardPainter:
    """Paints cards of one graph in one theme. The painter is scaled to the picture."""

    def __init__(self, palette: Palette, graph: Graph, family: str, *, exact: bool = False) -> None:
        self.palette = palette
        self.graph = graph
        self.exact = exact
        self.ids = Labels(font_of(family, ID_SIZE, bold=True))
        self.types = Labels(font_of(family, TYPE_SIZE))
        self.large = Labels(font_of(family, _COMPACT_SIZE, bold=True))
        theme = palette.theme
        self._text, self._text2, self._text3 = QPen(theme.text), QPen(theme.text2), QPen(theme.text3)
        self._inks = {look: QPen(outcome.ink) for look, outcome in theme.outcomes.items()}

    def paint(self, painter: QPainter, scene: Scene, node: int, rect: Rect, detail: int) -> None:
        """Paint one card or ghost."""
        shown = scene.shown[node]
        faded = bool(shown & FADED) and node not in (scene.hover, scene.current)
        if faded:
            painter.setOpacity(0.3)
        self._rings(painter, scene, node, rect)
        self._body(painter, scene, node, rect, shown)
        if detail == FULL:
            self._full(painter, node, rect, shown)
        elif detail == COMPACT:
            self._compact(painter, node, rect, shown)
        elif shown & 15 not in (Look.OK, Look.UNKNOWN):
            self._plain(painter, node, rect, shown)
        if faded:
            painter.setOpacity(1.0)
        if node < len(scene.states) and scene.states[node] & Flag.BREAKPOINT:
            self._breakpoint(painter, rect)

    def _rings(self, painter: QPainter, scene: Scene, node: int, rect: Rect) -> None:
        """Around the current step a wide ring; it is the one thing that must be found at once."""
        current = node == scene.current or (node < len(scene.states) and scene.states[node] & Flag.CURRENT)
        if current:
            painter.setPen(self.palette.no_pen)
            painter.setBrush(self.palette.theme.accent)
            painter.drawRoundedRect(_grown(rect, 5), RADIUS + 5, RADIUS + 5)
            painter.setBrush(self.palette.theme.canvas)
            painter.drawRoundedRect(_grown(rect, 2.2), RADIUS + 2.2, RADIUS + 2.2)

    def _body(self, painter: QPainter, scene: Scene, node: int, rect: Rect, shown: int) -> None:
        palette = self.palette
        look = Look(shown & 15)
        outer = QRectF(rect.x, rect.y, rect.width, rect.height)
        ghostly = look in _WITHOUT_BODY
        painter.setPen(palette.no_pen)
        if not ghostly:
            painter.setBrush(palette.bands[self.graph.type_of[node]])
            painter.drawRoundedRect(
                QRectF(rect.x, rect.y, 2 * RADIUS + BAND_WIDTH, rect.height), RADIUS, RADIUS
            )
        brush = palette.ghost_body if ghostly else palette.bodies.get(look, palette.body)
        if shown & SELECTED:
            brush = palette.selected_body
        painter.setBrush(brush)
        inset = 0 if ghostly else BAND_WIDTH
        painter.drawRoundedRect(
            QRectF(rect.x + inset, rect.y, rect.width - inset, rect.height), RADIUS - 1, RADIUS - 1
        )
        if ghostly:
            self._ghost_band(painter, rect, palette.faded_bands[self.graph.type_of[node]])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._outline(scene, node, look, shown))
        painter.drawRoundedRect(outer, RADIUS, RADIUS)

    def _ghost_band(self, painter: QPainter, rect: Rect, brush: QBrush) -> None:
        painter.setBrush(brush)
        painter.drawRoundedRect(QRectF(rect.x + 3, rect.y + 6, 3, rect.height - 12), 1.5, 1.5)

    def _outline(self, scene: Scene, node: int, look: Look, shown: int) -> QPen:
        palette = self.palette
        if shown & SELECTED:
            return palette.accent
        focus = scene.focus
        if focus is not None and node in focus.up:
            return palette.up
        if focus is not None and node in focus.down:
            return palette.down
        if node == scene.hover:
            return hairline(palette.theme.text2, 1.6)
        if node == scene.cursor:
            return palette.accent
        if look in _WITHOUT_BODY:
            return palette.ghost_outline
        return palette.outlines.get(look, palette.outline)

    def _full(self, painter: QPainter, node: int, rect: Rect, shown: int) -> None:
        look = Look(shown & 15)
        theme = self.palette.theme
        mark_x = rect.right - PADDING - MARK_SIZE / 2
        draw_mark(painter, theme, look, mark_x, rect.y + 7 + MARK_SIZE / 2, MARK_SIZE)
        left = rect.x + BAND_WIDTH + PADDING
        room = mark_x - MARK_SIZE / 2 - 6 - left
        painter.setFont(self.ids.font)
        painter.setPen(self._text2 if look in _WITHOUT_BODY else self._text)
        self.ids.fit(self.graph.label(node), room).draw(painter, left, rect.y + 19, as_text=self.exact)
        painter.setFont(self.types.font)
        room = rect.right - PADDING - left
        word = self.types.fit(theme.outcome(look).word, room)
        type_label = self.types.fit(self._second_line(node), room)
        painter.setPen(self._text2)
        type_label.draw(painter, left, rect.y + 36, as_text=self.exact)
        if type_label.width + 8 + word.width <= room:
            painter.setPen(self._text3 if look is Look.OK else self._inks[look])
            word.draw(painter, rect.right - PADDING - word.width, rect.y + 36, as_text=self.exact)

    def _second_line(self, node: int) -> str:
        ghost = self.graph.ghost(node)
        if ghost is None or ghost.uri:
            return self.graph.type_label(self.graph.type_of[node])
        return "" if ghost.label == ghost.kind else str(ghost.kind)

    def _compact(self, painter: QPainter, node: int, rect: Rect, shown: int) -> None:
        look = Look(shown & 15)
        size = MARK_SIZE * 1.4
        mark_x = rect.right - PADDING - size / 2
        draw_mark(painter, self.palette.theme, look, mark_x, rect.y + rect.height / 2, size)
        left = rect.x + BAND_WIDTH + PADDING - 1
        painter.setFont(self.large.font)
        painter.setPen(self._text2 if look in _WITHOUT_BODY else self._text)
        label = self.large.fit(self.graph.label(node), mark_x - size / 2 - 5 - left)
        label.draw(painter, left, rect.y + rect.height / 2 + 6.5, as_text=self.exact)

    def _plain(self, painter: QPainter, node: int, rect: Rect, shown: int) -> None:
        """Too small for a mark: a field in the outcome's colour."""
        painter.setPen(self.palette.no_pen)
        painter.setBrush(self.palette.cell_colour(self.graph.type_of[node], Look(shown & 15)))
        painter.drawRect(QRectF(rect.right - rect.width * 0.3, rect.y, rect.width * 0.3, rect.height))

    def _breakpoint(self, painter: QPainter, rect: Rect) -> None:
        theme = self.palette.theme
        painter.setPen(QPen(theme.surface, 1.5))
        painter.setBrush(theme.accent)
        painter.drawEllipse(QPointF(rect.x, rect.y), 6, 6)


def _grown(rect: Rect, margin: float) -> QRectF:
    return QRectF(rect.x - margin, rect.y - margin, rect.width + 2 * margin, rect.height + 2 * margin)
