"""Edges: all of a picture as one path, those of a focus tinted, arrows of lookups on top."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property

from PySide6.QtCore import QByteArray, QDataStream, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from plugscope.canvas.scene import Focus, Scene
from plugscope.layout import Edges, Picture, Rect, add_spokes, requirement
from plugscope.session import Look

from .edge_index import EdgeIndex
from .palette import Palette, dashed, hairline

SMOOTH_EDGES = 500
"""Above so many, lines are drawn without anti-aliasing: it would cost more than all the rest."""
_MOST_SPOKES = 400
_BOW = 0.16
"""Arrows of lookups rise by this share of their length, so that they do not run through the texts between."""
_INDEXED_EDGES = 4000
_MOVE, _CURVE, _CURVE_DATA = 0, 2, 3
_FEW = 24


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


def emphasised(picture: Picture, edges: Edges, focus: Focus) -> tuple[list[int], list[int]]:
    """The numbers of the edges that lead upstream, and of those that lead downstream."""
    graph = picture.graph
    first = graph.first_type_node
    up_tails, up_heads = focus.centre | focus.up, focus.up
    down_tails, down_heads = focus.down, focus.centre | focus.down
    is_up = _Ends(picture, up_tails, up_heads)
    is_down = _Ends(picture, down_tails, down_heads)
    up: list[int] = []
    down: list[int] = []
    for number in range(len(edges)):
        tail, head = edges.tails[number], edges.heads[number]
        if is_up.join(tail, head, edges.types[number], first):
            up.append(number)
        elif is_down.join(tail, head, edges.types[number], first):
            down.append(number)
    return up, down


class _Ends:
    """Cards that may stand at the two ends of an edge, and the types they belong to."""

    def __init__(self, picture: Picture, tails: frozenset[int], heads: frozenset[int]) -> None:
        graph = picture.graph
        self.tails, self.heads = tails, heads
        self.wanting_types = {graph.type_of[n] for n in tails if n < graph.size}
        self.wanted = {type_ for n in tails if n < graph.size for type_ in graph.wants[n]}
        self.found = {graph.type_of[n] for n in heads}
        self.boxed = bool(picture.boxes)

    def join(self, tail: int, head: int, type_: int, first_type_node: int) -> bool:
        """Whether an edge (of the required type ``type_``) leads from one to the other."""
        if type_ not in self.wanted or type_ not in self.found:
            return False
        if tail < first_type_node:
            if tail not in self.tails:
                return False
        elif self.boxed and tail - first_type_node not in self.wanting_types:
            return False
        return head >= first_type_node or head in self.heads


def incident(picture: Picture, edges: Edges, nodes: Iterable[int]) -> list[int]:
    """The edges at these nodes, and beyond a pill those that go on to the other side of it."""
    graph = picture.graph
    first = graph.first_type_node
    wanted = set(nodes)
    at_hub = {graph.type_of[n] for n in wanted if n < first} | {n - first for n in wanted if n >= first}
    wants = {type_ for n in wanted if n < graph.size for type_ in graph.wants[n]}
    found: list[int] = []
    for number in range(len(edges)):
        tail, head, type_ = edges.tails[number], edges.heads[number], edges.types[number]
        beyond_tail = tail >= first and not picture.boxes and type_ in wants
        beyond_head = head >= first and type_ in at_hub
        if tail in wanted or head in wanted or beyond_tail or beyond_head:
            found.append(number)
    return found


def path_of(edges: Edges, chosen: Iterable[int] | None = None) -> QPainterPath:
    """One path with the chosen edges, or all of them."""
    numbers = range(len(edges)) if chosen is None else list(chosen)
    if len(numbers) <= _FEW:
        return _drawn(edges, numbers)
    return _streamed(edges, numbers)


def _drawn(edges: Edges, numbers: Iterable[int]) -> QPainterPath:
    path = QPainterPath()
    for number in numbers:
        add_curve(path, edges.curve(number))
    return path


def add_curve(path: QPainterPath, points: array[float] | list[float]) -> None:
    """Append a start and cubic pieces."""
    path.moveTo(points[0], points[1])
    for place in range(2, len(points) - 5, 6):
        path.cubicTo(*points[place : place + 6])


def _streamed(edges: Edges, numbers: Iterable[int]) -> QPainterPath:
    """Through QPainterPath's own serialised form: big-endian (type, x, y) elements."""
    pieces: list[bytes] = []
    count = 0
    points, starts = edges.points, edges.starts
    for number in numbers:
        first, last = starts[number], starts[number + 1]
        size = (last - first) // 2
        values: list[float] = []
        for place in range(first, last, 2):
            step = (place - first) // 2
            kind = _MOVE if not step else _CURVE if step % 3 == 1 else _CURVE_DATA
            values += (kind, points[place], points[place + 1])
        pieces.append(_element(size).pack(*values))
        count += size
    data = struct.pack(">i", count) + b"".join(pieces) + struct.pack(">ii", 0, 0)
    path = QPainterPath()
    stream = QDataStream(QByteArray(data))
    stream >> path
    return path


_elements: dict[int, struct.Struct] = {}


def _element(size: int) -> struct.Struct:
    packer = _elements.get(size)
    if packer is None:
        packer = _elements[size] = struct.Struct(">" + "idd" * size)
    return packer
