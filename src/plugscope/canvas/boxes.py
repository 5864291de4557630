"""Types as boxes: their frame and name, their members as cells of an image, or one block with a share of states."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from plugscope.layout import Box, Graph, Rect
from plugscope.layout.card import TYPE_SIZE
from plugscope.session.look import Look

from .label import Labels, font_of
from .palette import Palette
from .scene import Scene

_EMPTY = 63
_LABEL_SIZES = (11, 12, 13, 15)
# From what needs attention to what does not, as the share bar shows them.
_BAR_ORDER = (
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


class Cells:
    """The members of a box as one byte each: their image is one pixel a card, however many there are."""

    def __init__(self, box: Box, members: list[int], shown: bytearray) -> None:
        rows = max(1, -(-len(members) // box.columns))
        data = bytes(map(shown.__getitem__, members)).ljust(rows * box.columns, bytes([_EMPTY]))
        self.columns, self.rows = box.columns, rows
        self.counts = dict.fromkeys(Look, 0)
        for value in set(data):
            if value != _EMPTY:
                self.counts[Look(min(value & 15, Look.PENDING))] += data.count(value)
        self._values = bytearray(data)
        self._data = data
        self.image = QImage(data, self.columns, rows, self.columns, QImage.Format.Format_Indexed8)

    def update(self, slot: int, value: int) -> None:
        """One card looks different."""
        before = self._values[slot]
        self.counts[Look(before & 15)] -= 1
        self.counts[Look(value & 15)] += 1
        self._values[slot] = value
        self.image.setPixel(slot % self.columns, slot // self.columns, value)


class BoxPainter:
    """Paints the boxes of one picture."""

    def __init__(self, palette: Palette, graph: Graph, family: str) -> None:
        self.palette = palette
        self.graph = graph
        self._cells: dict[int, Cells] = {}
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
            cells = Cells(box, self.graph.members[box.type], scene.shown)
            cells.image.setColorTable(self.palette.cell_colours(box.type))
            self._cells[box.type] = cells
        return cells

    def paint_frame(self, painter: QPainter, box: Box, scale: float) -> None:
        """The box itself."""
        palette = self.palette
        ghostly = box.type >= self.graph.registered_types
        painter.setBrush(palette.box_body)
        painter.setPen(palette.ghost_outline if ghostly else palette.box_outline)
        radius = min(10.0 / scale, 10.0, box.rect.height / 4)
        painter.drawRoundedRect(QRectF(*box.rect), radius, radius)

    def paint_cells(self, painter: QPainter, box: Box, scene: Scene) -> None:
        """The members as coloured cells; the gaps between them are drawn over the image."""
        cells = self.cells(box, scene)
        grid, (cell_width, cell_height), (width, height) = box.grid, box.cell, box.card
        whole = QRectF(grid.x, grid.y, cells.columns * cell_width, cells.rows * cell_height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawImage(whole, cells.image)
        across = [
            QRectF(grid.x, grid.y + row * cell_height + height, whole.width(), cell_height - height)
            for row in range(cells.rows)
        ]
        down = [
            QRectF(grid.x + column * cell_width + width, grid.y, cell_width - width, whole.height())
            for column in range(cells.columns)
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette.box_body)
        painter.drawRects(across + down)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def paint_block(self, painter: QPainter, box: Box, scene: Scene, scale: float) -> None:
        """Too small for cells: the type's colour, and along the bottom a bar with each state's share."""
        palette = self.palette
        rect = box.rect
        painter.setPen(palette.no_pen)
        painter.setBrush(palette.bands[box.type])
        band = min(4.0 / scale, rect.width / 5)
        painter.drawRect(QRectF(rect.x, rect.y, band, rect.height))
        counts = self.cells(box, scene).counts
        total = sum(counts.values()) or 1
        height = min(max(6.0 / scale, rect.height * 0.12), rect.height)
        x, width = rect.x + band, rect.width - band
        for look in _BAR_ORDER:
            if counts[look]:
                share = width * counts[look] / total
                painter.setBrush(palette.cell_colour(box.type, look))
                painter.drawRect(QRectF(x, rect.bottom - height, share, height))
                x += share

    def paint_name(self, painter: QPainter, box: Box, on_screen: Rect, header: float, visible: Rect) -> None:
        """The type's name and how many it has, in pixels of the screen: it stays in sight while its box does."""
        size = max((s for s in _LABEL_SIZES if s <= header * 0.62), default=0) or _LABEL_SIZES[0]
        labels = self._fonts[size]
        left = max(on_screen.x, visible.x) + 10
        room = min(on_screen.right, visible.right) - left - 8
        if room < 28 or on_screen.height < size + 8 or (header < 9 and on_screen.height < 26):
            return
        count = self._small.fit(f"{len(self.graph.members[box.type])}", 80)
        name = labels.fit(self.graph.type_label(box.type), max(room - count.width - 8, 20))
        top = max(on_screen.y, min(visible.y, on_screen.bottom - header - 8)) if header >= 14 else on_screen.y
        baseline = top + max(header, size + 8) / 2 + size * 0.36
        theme = self.palette.theme
        painter.setFont(labels.font)
        painter.setPen(QPen(theme.text))
        name.draw(painter, left, baseline)
        if name.width + count.width + 8 <= room:
            painter.setFont(self._small.font)
            painter.setPen(QPen(theme.text2))
            count.draw(painter, left + name.width + 8, baseline)


def dot(painter: QPainter, x: float, y: float, radius: float) -> None:
    """A filled dot with the painter's brush."""
    painter.drawEllipse(QPointF(x, y), radius, radius)
