"""Rectangles: what touches, holds and surrounds what, compared with the points that are in them."""

from hypothesis import given
from hypothesis import strategies as st

from plugscope.layout import Rect, union

whole = st.integers(-6, 6)
sizes = st.integers(0, 6)
rects = st.builds(Rect, whole, whole, sizes, sizes)


def points(rect: Rect) -> set[tuple[float, float]]:
    """The whole points in a rectangle, its sides among them."""
    return {
        (x, y)
        for x in range(int(rect.x), int(rect.x + rect.width) + 1)
        for y in range(int(rect.y), int(rect.y + rect.height) + 1)
    }


@given(rects, rects)
def test_two_touch_when_they_share_a_point(one: Rect, other: Rect) -> None:
    """A shared side or corner is enough, and it does not matter who asks."""
    assert one.touches(other) == bool(points(one) & points(other))
    assert one.touches(other) == other.touches(one)


@given(rects, whole, whole)
def test_a_point_is_in_it_up_to_its_sides(rect: Rect, x: int, y: int) -> None:
    """All four sides belong to it: a click on the last pixel counts."""
    assert rect.contains(x, y) == ((x, y) in points(rect))


@given(rects, rects)
def test_one_encloses_another_when_it_has_all_its_points(one: Rect, other: Rect) -> None:
    """And each encloses itself."""
    assert one.encloses(other) == (points(other) <= points(one))
    assert one.encloses(one)


@given(rects)
def test_the_sides_and_the_middle_are_those_of_its_points(rect: Rect) -> None:
    """Right and bottom are coordinates, not sizes."""
    xs, ys = zip(*points(rect), strict=True)
    assert (rect.right, rect.bottom) == (max(xs), max(ys))
    assert rect.middle == ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


@given(rects, st.integers(0, 5))
def test_a_margin_is_on_all_sides_and_comes_off_again(rect: Rect, margin: int) -> None:
    """The middle stays where it is."""
    grown = rect.grown(margin)
    assert grown.encloses(rect)
    assert grown.middle == rect.middle
    assert (grown.width, grown.height) == (rect.width + 2 * margin, rect.height + 2 * margin)
    assert grown.grown(-margin) == rect


@given(st.lists(rects, min_size=1, max_size=6))
def test_the_union_is_the_smallest_around_all_in_any_order(every: list[Rect]) -> None:
    """Nothing is outside, and each of its sides is some rectangle's."""
    around = union(every)
    assert all(around.encloses(rect) for rect in every)
    assert around.x in {rect.x for rect in every} and around.y in {rect.y for rect in every}
    assert around.right in {rect.right for rect in every}
    assert around.bottom in {rect.bottom for rect in every}
    assert union(reversed(every)) == around == union([around, *every])


@given(st.lists(rects, min_size=1, max_size=4), whole, whole)
def test_a_union_moves_with_what_is_in_it(every: list[Rect], dx: int, dy: int) -> None:
    """Nothing about it depends on where the origin is."""

    def moved(rect: Rect) -> Rect:
        return rect._replace(x=rect.x + dx, y=rect.y + dy)

    assert union(map(moved, every)) == moved(union(every))
