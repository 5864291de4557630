"""Types as boxes: their frame and name, their members as cells of an image, or one block with a share of states."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from plugscope.canvas.scene import Scene
from plugscope.layout import TYPE_SIZE, Box, Graph, Rect
from plugscope.session import Look

from .crowd import BY_WEIGHT
from .label import Label, Labels, font_of
from .palette import Palette

_EMPTY = 63
_LEAST_GAP = 1.0
_LEAST_LETTERS = 5
_LABEL_SIZES = (8, 9, 10, 11, 12, 13, 15)


class Cells:
    """The members of a box as one byte each: their image is one pixel a card, however many there are."""

    def __init__(self, box: Box, members: list[int], shown: bytearray, colours: list[int]) -> None:
        rows = max(1, -(-len(members) // box.columns))
        data = bytes(map(shown.__getitem__, members)).ljust(rows * box.columns, bytes([_EMPTY]))
        self.columns, self.rows = box.columns, rows
        self.counts = dict.fromkeys(Look, 0)
        for value in set(data):
            if value != _EMPTY:
                self.counts[Look(min(value & 15, Look.PENDING))] += data.count(value)
        self._values = bytearray(data)
        self._table = colours
        indexed = QImage(data, self.columns, rows, self.columns, QImage.Format.Format_Indexed8)
        indexed.setColorTable(colours)
        self.image = indexed.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        # Each pixel covers half the gaps around its card, so that its edge is under a gap however it is rounded.
        left, top = box.grid.x - (box.cell[0] - box.card[0]) / 2, box.grid.y - (box.cell[1] - box.card[1]) / 2
        self.whole = QRectF(left, top, self.columns * box.cell[0], rows * box.cell[1])

    def update(self, slot: int, value: int) -> None:
        """One card looks different."""
        before = self._values[slot]
        self.counts[Look(before & 15)] -= 1
        self.counts[Look(value & 15)] += 1
        self._values[slot] = value
        self.image.setPixel(slot % self.columns, slot // self.columns, self._table[value])


class Gaps:
    """What is between the cells of a box, whatever they look like.

    Made where it can be seen: a hundred thousand plugins have as many gaps.
    """

    def __init__(self, box: Box, rows: int) -> None:
        self._box = box
        self._rows = rows

    @cached_property
    def across(self) -> list[QRectF]:
        """The gaps between the rows, those around them included."""
        box, gap = self._box, self._box.cell[1] - self._box.card[1]
        left = box.grid.x - (box.cell[0] - box.card[0])
        width = box.columns * box.cell[0] + box.cell[0] - box.card[0]
        tops = (box.grid.y + row * box.cell[1] - gap for row in range(self._rows + 1))
        return [QRectF(left, top, width, gap) for top in tops]

    @cached_property
    def down(self) -> list[QRectF]:
        """The gaps between the columns, those around them included."""
        box, gap = self._box, self._box.cell[0] - self._box.card[0]
        top = box.grid.y - (box.cell[1] - box.card[1])
        height = self._rows * box.cell[1] + box.cell[1] - box.card[1]
        lefts = (box.grid.x + column * box.cell[0] - gap for column in range(box.columns + 1))
        return [QRectF(left, top, gap, height) for left in lefts]


class BoxPainter:
    """Paints the boxes of one picture."""

    def __init__(self, palette: Palette, graph: Graph, family: str) -> None:
        self.palette = palette
        self.graph = graph
        self._cells: dict[int, Cells] = {}
        self._gaps: dict[int, Gaps] = {}
        self._fonts = {size: Labels(font_of(family, size, bold=True)) for size in _LABEL_SIZES}
        self._small = Labels(font_of(family, TYPE_SIZE))

    def forget(self) -> None:
        """Every card may look different."""
        self._cells.clear()

    def update(self, nodes: list[int], shown: bytearray) -> None:
        """Some cards look different."""
        graph = self.graph
        for node in nodes:
            cells = self._cells.get(graph.type_of[node])
            if cells is not None:
                cells.update(graph.slot_of[node], shown[node])

    def cells(self, box: Box, scene: Scene) -> Cells:
        """The cells of a box, made when first needed."""
        cells = self._cells.get(box.type)
        if cells is None:
            colours = self.palette.cell_colours(box.type)
            cells = Cells(box, self.graph.members[box.type], scene.shown, colours)
            self._cells[box.type] = cells
        return cells

    def gaps(self, box: Box, rows: int) -> Gaps:
        """The gaps between the cells of a box: they outlast how the cells look."""
        gaps = self._gaps.get(box.type)
        if gaps is None:
            gaps = self._gaps[box.type] = Gaps(box, rows)
        return gaps

    def paint_frame(self, painter: QPainter, box: Box, scale: float) -> None:
        """The box itself."""
        palette = self.palette
        ghostly = box.type >= self.graph.registered_types
        painter.setBrush(palette.box_body)
        painter.setPen(palette.ghost_outline if ghostly else palette.box_outline)
        radius = min(10.0 / scale, 10.0, box.rect.height / 4)
        painter.drawRoundedRect(QRectF(*box.rect), radius, radius)

    def paint_cells(self, painter: QPainter, box: Box, scene: Scene, scale: float) -> None:
        """The members as coloured cells; the gaps between them are drawn over the image."""
        cells = self.cells(box, scene)
        gaps = self.gaps(box, cells.rows)
        (cell_width, cell_height), (width, height) = box.cell, box.card
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawImage(cells.whole, cells.image)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette.box_body)
        if (cell_height - height) * scale >= _LEAST_GAP:
            painter.drawRects(gaps.across)
        if (cell_width - width) * scale >= _LEAST_GAP:
            painter.drawRects(gaps.down)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def paint_block(self, painter: QPainter, box: Box, scene: Scene) -> None:
        """Too small for cells: each state's share of the plugins, stacked, what needs attention at the bottom."""
        palette, grid = self.palette, box.grid
        painter.setPen(palette.no_pen)
        counts = self.cells(box, scene).counts
        total = sum(counts.values()) or 1
        y = grid.bottom
        for look in BY_WEIGHT:
            if counts[look]:
                share = grid.height * counts[look] / total
                y -= share
                painter.setBrush(palette.cell_colour(box.type, look))
                painter.drawRect(QRectF(grid.x, y, grid.width, share))

    def paint_name(
        self, painter: QPainter, box: Box, on_screen: Rect, header: float, visible: Rect, clip: Rect
    ) -> None:
        """The type's name and how many it has, in pixels of the screen: it stays in sight while its box does."""
        size = max((s for s in _LABEL_SIZES if s <= header * 0.7), default=0)
        left = max(on_screen.x, visible.x) + 8
        room = min(on_screen.right, visible.right) - left - 4
        strip = min(header, size * 1.9)
        # In the middle of its own room, until that leaves the sight; then at the edge, as long as there is box.
        top = max(on_screen.y + (header - strip) / 2, min(visible.y, on_screen.bottom - strip))
        if not size or room < 20 or top > clip.bottom or top + strip < clip.y:
            return
        labels, name = self._name(box, size, room)
        if name.text.endswith("…") and len(name.text) < _LEAST_LETTERS:
            return
        theme = self.palette.theme
        painter.setPen(Qt.PenStyle.NoPen)
        if top + strip > on_screen.y + header:
            painter.setBrush(self.palette.box_body)
            painter.drawRect(QRectF(max(on_screen.x, visible.x) + 1, top, room + 8, strip))
        baseline = top + strip / 2 + size * 0.38
        painter.setFont(labels.font)
        painter.setPen(QPen(theme.text))
        name.draw(painter, left, baseline)
        count = self._small.fit(f"{len(self.graph.members[box.type])}", 80)
        if name.width + count.width + 8 <= room:
            painter.setFont(self._small.font)
            painter.setPen(QPen(theme.text2))
            count.draw(painter, left + name.width + 8, baseline)

    def _name(self, box: Box, size: int, room: float) -> tuple[Labels, Label]:
        """The name as large as it fits; else without its vendor, or only how it begins."""
        text = self.graph.type_label(box.type)
        short = _without_vendor(text) if text.count(".") > 1 else text
        measured = self._fonts[_LABEL_SIZES[-1]]
        for candidate in (text, short):
            per_pixel = measured.fit(candidate, 1e6).width / _LABEL_SIZES[-1]
            for smaller in reversed(_LABEL_SIZES):
                allowed = smaller >= 11 or smaller == size or candidate is short
                if smaller <= size and allowed and per_pixel * smaller <= room - 1:
                    return self._fonts[smaller], self._fonts[smaller].fit(candidate, room)
        labels = self._fonts[min(size, 10)]
        return labels, labels.fit(short, room, at_end=True)


def _without_vendor(text: str) -> str:
    """``org.example.store`` as ``store``, ``org.example.store.v2`` as ``store.v2``."""
    head, _, tail = text.rpartition(".")
    return tail if not tail[1:].isdigit() else f"{head.rpartition('.')[2]}.{tail}"


def dot(painter: QPainter, x: float, y: float, radius: float) -> None:
    """A filled dot with the painter's brush."""
    painter.drawEllipse(QPointF(x, y), radius, radius)
