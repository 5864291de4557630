"""Layers: what is required stands in an earlier one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from plugscope.layout.layer import layers_of, strong_components

needs = st.integers(1, 12).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, size - 1), max_size=4), min_size=size, max_size=size)
)


def reaches(graph: list[list[int]], start: int) -> set[int]:
    """All that can be reached, by the plainest way."""
    found: set[int] = set()
    todo = [start]
    while todo:
        for head in graph[todo.pop()]:
            if head not in found:
                found.add(head)
                todo.append(head)
    return found


@settings(deadline=None)
@given(needs)
def test_components_are_those_that_reach_each_other(graph: list[list[int]]) -> None:
    """Compared with plain reachability on random graphs."""
    component, components = strong_components(graph)
    reach = [reaches(graph, node) for node in range(len(graph))]
    for one in range(len(graph)):
        for other in range(len(graph)):
            together = one == other or (other in reach[one] and one in reach[other])
            assert (component[one] == component[other]) == together
    assert sorted(node for members in components for node in members) == list(range(len(graph)))


@settings(deadline=None)
@given(needs)
def test_whatever_is_required_stands_earlier_unless_both_are_in_a_ring(graph: list[list[int]]) -> None:
    """In a ring nobody comes first: all share a layer."""
    layers = layers_of(graph)
    component, _ = strong_components(graph)
    for node, heads in enumerate(graph):
        for head in heads:
            if component[node] == component[head]:
                assert layers[node] == layers[head]
            else:
                assert layers[head] < layers[node]


def test_a_long_chain_is_no_deeper_than_the_stack() -> None:
    """Python's recursion ends at a thousand, registries do not."""
    size = 50_000
    assert layers_of([[n - 1] if n else [] for n in range(size)])[-1] == size - 1


def test_nothing_has_no_layers() -> None:
    """Not one empty layer either."""
    assert layers_of([]) == []
