"""Curves: where they begin and end, and that packing gives each of them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.layout import Edges, Rect, requirement, union

whole = st.integers(-500, 500)
rects = st.builds(Rect, whole, whole, st.integers(1, 200), st.integers(1, 60))
curves = st.integers(1, 3).flatmap(
    lambda pieces: st.lists(whole.map(float), min_size=6 * pieces + 2, max_size=6 * pieces + 2)
)
packed = st.lists(st.tuples(whole, whole, whole, curves, st.integers(1, 9)), max_size=6)


@given(packed)
def test_each_edge_comes_back_as_it_was_put(every: list[tuple[int, int, int, list[float], int]]) -> None:
    """Whatever stands before and after it."""
    edges = Edges()
    for tail, head, type_, points, count in every:
        edges.add(tail, head, type_, points, count)
    assert len(edges) == len(every)
    for number, (tail, head, type_, points, count) in enumerate(every):
        assert list(edges.curve(number)) == points
        assert (edges.tails[number], edges.heads[number]) == (tail, head)
        assert (edges.types[number], edges.counts[number]) == (type_, count)


@given(packed)
def test_the_extent_is_around_all_points(every: list[tuple[int, int, int, list[float], int]]) -> None:
    """Control points count: a cubic stays within them."""
    edges = Edges()
    for tail, head, type_, points, count in every:
        edges.add(tail, head, type_, points, count)
    dots = [
        Rect(x, y, 0, 0)
        for _, _, _, points, _ in every
        for x, y in zip(points[::2], points[1::2], strict=True)
    ]
    assert edges.extent() == ([union(dots)] if dots else [])


def test_edges_do_not_share_their_points() -> None:
    """Two pictures at a time are the rule: the old one stays until the new one is there."""
    one, other = Edges(), Edges()
    one.add(1, 2, 3, [0.0] * 8)
    assert (len(one), len(other), len(other.points)) == (1, 0, 0)
    assert other.extent() == []


@given(rects, rects)
def test_a_requirement_goes_from_a_left_side_to_a_right_side(tail: Rect, head: Rect) -> None:
    """It leaves to the left and arrives from the right, wherever the two stand."""
    x0, y0, x1, y1, x2, y2, x3, y3 = requirement(tail, head)
    assert (x0, y0) == (tail.x, tail.middle[1])
    assert (x3, y3) == (head.right, head.middle[1])
    assert x1 <= x0 - 24 and x2 >= x3 + 24
    assert (y1, y2) == (y0, y3)
    assert x0 - x1 == pytest.approx(x2 - x3)


@given(rects, rects, whole, whole, st.sampled_from([0.0, 0.2, -0.1]))
def test_heights_and_a_bow_are_as_asked(tail: Rect, head: Rect, tail_y: int, head_y: int, bow: float) -> None:
    """A height of 0 is a height; a bow lifts the middle and leaves the ends."""
    plain = requirement(tail, head, tail_y, head_y)
    bowed = requirement(tail, head, tail_y, head_y, bow)
    assert (plain[1], plain[7]) == (tail_y, head_y)
    assert bowed[:3] + bowed[6:] == plain[:3] + plain[6:]
    rise = bow * abs(tail.x - head.right)
    assert (bowed[3], bowed[5]) == (plain[3] - rise, plain[5] - rise)


@given(rects, rects, whole, whole)
def test_a_curve_moves_with_its_ends(tail: Rect, head: Rect, dx: int, dy: int) -> None:
    """Boxes that are moved take their lines along unchanged."""
    there = requirement(
        tail._replace(x=tail.x + dx, y=tail.y + dy), head._replace(x=head.x + dx, y=head.y + dy)
    )
    here = requirement(tail, head)
    assert [round(value, 6) for value in there] == [
        round(value + (dy if place % 2 else dx), 6) for place, value in enumerate(here)
    ]
