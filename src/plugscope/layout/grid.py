"""Boxes: a type's cards in a grid under its name."""

from __future__ import annotations

from .card import CARD_HEIGHT
from .picture import Box, Rect

GAP = 12.0
INSET = 12.0
CELL_HEIGHT = CARD_HEIGHT + GAP


def header_height(rows: int) -> float:
    """Room for the type's name: it grows with the box, so that it can be read from as far away as the box."""
    return max(30.0, 0.05 * rows * CELL_HEIGHT)


def columns_for(size: int, height: float) -> int:
    """The fewest columns in which so many cards are no higher than that."""
    rows = max(1, int((height * 0.95 - 2 * INSET) // CELL_HEIGHT))
    return max(1, -(-size // rows))


def columns_like(size: int, card_width: float, ratio: float) -> int:
    """The columns that make a grid about ``ratio`` times as wide as it is high."""
    return max(1, min(size, round((ratio * size * CELL_HEIGHT / (card_width + GAP)) ** 0.5)))


def box_size(size: int, columns: int, card_width: float) -> tuple[float, float]:
    """The size of a box with so many cards in so many columns."""
    rows = max(1, -(-size // columns))
    return (
        columns * (card_width + GAP) - GAP + 2 * INSET,
        rows * CELL_HEIGHT - GAP + 2 * INSET + header_height(rows),
    )


def make_box(type_: int, size: int, columns: int, card_width: float, x: float, y: float) -> Box:
    """A box with its left top corner there."""
    width, height = box_size(size, columns, card_width)
    top = INSET + header_height(max(1, -(-size // columns)))
    grid = Rect(x + INSET, y + top, width - 2 * INSET, height - top - INSET)
    cell = (card_width + GAP, CELL_HEIGHT)
    return Box(type_, Rect(x, y, width, height), grid, columns, cell, (card_width, CARD_HEIGHT))
