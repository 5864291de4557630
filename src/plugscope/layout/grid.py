"""Boxes: a type's cards in a grid under its name."""

from __future__ import annotations

import math

from .card import CARD_HEIGHT
from .geometry import Box
from .rect import Rect

GAP = 12.0
INSET = 12.0
CELL_HEIGHT = CARD_HEIGHT + GAP


def header_height(plugins: int, types: int) -> float:
    """Room for a type's name: more where types are large, so that names can be read when one sees all of them."""
    return max(30.0, 17.5 * math.sqrt(plugins / max(types, 1)))


def columns_for(size: int, height: float, header: float) -> int:
    """The fewest columns in which a box with so many cards is no higher than that."""
    rows = max(1, int((height - header - 2 * INSET) // CELL_HEIGHT))
    return max(1, -(-size // rows))


def columns_like(size: int, card_width: float, ratio: float) -> int:
    """The columns that make a grid about ``ratio`` times as wide as it is high."""
    return max(1, min(size, round(math.sqrt(ratio * size * CELL_HEIGHT / (card_width + GAP)))))


def make_box(
    type_: int, size: int, columns: int, card_width: float, header: float, x: float = 0.0, y: float = 0.0
) -> Box:
    """A box with its left top corner there."""
    rows = max(1, -(-size // columns))
    grid_width, grid_height = columns * (card_width + GAP) - GAP, rows * CELL_HEIGHT - GAP
    grid = Rect(x + INSET, y + header + INSET, grid_width, grid_height)
    rect = Rect(x, y, grid_width + 2 * INSET, grid_height + 2 * INSET + header)
    return Box(type_, rect, grid, columns, (card_width + GAP, CELL_HEIGHT), (card_width, CARD_HEIGHT))


def moved(box: Box, dx: float, dy: float) -> Box:
    """The same box elsewhere."""
    rect, grid = box.rect, box.grid
    return box._replace(
        rect=Rect(rect.x + dx, rect.y + dy, rect.width, rect.height),
        grid=Rect(grid.x + dx, grid.y + dy, grid.width, grid.height),
    )
