"""Whatever a catalog holds, there is a graph and a picture of it."""

import itertools

from hypothesis import given, settings
from tests.layout.sample import any_catalog

from plugscope.boot import Catalog
from plugscope.layout import Graph, lane_picture, sketch_of


@settings(deadline=None, max_examples=60)
@given(any_catalog)
def test_every_registration_has_a_place_of_its_own(catalog: Catalog) -> None:
    """Even two of the same URI: no two cards overlap, and each is found at its middle."""
    drawn = lane_picture(Graph(catalog))
    rects = [drawn.rect(node) for node in range(drawn.graph.first_type_node)]
    assert len(rects) >= len(catalog.entries)
    for one, other in itertools.combinations(rects, 2):
        assert not one.grown(-1).touches(other.grown(-1))
    for node, rect in enumerate(rects):
        assert drawn.node_at(*rect.middle) == node


@settings(deadline=None, max_examples=60)
@given(any_catalog)
def test_up_and_down_are_each_others_way_back(catalog: Catalog) -> None:
    """Whoever one requires is required by one."""
    graph = Graph(catalog)
    for node in range(graph.size):
        for other in graph.requires_of(node):
            assert node in graph.requirers_of(other)
        for other in graph.requirers_of(node):
            assert node in graph.requires_of(other)


@settings(deadline=None, max_examples=60)
@given(any_catalog)
def test_graphviz_is_asked_about_nodes_that_exist(catalog: Catalog) -> None:
    """Each once; an edge to a number beyond the list would end the worker."""
    for resolved in (False, True):
        sketch = sketch_of(Graph(catalog), resolved=resolved)
        request = sketch.request(1)
        assert len(request["sizes"]) == len(set(sketch.nodes)) == len(sketch.nodes)
        assert all(0 <= end < len(sketch.nodes) for edge in request["edges"] for end in edge)
