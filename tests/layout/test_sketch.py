"""What Graphviz is asked, and what becomes of an answer, with the answer made here."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.layout.sample import BOLT, CONTENT, GONE, NATIVE, OVERLAY, TASKS, any_catalog, graph, layered

from plugscope.boot import Catalog
from plugscope.layout import Graph, LayoutError, Rect, Sketch, picture_from, sketch_of
from plugscope.layout.card import HUB_HEIGHT, hub_width, widths
from plugscope.layout.sketch import WHOLE_LIMIT


def answer_to(request: dict[str, Any]) -> dict[str, Any]:
    """Nodes in a row, 400 apart, and for each edge a curve from the one end to the other."""
    middles = [[400.0 * number, 10.0 * number] for number in range(len(request["sizes"]))]
    edges = [
        [*middles[left], *middles[left], *middles[right], *middles[right]] for left, right in request["edges"]
    ]
    return {"token": request["token"], "nodes": middles, "edges": edges}


def joined(sketch: Sketch) -> set[tuple[int, int]]:
    """Who is right of whom: (who requires, what is required)."""
    return {(right, left) for left, right, _ in sketch.edges}


def test_a_single_provider_is_asked_for_directly_and_several_through_a_hub() -> None:
    """In the sample only the two snapshotters share a type."""
    drawn = graph()
    hub = drawn.type_node(drawn.type_index["x.snapshotter.v1"])
    sketch = sketch_of(drawn)
    assert joined(sketch) == {
        (BOLT, CONTENT), (BOLT, hub), (hub, OVERLAY), (hub, NATIVE), (TASKS, BOLT), (TASKS, GONE)
    }  # fmt: skip
    assert sketch.sizes[sketch.nodes.index(hub)][1] == HUB_HEIGHT
    assert len(sketch.nodes) == drawn.first_type_node + 1


@settings(max_examples=50)
@given(any_catalog)
def test_resolved_edges_are_those_of_the_graph(some: Catalog) -> None:
    """No hubs then: each plugin is joined to all it requires, and nothing else."""
    drawn = Graph(some)
    wanted = {
        (node, other)
        for node in range(drawn.size)
        for type_ in drawn.wants[node]
        for other in drawn.members[type_]
        if other != node
    }
    assert joined(sketch_of(drawn, resolved=True)) == wanted


@settings(max_examples=50)
@given(any_catalog)
def test_through_hubs_the_same_plugins_are_reached(some: Catalog) -> None:
    """A hub stands for all providers of a type that somebody requires, and never for one alone."""
    drawn = Graph(some)
    sketch = sketch_of(drawn)
    edges = joined(sketch)
    for node in range(drawn.size):
        for type_ in drawn.wants[node]:
            members = drawn.members[type_]
            hub = drawn.type_node(type_)
            if len(members) == 1:
                assert hub not in sketch.nodes
                assert members == [node] or (node, members[0]) in edges
            else:
                assert (node, hub) in edges
                assert all((hub, member) in edges for member in members)
    required = {type_ for wanted in drawn.wants for type_ in wanted}
    hubs = {node - drawn.first_type_node for node in sketch.nodes if node >= drawn.first_type_node}
    assert hubs == {type_ for type_ in required if len(drawn.members[type_]) != 1}


@settings(max_examples=50)
@given(any_catalog)
def test_nodes_are_asked_for_in_the_order_they_start(some: Catalog) -> None:
    """It decides who stands above whom where nothing else does; each has the size of its card."""
    drawn = Graph(some)
    sketch = sketch_of(drawn)
    assert sketch.nodes[: drawn.size] == drawn.start_order
    cards = widths(drawn)
    for node, (width, _) in zip(sketch.nodes, sketch.sizes, strict=True):
        if node < drawn.first_type_node:
            assert width == cards[drawn.type_of[node]]
        else:
            assert width == hub_width(drawn, node - drawn.first_type_node)


@settings(max_examples=50)
@given(any_catalog, st.booleans())
def test_an_answer_becomes_a_picture_around_its_middles(some: Catalog, resolved: bool) -> None:
    """Graphviz tells middles: cards have left top corners. Curves are turned round, to start at who requires."""
    sketch = sketch_of(Graph(some), resolved=resolved)
    answer = answer_to(sketch.request(7))
    drawn = sketch.picture(json.loads(json.dumps(answer)))
    assert drawn.kind == "dot"
    for node, middle, size in zip(sketch.nodes, answer["nodes"], sketch.sizes, strict=True):
        rect = drawn.rect(node)
        assert (list(rect.middle), (rect.width, rect.height)) == (middle, size)
        assert drawn.bounds.grown(0.001).encloses(rect)
    for number, (left, right, type_) in enumerate(sketch.edges):
        assert (drawn.edges.tails[number], drawn.edges.heads[number]) == (right, left)
        assert drawn.edges.types[number] == type_
        curve = list(drawn.edges.curve(number))
        assert curve[:2] == list(drawn.rect(right).middle)
        assert curve[-2:] == list(drawn.rect(left).middle)
    assert len(drawn.edges) == len(sketch.edges)


def test_a_curve_is_turned_round_point_by_point() -> None:
    """An odd number of pieces, so that no middle point can stay by chance."""
    sketch = sketch_of(graph((("x.a.v1", "a", ()), ("x.b.v1", "b", ("x.a.v1",)))))
    answer = answer_to(sketch.request(0))
    answer["edges"] = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]]
    (points,) = [list(sketch.picture(answer).edges.curve(0))]
    assert points == [12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1]


def test_above_the_limit_types_are_asked_for_with_the_size_of_their_grids() -> None:
    """One plugin more, and it is boxes; the answer moves each box with all its cards."""
    assert not sketch_of(Graph(layered(WHOLE_LIMIT))).boxes
    drawn = Graph(layered(WHOLE_LIMIT + 1))
    sketch = sketch_of(drawn)
    assert sketch.nodes == [drawn.type_node(type_) for type_ in range(len(drawn.types))]
    assert sketch.sizes == [(box.rect.width, box.rect.height) for box in sketch.boxes.values()]
    assert joined(sketch) == {
        (drawn.type_node(tail), drawn.type_node(head)) for tail, head in drawn.type_edges
    }
    answer = answer_to(sketch.request(0))
    picture = sketch.picture(answer)
    for type_, box in enumerate(picture.boxes):
        assert list(box.rect.middle) == pytest.approx(answer["nodes"][type_])
        assert all(box.rect.encloses(picture.rect(member)) for member in drawn.members[type_])
    assert sum(picture.bundles.counts) == sum(map(len, drawn.wants))
    ends = zip(picture.bundles.tails, picture.bundles.heads, picture.bundles.counts, strict=True)
    first = drawn.first_type_node
    assert {(tail - first, head - first): count for tail, head, count in ends} == drawn.type_edges


def test_a_request_is_plain_json_with_places_for_numbers() -> None:
    """The worker knows no graph: its edges point into its own list of sizes."""
    sketch = sketch_of(graph())
    request = sketch.request(41)
    assert json.loads(json.dumps(request))["token"] == 41
    ends = [(sketch.nodes[left], sketch.nodes[right]) for left, right in request["edges"]]
    assert ends == [(left, right) for left, right, _ in sketch.edges]
    assert request["fast"] is False


@pytest.mark.parametrize(("edges", "fast"), [(250, False), (251, True)])
def test_haste_is_asked_for_where_boxes_have_many_edges(edges: int, fast: bool) -> None:
    """Graphviz's full care would take seconds there."""
    bases = tuple((f"x.base{n}.v1", "one", ()) for n in range(25))
    every = tuple(name for name, _, _ in bases)
    tops = tuple((f"x.top{n % 10}.v1", f"p{n}", every) for n in range(WHOLE_LIMIT))
    more = (("x.more.v1", "one", every[: edges - 250]),)
    sketch = sketch_of(graph((*bases, *tops, *more)))
    assert len(sketch.edges) == edges
    assert sketch.request(0)["fast"] is fast


def test_types_joined_in_too_many_ways_are_not_asked_for() -> None:
    """Few types may be too much as well."""
    names = [f"x.t{n}.v1" for n in range(80)]
    dense = tuple((name, f"p{row}", tuple(names[:n])) for n, name in enumerate(names) for row in range(4))
    with pytest.raises(LayoutError, match="too many types"):
        sketch_of(graph(dense))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: answer["nodes"].pop(),
        lambda answer: answer["edges"].pop(),
        lambda answer: answer["edges"].append([0.0] * 8),
        lambda answer: answer["nodes"].__setitem__(0, None),
        lambda answer: answer.pop("nodes"),
    ],
    ids=["a node short", "an edge short", "an edge too many", "no numbers", "no nodes"],
)
def test_half_an_answer_is_no_picture(spoil: Any) -> None:
    """A sentence instead of a picture with cards in the wrong places."""
    sketch = sketch_of(graph())
    answer = answer_to(sketch.request(0))
    assert picture_from(sketch, json.dumps(answer)).kind == "dot"
    spoil(answer)
    with pytest.raises(LayoutError, match="gave no picture"):
        picture_from(sketch, json.dumps(answer))


def test_an_answer_with_an_error_is_that_error() -> None:
    """In the worker's words."""
    with pytest.raises(LayoutError, match=r"^Graphviz: out of memory$"):
        picture_from(sketch_of(graph()), '{"token": 0, "error": "Graphviz: out of memory"}')
    assert isinstance(sketch_of(graph(())).picture({"nodes": [], "edges": []}).bounds, Rect)
