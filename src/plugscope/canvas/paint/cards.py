"""Cards: a plugin as a rounded rectangle with its type's band, its id, its type and its status."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from plugscope.canvas.scene import FADED, SELECTED, Scene
from plugscope.canvas.view import View
from plugscope.layout import ID_SIZE, GhostKind, Graph, Picture, Rect
from plugscope.session import Flag, Look, mixed

from .face import (
    ALL_OTHERS,
    COMPACT,
    FULL,
    PLAIN,
    RADIUS,
    SMALL,
    WITHOUT_BODY,
    Face,
    FacePainter,
    Outline,
    text_edges,
)
from .label import Labels, font_of
from .palette import Palette

_NEW_LABELS = 90
"""So many texts are laid out in a frame at most; the rest comes with the next one."""
_FACE_MARGIN = 2.0
_KEPT_FACES = 600
_BASELINE = {FULL: 19.0, COMPACT: 28.5, SMALL: 31.0}


class CardPainter:
    """Paints the cards of one picture in one theme. ``incomplete`` tells that texts are still to come."""

    def __init__(self, palette: Palette, picture: Picture, family: str, *, exact: bool = False) -> None:
        self.palette = palette
        self.picture = picture
        self.graph: Graph = picture.graph
        self.exact = exact
        self.incomplete = False
        self._faces = FacePainter(palette, picture.graph, family, exact=exact)
        self._pixmaps: dict[Face, QPixmap] = {}
        self._pixmap_scale = 0.0
        self._labels = {
            FULL: Labels(font_of(family, ID_SIZE, bold=True)),
            COMPACT: Labels(font_of(family, 18, bold=True)),
            SMALL: Labels(font_of(family, 25)),
        }
        theme = palette.theme
        self._pens = {
            (ghostly, faded): QPen(mixed(colour, theme.canvas, 0.35) if faded else colour)
            for ghostly, colour in ((False, theme.text), (True, theme.text2))
            for faded in (False, True)
        }

    def paint(self, painter: QPainter, scene: Scene, area: Rect, view: View, detail: int) -> None:
        """Paint the cards and ghosts that touch an area. The painter is scaled to the picture."""
        placed = self.picture.places.placed(area)
        cards = [(node, rect, self._face(scene, node, detail)) for node, rect in placed]
        for node, rect, _ in cards:
            if self._is_current(scene, node):
                self._ring(painter, rect)
        if self.exact:
            for _, rect, face in cards:
                self._faces.paint(painter, face, rect)
        else:
            self._blit(painter, cards, view)
        if detail != PLAIN:
            self._write(painter, cards, detail)
        for node, rect, _ in cards:
            state = scene.states[node] if node < len(scene.states) else 0
            if state & Flag.BREAKPOINT:
                self._breakpoint(painter, rect)
            if state & Flag.CHANGED:
                self._change(painter, rect)

    def _face(self, scene: Scene, node: int, detail: int) -> Face:
        shown = scene.shown[node]
        faded = bool(shown & FADED) and node != scene.hover and not self._is_current(scene, node)
        note = ""
        if node >= self.graph.size:
            ghost = self.graph.ghosts[node - self.graph.size]
            note = ALL_OTHERS if ghost.kind is GhostKind.EVERYTHING else str(ghost.kind)
        return Face(
            self.graph.type_of[node], Look(shown & 15), faded, _outline(scene, node, shown), detail, note
        )

    def _is_current(self, scene: Scene, node: int) -> bool:
        return node == scene.current

    def _blit(self, painter: QPainter, cards: list[tuple[int, Rect, Face]], view: View) -> None:
        """Faces as pixmaps of exactly the pixels they cover, put on whole pixels."""
        ratio = painter.device().devicePixelRatio()
        if self._pixmap_scale != view.scale * ratio or len(self._pixmaps) > _KEPT_FACES:
            self._pixmaps.clear()
            self._pixmap_scale = view.scale * ratio
        painter.save()
        painter.resetTransform()
        margin = _FACE_MARGIN
        scale, x, y = view.scale, view.x, view.y
        for _, rect, face in cards:
            pixmap = self._pixmaps.get(face)
            if pixmap is None:
                pixmap = self._pixmaps[face] = self._pixmap(face, rect, ratio)
            left = round((rect.x * scale + x - margin) * ratio) / ratio
            top = round((rect.y * scale + y - margin) * ratio) / ratio
            painter.drawPixmap(QPointF(left, top), pixmap)
        painter.restore()

    def _pixmap(self, face: Face, rect: Rect, ratio: float) -> QPixmap:
        scale = self._pixmap_scale
        margin = _FACE_MARGIN * ratio
        width = math.ceil(rect.width * scale + 2 * margin)
        height = math.ceil(rect.height * scale + 2 * margin)
        pixmap = QPixmap(width, height)
        pixmap.fill(Qt.GlobalColor.transparent)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(0, 0, width, height))
        painter.translate(_FACE_MARGIN, _FACE_MARGIN)
        painter.scale(scale / ratio, scale / ratio)
        self._faces.paint(painter, face, Rect(0, 0, rect.width, rect.height))
        painter.end()
        return pixmap

    def _write(self, painter: QPainter, cards: list[tuple[int, Rect, Face]], detail: int) -> None:
        labels = self._labels[detail]
        painter.setFont(labels.font)
        down = _BASELINE[detail]
        new = 0
        pen = None
        for node, rect, face in cards:
            left, room = text_edges(rect, face)
            text = self.graph.label(node)
            label = labels.kept(text, room)
            if label is None:
                new += 1
                if new > _NEW_LABELS and not self.exact:
                    self.incomplete = True
                    continue
                label = labels.fit(text, room, at_end=detail != FULL)
            wanted = self._pens[face.look in WITHOUT_BODY, face.faded]
            if wanted is not pen:
                painter.setPen(wanted)
                pen = wanted
            label.draw(painter, left, rect.y + down, as_text=self.exact)

    def _ring(self, painter: QPainter, rect: Rect) -> None:
        """Around the current step a wide ring; it is the one thing that must be found at once."""
        theme = self.palette.theme
        painter.setPen(self.palette.no_pen)
        for margin, colour in ((5.0, theme.accent), (2.2, theme.canvas)):
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(*rect.grown(margin)), RADIUS + margin, RADIUS + margin)

    def _breakpoint(self, painter: QPainter, rect: Rect) -> None:
        theme = self.palette.theme
        painter.setPen(QPen(QColor(theme.surface), 1.5))
        painter.setBrush(theme.accent)
        painter.drawEllipse(QPointF(rect.x, rect.y), 6, 6)

    def _change(self, painter: QPainter, rect: Rect) -> None:
        """A Δ on the upper right corner: it is not as it was, or not as in the other boot."""
        theme = self.palette.theme
        painter.setPen(QPen(QColor(theme.surface), 1.5))
        painter.setBrush(theme.accent)
        x, y = rect.right - 1, rect.y
        painter.drawPolygon(QPolygonF([QPointF(x - 7, y + 5), QPointF(x, y - 7), QPointF(x + 7, y + 5)]))


def _outline(scene: Scene, node: int, shown: int) -> Outline:
    if shown & SELECTED:
        return Outline.SELECTED
    focus = scene.focus
    if focus is not None and node in focus.up:
        return Outline.UP
    if focus is not None and node in focus.down:
        return Outline.DOWN
    if node == scene.hover:
        return Outline.HOVER
    return Outline.PLAIN
