"""Pens and brushes made from a theme once, so that painting makes none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from plugscope.canvas.scene import FADED, SELECTED
from plugscope.layout import Graph
from plugscope.session import Look, Theme, mixed

_IN_TYPE_COLOUR = (Look.OK, Look.UNKNOWN)
_TINTED = {Look.ERROR: 0.10, Look.VICTIM: 0.10, Look.MAY: 0.08}


def hairline(colour: QColor, width: float = 1.0) -> QPen:
    """A pen as wide on the screen at any zoom."""
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen


def dashed(colour: QColor, width: float = 1.2) -> QPen:
    """A pen for what is not there: as wide on the screen at any zoom, and dashed."""
    pen = hairline(colour, width)
    pen.setDashPattern([3.0, 2.5])
    return pen


class Palette:
    """What the painters need of a theme, for the types of a graph."""

    def __init__(self, theme: Theme, graph: Graph) -> None:
        self.theme = theme
        self.types = [theme.type_colour(name) for name in graph.types]
        self.bands = [QBrush(colour) for colour in self.types]
        # Of a hundred thousand types most share a few hues.
        hues = {colour.rgba(): colour for colour in self.types}
        faded = {rgba: QBrush(mixed(colour, theme.canvas, 0.35)) for rgba, colour in hues.items()}
        self.faded_bands = [faded[colour.rgba()] for colour in self.types]
        self.bodies = {
            look: QBrush(mixed(theme.outcome(look).colour, theme.surface, share))
            for look, share in _TINTED.items()
        }
        self.body = QBrush(theme.surface)
        self.ghost_body = QBrush(mixed(theme.surface, theme.canvas, 0.4))
        self.selected_body = QBrush(theme.accent_soft)
        self.outline = hairline(theme.line2)
        self.outlines = {
            look: hairline(mixed(theme.outcome(look).colour, theme.surface, 0.65)) for look in _TINTED
        }
        self.ghost_outline = dashed(theme.text3)
        self.box_body = QBrush(mixed(theme.surface, theme.canvas, 0.45))
        self.box_outline = hairline(theme.line)
        self.edge = hairline(theme.edge)
        self.faded_edge = hairline(mixed(theme.edge, theme.canvas, 0.3), 1.0)
        self.up = hairline(theme.up, 1.8)
        self.down = hairline(theme.down, 1.8)
        self.accent = hairline(theme.accent, 2.0)
        self.hover = hairline(theme.text2, 1.6)
        self.no_pen = QPen(Qt.PenStyle.NoPen)
        self._tables: dict[int, list[int]] = {}
        self._type_cells: dict[int, QColor] = {}
        self._cell_colours = {look: self._fixed_cell(look) for look in Look if look not in _IN_TYPE_COLOUR}
        self._shared_table = self._make_shared_table()

    def cell_colours(self, type_: int) -> list[int]:
        """The colour table for the cells of a type, by shown byte: look, faded, selected; the last is clear.

        A plugin that is fine wears its type's colour, softly: what is not fine is what should be seen.
        """
        colour = self.types[type_].rgba()
        table = self._tables.get(colour)
        if table is None:
            table = self._tables[colour] = list(self._shared_table)
            for look in _IN_TYPE_COLOUR:
                for value in range(look, 64, 16):
                    table[value] = self._cell(self.cell_colour(type_, look), value)
        return table

    def cell_colour(self, type_: int, look: Look) -> QColor:
        """The colour of a card that is too small for a mark."""
        if look not in _IN_TYPE_COLOUR:
            return self._cell_colours[look]
        colour = self._type_cells.get(type_)
        if colour is None:
            colour = self._type_cells[type_] = mixed(self.types[type_], self.theme.surface, 0.5)
        return colour

    def _fixed_cell(self, look: Look) -> QColor:
        theme = self.theme
        if look in (Look.PENDING, Look.NOT_REACHED, Look.ABSENT):
            return mixed(theme.line2, theme.surface, 0.6)
        if look in (Look.SKIP, Look.DISABLED):
            return mixed(theme.outcome(look).colour, theme.surface, 0.75)
        return theme.outcome(look).colour

    def _make_shared_table(self) -> list[int]:
        table = [0] * 64
        for look, colour in self._cell_colours.items():
            for value in range(look, 64, 16):
                table[value] = self._cell(colour, value)
        return table

    def _cell(self, colour: QColor, value: int) -> int:
        if value & SELECTED:
            colour = self.theme.accent
        return (mixed(colour, self.theme.canvas, 0.25) if value & FADED else colour).rgba()
