"""Lanes of any catalog: what stands where, and that every line ends at what it joins."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.layout.sample import any_catalog, catalog, layered

from plugscope.boot import Catalog
from plugscope.layout import Edges, Graph, Picture, Rect, add_spokes, lane_picture
from plugscope.layout.lanes import layer_gap, type_layers
from plugscope.layout.layer import strong_components

sizes = st.integers(1, 700)
type_counts = st.integers(1, 40)


def check_curves(drawn: Picture, edges: Edges) -> None:
    """Each starts on the left side of its tail and ends on the right side of its head, inside the bounds."""
    for number in range(len(edges)):
        points = edges.curve(number)
        tail, head = drawn.rect(edges.tails[number]), drawn.rect(edges.heads[number])
        assert points[0] == tail.x and tail.y < points[1] < tail.bottom
        assert points[-2] == head.right and head.y < points[-1] < head.bottom
        assert edges.heads[number] == drawn.graph.type_node(edges.types[number])


@settings(max_examples=40)
@given(any_catalog)
def test_every_line_ends_at_what_it_joins(some: Catalog) -> None:
    """Rings, nameless types and what requires all are drawn as well."""
    drawn = lane_picture(Graph(some))
    check_curves(drawn, drawn.edges)
    check_curves(drawn, drawn.bundles)
    bounds = drawn.bounds.grown(0.01)
    assert all(bounds.encloses(dots) for dots in drawn.bundles.extent())
    assert all(bounds.encloses(box.rect) for box in drawn.boxes)


@settings(max_examples=40)
@given(any_catalog)
def test_there_is_a_line_for_each_required_type_of_others(some: Catalog) -> None:
    """One from each plugin, and a bundle from each type that counts them; a type's own box is around it already."""
    graph = Graph(some)
    drawn = lane_picture(graph)
    wanted = [
        (node, graph.type_node(type_))
        for node in range(graph.size)
        for type_ in graph.wants[node]
        if type_ != graph.type_of[node]
    ]
    assert list(zip(drawn.edges.tails, drawn.edges.heads, strict=True)) == wanted
    bundles: dict[tuple[int, int], int] = {}
    for node, head in wanted:
        ends = graph.type_node(graph.type_of[node]), head
        bundles[ends] = bundles.get(ends, 0) + 1
    drawn_bundles = zip(drawn.bundles.tails, drawn.bundles.heads, drawn.bundles.counts, strict=True)
    assert {(tail, head): count for tail, head, count in drawn_bundles} == bundles


@settings(max_examples=40)
@given(any_catalog)
def test_what_is_required_has_an_earlier_layer(some: Catalog) -> None:
    """Types of one ring share theirs; nothing else that requires another does."""
    graph = Graph(some)
    layers = type_layers(graph)
    needs = [[head for tail, head in graph.type_edges if tail == type_] for type_ in range(len(graph.types))]
    component, _ = strong_components(needs)
    for tail, head in graph.type_edges:
        assert layers[head] < layers[tail] or component[head] == component[tail]
    assert set(layers) == set(range(len(set(layers))))


@settings(max_examples=15)
@given(sizes, type_counts, st.integers(0, 5))
def test_layers_stand_beside_each_other(size: int, types: int, seed: int) -> None:
    """Between two layers is room for lines, unless a long chain went on below; boxes never overlap."""
    graph = Graph(layered(size, types, seed))
    drawn = lane_picture(graph)
    layers, gap = type_layers(graph), layer_gap(graph)
    rows = {box.rect.y for box in drawn.boxes if layers[box.type] == 0}
    for one in drawn.boxes:
        for other in drawn.boxes:
            if one.type < other.type:
                assert not one.rect.grown(-0.01).touches(other.rect.grown(-0.01))
            if layers[one.type] < layers[other.type] and len(rows) == 1:
                assert one.rect.right + gap <= other.rect.x + 0.01 or other.rect.y > one.rect.y
    assert drawn.bounds.width <= 20 * drawn.bounds.height


@settings(max_examples=15)
@given(any_catalog)
def test_the_same_catalog_has_the_same_lanes(some: Catalog) -> None:
    """Positions are for remembering: nothing depends on an address or a hash."""
    one, other = lane_picture(Graph(some)), lane_picture(Graph(some))
    assert one.boxes == other.boxes
    assert one.bounds == other.bounds
    assert one.edges == other.edges and one.bundles == other.bundles


def test_lines_are_spread_over_a_box_in_the_order_of_where_they_lead() -> None:
    """Crossing right at the box would be for nothing."""
    declared = (
        *((f"x.base{n}.v1", "one", ()) for n in range(4)),
        ("x.top.v1", "top", ("x.base2.v1", "x.base0.v1", "x.base3.v1", "x.base1.v1")),
    )
    drawn = lane_picture(Graph(catalog(tuple(declared))))
    ends = [
        (drawn.rect(drawn.bundles.heads[n]).y, drawn.bundles.curve(n)[1]) for n in range(len(drawn.bundles))
    ]
    ordered = sorted(ends)
    leaving = [y for _, y in ordered]
    assert leaving == sorted(leaving) and len(set(leaving)) == 4
    box = drawn.rect(drawn.graph.type_node(4))
    middle = sum(leaving) / 4
    assert abs(middle - box.middle[1]) < 0.01


def test_many_types_of_a_layer_stand_in_sub_columns() -> None:
    """Two hundred types that require nothing are no tower."""
    bounds = lane_picture(Graph(catalog(tuple((f"x.t{n}.v1", "one", ()) for n in range(200))))).bounds
    assert bounds.height < 2 * bounds.width < 12 * bounds.height


def test_a_spoke_arrives_at_the_height_of_its_card() -> None:
    """As far as the box goes: a straight line is the shortest."""
    declared = (*(("x.base.v1", f"b{n}", ()) for n in range(12)), ("x.top.v1", "top", ("x.base.v1",)))
    drawn = lane_picture(Graph(catalog(tuple(declared))))
    edges = Edges()
    add_spokes(edges, drawn, 12)
    add_spokes(edges, drawn, 0)
    (arrives,) = [edges.curve(n)[-1] for n in range(len(edges))]
    card, box = drawn.rect(12), drawn.rect(drawn.graph.type_node(0))
    assert arrives == min(max(card.middle[1], box.y + 14), box.bottom - 14)
    assert isinstance(box, Rect) and box.y < arrives < box.bottom
