"""The picture that is there at once."""

import itertools

import pytest
from tests.layout.sample import BOLT, CONTENT, OVERLAY, RING, TASKS, catalog, graph, layered, picture

from plugscope.boot import Catalog
from plugscope.layout import Graph, Picture, Rect, lane_picture
from plugscope.layout.lanes import SINGLE_EDGES


def cards(drawn: Picture) -> list[Rect]:
    """The rectangles of all cards and ghosts."""
    return [drawn.rect(node) for node in range(drawn.graph.first_type_node)]


def apart(one: Rect, other: Rect) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def test_what_is_required_stands_left() -> None:
    """Boot flows from left to right."""
    drawn = picture()
    assert drawn.rect(CONTENT).right < drawn.rect(BOLT).x
    assert drawn.rect(OVERLAY).right < drawn.rect(BOLT).x
    assert drawn.rect(BOLT).right < drawn.rect(TASKS).x


@pytest.mark.parametrize("size", [6, 60, 400])
def test_no_two_cards_overlap_and_all_are_in_bounds(size: int) -> None:
    """At every size; bounds that are too small would cut an export."""
    drawn = lane_picture(Graph(layered(size)))
    for one, other in itertools.combinations(cards(drawn), 2):
        assert apart(one, other)
    for one, other in itertools.combinations((box.rect for box in drawn.boxes), 2):
        assert apart(one, other)
    bounds = drawn.bounds.grown(0.01)
    assert all(bounds.contains(r.x, r.y) and bounds.contains(r.right, r.bottom) for r in cards(drawn))


def test_cards_stand_in_their_box_under_its_name() -> None:
    """The name must stay readable."""
    drawn = picture()
    for node in range(drawn.graph.first_type_node):
        box = drawn.boxes[drawn.graph.type_of[node]]
        rect = drawn.rect(node)
        assert box.rect.contains(rect.x, rect.y) and box.rect.contains(rect.right, rect.bottom)
        assert rect.y >= box.rect.y + 30


def test_a_ring_has_a_picture() -> None:
    """Its types share a layer, and who needs the ring stands after it."""
    drawn = picture(RING)
    assert drawn.rect(3).x > max(drawn.rect(node).right for node in range(3))
    assert len(drawn.edges) == 4


def test_disabling_moves_nothing() -> None:
    """The picture is of all registrations, whatever a plan leaves out."""
    some = catalog()
    before = cards(lane_picture(Graph(some)))
    some.disabled = ("x.content.v1.content", "x.metadata.v1.bolt")
    assert cards(lane_picture(Graph(some))) == before


def test_each_requirement_is_a_line_while_they_can_be_told_apart() -> None:
    """One from a card to the box of each type it requires; each ends at what is required."""
    drawn = picture()
    assert len(drawn.edges) == 4
    for number in range(len(drawn.edges)):
        curve = drawn.edges.curve(number)
        tail, head = drawn.rect(drawn.edges.tails[number]), drawn.rect(drawn.edges.heads[number])
        assert curve[0] == tail.x and tail.y <= curve[1] <= tail.bottom
        assert curve[-2] == head.right and head.y <= curve[-1] <= head.bottom


def test_many_plugins_are_joined_by_type() -> None:
    """No line is lost by it: bundles count what they stand for."""
    drawn = lane_picture(Graph(layered(SINGLE_EDGES + 1)))
    assert not len(drawn.edges)
    assert sum(drawn.bundles.counts) == sum(map(len, drawn.graph.wants))


def test_a_chain_of_types_goes_on_below() -> None:
    """A line of a thousand boxes would be a hair on the screen."""
    chain = tuple((f"x.t{n}.v1", f"p{n}", (f"x.t{n - 1}.v1",) if n else ()) for n in range(1000))
    bounds = lane_picture(graph(chain)).bounds
    assert bounds.width < 20 * bounds.height


def test_nothing_has_a_picture() -> None:
    """An empty one in which nothing is found."""
    drawn = lane_picture(Graph(Catalog([])))
    assert drawn.bounds == Rect(0, 0, 0, 0)
    assert drawn.node_at(0, 0) == -1
