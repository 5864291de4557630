"""Finding things in a picture by place."""

import pytest
from tests.layout.sample import graph, layered

from plugscope.layout import Edges, Graph, Picture, Rect, lane_picture, union
from plugscope.layout.host import graphviz_picture


@pytest.fixture(params=["lanes", "dot", "many types"])
def drawn(request: pytest.FixtureRequest) -> Picture:
    """A picture of each kind."""
    if request.param == "lanes":
        return lane_picture(Graph(layered(80)))
    if request.param == "dot":
        return graphviz_picture(graph())
    return lane_picture(Graph(layered(400, types=200)))


def test_a_card_is_found_at_its_middle(drawn: Picture) -> None:
    """By the places and by the picture, in each kind of picture."""
    for node in range(drawn.graph.first_type_node):
        assert drawn.places.at(*drawn.rect(node).middle) == node
        assert drawn.node_at(*drawn.rect(node).middle) == node


def test_nothing_is_found_beyond_the_bounds(drawn: Picture) -> None:
    """However far beyond."""
    bounds = drawn.bounds
    for x, y in ((bounds.x - 5, bounds.y), (bounds.right + 5, bounds.bottom), (1e9, -1e9)):
        assert drawn.node_at(x, y) == -1


def test_an_area_holds_exactly_the_cards_that_touch_it(drawn: Picture) -> None:
    """A rubber band and a repaint both rest on it."""
    bounds = drawn.bounds
    areas = (
        Rect(bounds.x, bounds.y, bounds.width / 2, bounds.height / 3),
        Rect(bounds.x + bounds.width / 3, bounds.y + bounds.height / 3, 40, 40),
        bounds,
    )
    for area in areas:
        wanted = {n for n in range(drawn.graph.first_type_node) if drawn.rect(n).touches(area)}
        found = set(drawn.places.within(area))
        # A grid may answer a card beside the area as well, within its gap.
        assert wanted <= found
        assert all(drawn.rect(node).grown(13).touches(area) for node in found)
        assert dict(drawn.places.placed(area)) == {node: drawn.rect(node) for node in found}


def test_what_stands_for_a_type_is_found(drawn: Picture) -> None:
    """A pill in one kind of picture, a box in the other."""
    for kind in (drawn.hubs, drawn.boxes):
        for place in kind:
            assert drawn.rect(drawn.graph.type_node(place.type)) == place.rect
            assert drawn.node_at(place.rect.x + 1, place.rect.y + place.rect.height / 2) >= 0


def test_edges_are_packed_and_found_again() -> None:
    """Curves of different length in one array."""
    edges = Edges()
    edges.add(1, 2, 0, [0, 0, 1, 1, 2, 2, 3, 3])
    edges.add(2, 3, 1, [5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 9, 9, 10, 12], count=4)
    assert len(edges) == 2
    assert list(edges.curve(0)) == [0, 0, 1, 1, 2, 2, 3, 3]
    assert len(edges.curve(1)) == 14
    assert edges.extent() == [Rect(0, 0, 10, 12)]


def test_the_union_of_nothing_is_empty() -> None:
    """At the origin, so that it can be added to."""
    assert union([]) == Rect(0, 0, 0, 0)
    assert union([Rect(1, 2, 3, 4), Rect(-1, 0, 1, 1)]) == Rect(-1, 0, 5, 6)
