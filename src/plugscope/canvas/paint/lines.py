"""Edges: all of a picture as one path, those of a focus tinted, arrows of lookups on top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from plugscope.canvas.scene import Scene
from plugscope.layout import Edges, Picture, Rect, add_spokes, requirement
from plugscope.session import Look

from .edge_index import EdgeIndex
from .emphasis import emphasised, incident
from .palette import Palette, dashed, hairline
from .paths import add_curve, path_of

SMOOTH_EDGES = 500
"""Above so many, lines are drawn without anti-aliasing: it would cost more than all the rest."""
_MOST_SPOKES = 400
_BOW = 0.16
"""Arrows of lookups rise by this share of their length, so that they do not run through the texts between."""
_INDEXED_EDGES = 4000


class LinePainter:
    """Paints the edges of one picture; the paths are made once."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._single = bool(len(picture.edges))
        self.edges = picture.edges if self._single else picture.bundles
        self._whole: QPainterPath | None = None
        self._heads: QPainterPath | None = None
        self._tinted: tuple[object, QPainterPath, QPainterPath] | None = None

    def paint(
        self, painter: QPainter, scene: Scene, palette: Palette, area: Rect, *, arrowheads: bool
    ) -> None:
        """Paint what lies under the cards."""
        if not len(self.edges):
            return
        focus = scene.focus
        painter.setBrush(Qt.BrushStyle.NoBrush)
        smooth = len(self.edges) <= SMOOTH_EDGES
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        background = palette.faded_edge if focus is not None else palette.edge
        path = self._near(area)
        if painter.device().devicePixelRatio() >= 1.5:
            self._thick(painter, path, background.color())
        else:
            painter.setPen(background)
            painter.drawPath(path)
        if arrowheads and smooth:
            self._fill_heads(painter, background)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def paint_focus(self, painter: QPainter, scene: Scene, palette: Palette) -> None:
        """The lines of the focus, over the boxes and under the cards."""
        if scene.focus is None:
            return
        up, down = self._focused(scene)
        self._thick(painter, down, palette.theme.down)
        self._thick(painter, up, palette.theme.up)

    def _thick(self, painter: QPainter, path: QPainterPath, colour: QColor) -> None:
        """A line of about two pixels from two thin ones: a wide pen costs twenty times as much."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(hairline(colour))
        step = 0.7 / painter.deviceTransform().m11()
        for dx, dy in ((0.0, 0.0), (step * 0.6, step)):
            painter.translate(dx, dy)
            painter.drawPath(path)
            painter.translate(-dx, -dy)

    def _near(self, area: Rect) -> QPainterPath:
        """All edges as one path; of a small area only those that may cross it."""
        bounds = self.picture.bounds
        small = area.width * area.height * 8 < bounds.width * bounds.height
        if small and len(self.edges) <= _INDEXED_EDGES:
            return path_of(self.edges, self._indexed.near(area))
        if self._whole is None:
            self._whole = path_of(self.edges)
        return self._whole

    def edge_at(self, x: float, y: float, reach: float) -> int:
        """The number of the edge at a point of the picture, or -1."""
        return self._indexed.at(x, y, reach) if 0 < len(self.edges) <= _INDEXED_EDGES else -1

    @cached_property
    def _indexed(self) -> EdgeIndex:
        return EdgeIndex(self.edges, self.picture.bounds)

    def _fill_heads(self, painter: QPainter, pen: QPen) -> None:
        if self._heads is None:
            self._heads = arrowheads_of(self.edges)
        painter.setBrush(pen.color())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(self._heads)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _focused(self, scene: Scene) -> tuple[QPainterPath, QPainterPath]:
        focus = scene.focus
        assert focus is not None
        if self._tinted is None or self._tinted[0] is not focus:
            up, down = emphasised(self.picture, self.edges, focus)
            up_path, down_path = path_of(self.edges, up), path_of(self.edges, down)
            if not self._single:
                self._add_spokes(up_path, focus.centre)
            self._tinted = (focus, up_path, down_path)
        return self._tinted[1], self._tinted[2]

    def _add_spokes(self, path: QPainterPath, nodes: frozenset[int]) -> None:
        """Where only bundles are drawn, the single lines of what is looked at."""
        edges = Edges()
        for node in sorted(nodes)[:_MOST_SPOKES]:
            if node < self.picture.graph.size:
                add_spokes(edges, self.picture, node)
        path.addPath(path_of(edges))

    def paint_hover(self, painter: QPainter, scene: Scene, palette: Palette) -> None:
        """The edges at what the mouse is over."""
        node = scene.hover
        if node < 0:
            return
        if self._single or node >= self.picture.graph.first_type_node:
            path = path_of(self.edges, incident(self.picture, self.edges, [node]))
        else:
            path = QPainterPath()
            self._add_spokes(path, frozenset([node]))
        self._thick(painter, path, palette.theme.text2)

    def paint_arrows(self, painter: QPainter, scene: Scene, palette: Palette) -> None:
        """Lookups: from who asked to what it found, over the cards."""
        theme = palette.theme
        for arrow in scene.arrows:
            points = requirement(self.picture.rect(arrow.tail), self.picture.rect(arrow.head), bow=_BOW)
            path = QPainterPath()
            add_curve(path, points)
            colour = theme.accent if arrow.ok else theme.outcome(Look.ERROR).colour
            painter.setPen(hairline(colour, 2.2) if arrow.ok else dashed(colour, 2.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            head = QPainterPath()
            _add_head(head, points, 10.0)
            painter.drawPath(head)


def arrowheads_of(edges: Edges, size: float = 6.0) -> QPainterPath:
    """A small triangle at the end of each edge: an edge points to what is required."""
    path = QPainterPath()
    for number in range(len(edges)):
        _add_head(path, edges.curve(number), size)
    return path


def _add_head(path: QPainterPath, points: Sequence[float], size: float) -> None:
    before_x, before_y, x, y = points[-4:]
    dx, dy = x - before_x, y - before_y
    length = (dx * dx + dy * dy) ** 0.5
    if length < 1e-6:
        dx, dy, length = -1.0, 0.0, 1.0
    dx, dy = dx / length * size, dy / length * size
    path.moveTo(x, y)
    path.lineTo(QPointF(x - dx - dy * 0.45, y - dy + dx * 0.45))
    path.lineTo(QPointF(x - dx + dy * 0.45, y - dy - dx * 0.45))
    path.closeSubpath()
