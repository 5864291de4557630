"""Boxes around grids of cards: large enough for all, and of the shape that was asked for."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.layout.card import CARD_HEIGHT
from plugscope.layout.grid import (
    CELL_HEIGHT,
    GAP,
    INSET,
    columns_for,
    columns_like,
    header_height,
    make_box,
    moved,
)

counts = st.integers(1, 500)
widths = st.floats(112, 248)
headers = st.floats(30, 120)


@given(st.integers(1, 40), st.integers(1, 9), widths, headers)
def test_a_box_holds_all_its_cards_apart_from_each_other(
    size: int, columns: int, width: float, header: float
) -> None:
    """Inside its grid, below its header, a gap between any two, and the last row is not empty."""
    box = make_box(0, size, columns, width, header)
    cards = [box.card_rect(slot) for slot in range(size)]
    assert all(box.grid.grown(0.01).encloses(card) and box.rect.encloses(card) for card in cards)
    assert all(card.y >= box.rect.y + header for card in cards)
    for one, other in itertools.combinations(cards, 2):
        assert not one.grown(GAP / 2 - 0.01).touches(other.grown(GAP / 2 - 0.01))
    assert max(card.bottom for card in cards) == pytest.approx(box.grid.bottom)
    assert box.rect.bottom == pytest.approx(box.grid.bottom + INSET)
    assert box.rect.right == pytest.approx(box.grid.right + INSET)


def test_cards_fill_row_by_row() -> None:
    """The second card is right of the first, and the one after a full row is below it."""
    box = make_box(3, 5, 2, 120.0, 30.0, 7.0, 9.0)
    assert box.type == 3
    assert box.rect[:2] == (7.0, 9.0)
    first, second, third = map(box.card_rect, range(3))
    assert (first.x, first.y) == (7 + INSET, 9 + 30 + INSET)
    assert (second.x - first.x, second.y) == (120 + GAP, first.y)
    assert (third.x, third.y - first.y) == (first.x, CELL_HEIGHT)
    assert (first.width, first.height) == (120.0, CARD_HEIGHT)


@given(counts, st.floats(0, 3_000), headers)
def test_columns_are_the_fewest_that_keep_the_height(size: int, height: float, header: float) -> None:
    """No higher than asked where a row fits at all; and a column less would be higher."""
    columns = columns_for(size, height, header)
    tall = make_box(0, size, columns, 112.0, header).rect.height
    assert 1 <= columns <= size
    # A grid has no gap below its last row: the rule reckons with it.
    assert tall <= max(height, header + 2 * INSET + CELL_HEIGHT) + GAP
    if columns > 1:
        assert make_box(0, size, columns - 1, 112.0, header).rect.height > height - GAP


@given(counts, widths, st.floats(0.25, 4))
def test_a_grid_is_about_as_wide_as_was_asked_for(size: int, width: float, ratio: float) -> None:
    """One column less or more would be no nearer, as far as whole cards allow."""
    columns = columns_like(size, width, ratio)
    assert 1 <= columns <= size

    def error(number: float) -> float:
        return abs(number**2 * (width + GAP) / (size * CELL_HEIGHT) - ratio)

    near = min(max((ratio * size * CELL_HEIGHT / (width + GAP)) ** 0.5, 1), size)
    assert abs(columns - near) <= 0.5 + 1e-9
    if 1 < columns < size:
        assert error(columns) <= max(error(columns - 1), error(columns + 1))


def test_nothing_has_one_column() -> None:
    """A type without members is a box all the same."""
    assert columns_for(0, 100.0, 30.0) == columns_like(0, 112.0, 1.0) == 1
    assert make_box(0, 0, 1, 112.0, 30.0).rect.height > 0


@given(st.integers(1, 20), st.integers(1, 5), st.integers(-900, 900), st.integers(-900, 900))
def test_a_moved_box_takes_its_cards_along(size: int, columns: int, dx: int, dy: int) -> None:
    """The same as if it had been made there."""
    made = make_box(2, size, columns, 112.0, 30.0)
    assert moved(made, dx, dy) == make_box(2, size, columns, 112.0, 30.0, dx, dy)
    assert moved(moved(made, dx, dy), -dx, -dy) == made


def test_large_types_have_large_names() -> None:
    """Where a hundred plugins share a type one looks from farther away; the smallest header still holds a line."""
    heights = [header_height(plugins, 10) for plugins in (0, 10, 100, 1_000)]
    assert heights == sorted(heights)
    assert heights[0] == heights[1] == 30.0
    assert heights[3] > 3 * heights[2] > 100
    assert header_height(9, 0) == header_height(9, 1)
