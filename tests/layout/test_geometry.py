"""Cards in grids: found by arithmetic, and the same as by looking through all of them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.layout.sample import any_catalog, layered

from plugscope.boot import Catalog
from plugscope.layout import Box, Graph, Picture, Rect, lane_picture
from plugscope.layout.geometry import BoxIndex, FreePlaces, visible_slots
from plugscope.layout.grid import GAP, make_box, moved

grids = st.builds(
    make_box,
    st.just(0),
    st.integers(1, 30),
    st.integers(1, 7),
    st.sampled_from([112.0, 180.0]),
    st.sampled_from([30.0, 55.0]),
    st.sampled_from([0.0, -250.0, 40.0]),
    st.sampled_from([0.0, 99.0]),
)
shares = st.floats(0, 1)


def slots_touched(box: Box, size: int, area: Rect) -> set[int]:
    """The slots whose cards touch an area, by looking at each."""
    return {slot for slot in range(size) if box.card_rect(slot).touches(area)}


@given(grids, st.data())
def test_the_slot_at_a_card_is_that_card(box: Box, data: st.DataObject) -> None:
    """Anywhere on it: in the middle as well as on its sides."""
    slot = data.draw(st.integers(0, 29))
    card = box.card_rect(slot)
    x = card.x + data.draw(shares) * card.width
    y = card.y + data.draw(shares) * card.height
    assert box.slot_at(x, y) == slot


@given(grids)
def test_between_cards_and_outside_is_no_slot(box: Box) -> None:
    """The gaps are nobody's, and what is left of the first column is not the end of the row above."""
    card, grid = box.card_rect(0), box.grid
    assert box.slot_at(card.right + GAP / 2, card.y + 1) == -1
    assert box.slot_at(card.x + 1, card.bottom + GAP / 2) == -1
    assert box.slot_at(grid.x - 1, card.y + 1) == -1
    assert box.slot_at(card.x + 1, grid.y - 1) == -1
    beyond = grid.x + box.columns * box.cell[0] + 1
    assert box.slot_at(beyond, card.y + 1) == -1


@given(grids, st.integers(1, 30), st.data())
def test_visible_slots_miss_no_card(box: Box, size: int, data: st.DataObject) -> None:
    """They may hold a card that only its gap brings near, but never one past the last member."""
    around = box.rect.grown(60)
    x, y = (
        data.draw(st.floats(low, high)) for low, high in ((around.x, around.right), (around.y, around.bottom))
    )
    area = Rect(x, y, data.draw(st.floats(0, 300)), data.draw(st.floats(0, 300)))
    found = [slot for slots in visible_slots(box, size, area) for slot in slots]
    assert len(found) == len(set(found))
    assert slots_touched(box, size, area) <= set(found) <= slots_touched(box, size, area.grown(GAP + 1))


@settings(max_examples=30)
@given(st.integers(1, 400), st.data())
def test_boxes_are_found_near_an_area_like_by_looking_through_all(count: int, data: st.DataObject) -> None:
    """With few boxes and with many, where buckets are used, in the order of the boxes."""
    per_row = data.draw(st.integers(1, 40))
    boxes = [
        moved(make_box(n, 1 + n % 5, 1 + n % 3, 112.0, 30.0), n % per_row * 420.0, n // per_row * 380.0 - 700)
        for n in range(count)
    ]
    index = BoxIndex(boxes)
    for _ in range(5):
        area = Rect(
            data.draw(st.floats(-500, 6_000)),
            data.draw(st.floats(-1_500, 4_000)),
            data.draw(st.sampled_from([0.0, 10.0, 900.0, 9_000.0])),
            data.draw(st.sampled_from([0.0, 10.0, 900.0, 9_000.0])),
        )
        assert index.near(area) == [box for box in boxes if box.rect.touches(area)]


def test_no_boxes_are_near_nothing() -> None:
    """An empty picture is asked as well."""
    assert BoxIndex([]).near(Rect(0, 0, 1e6, 1e6)) == []


def check_like_free(drawn: Picture, areas: Sequence[Rect]) -> None:
    """Grid places answer what places looked through one by one answer."""
    count = drawn.graph.first_type_node
    free = FreePlaces([drawn.rect(node) for node in range(count)])
    for node in range(count):
        assert drawn.places.at(*free.rect(node).middle) == free.at(*free.rect(node).middle) == node
    for area in areas:
        found = dict(drawn.places.placed(area))
        assert set(free.within(area)) <= set(found)
        assert found == dict(free.placed(area)) | {node: free.rect(node) for node in found}
        assert sorted(drawn.places.within(area)) == sorted(found)
        assert drawn.places.at(area.x, area.y) == free.at(area.x, area.y)


@settings(max_examples=40)
@given(any_catalog, st.data())
def test_grids_answer_like_cards_that_stand_anywhere(catalog: Catalog, data: st.DataObject) -> None:
    """Two ways to keep places: whoever draws or clicks does not see which."""
    drawn = lane_picture(Graph(catalog))
    around = drawn.bounds.grown(20)
    areas = [
        Rect(
            around.x + data.draw(shares) * around.width,
            around.y + data.draw(shares) * around.height,
            data.draw(shares) * around.width,
            data.draw(shares) * around.height,
        )
        for _ in range(4)
    ]
    check_like_free(drawn, areas)


def test_hundreds_of_types_answer_like_cards_that_stand_anywhere() -> None:
    """Here boxes are found through buckets."""
    drawn = lane_picture(Graph(layered(600, types=300)))
    bounds = drawn.bounds
    check_like_free(
        drawn,
        [
            bounds,
            Rect(bounds.x + bounds.width / 3, bounds.y + bounds.height / 4, 500, 300),
            Rect(bounds.x - 80, bounds.y - 80, 90, 90),
            Rect(bounds.right + 1, bounds.bottom + 1, 50, 50),
        ],
    )


def test_where_free_cards_overlap_the_first_is_found() -> None:
    """One answer for each point, always the same."""
    places = FreePlaces([Rect(0, 0, 10, 10), Rect(5, 5, 10, 10)])
    assert [places.at(7, 7), places.at(12, 12), places.at(16, 2)] == [0, 1, -1]
    assert list(places.within(Rect(10, 10, 0, 0))) == [0, 1]
    assert places.placed(Rect(11, 11, 1, 1)) == [(1, Rect(5, 5, 10, 10))]
