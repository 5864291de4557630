"""Layers of a directed graph that may have rings: whoever stands in one layer requires only earlier ones."""

from __future__ import annotations

from collections.abc import Sequence


def layers_of(needs: Sequence[Sequence[int]]) -> list[int]:
    """For each node its layer from 0, by the longest path; the nodes of a ring share one.

    ``needs[n]`` are the nodes that ``n`` requires. Linear in nodes and edges, and not recursive: a chain of a
    hundred thousand is no deeper than ten.
    """
    component, components = strong_components(needs)
    layer_of_component = [0] * len(components)
    for number, members in enumerate(components):
        layer_of_component[number] = max(
            (
                layer_of_component[component[head]] + 1
                for node in members
                for head in needs[node]
                if component[head] != number
            ),
            default=0,
        )
    return [layer_of_component[number] for number in component]


def strong_components(needs: Sequence[Sequence[int]]) -> tuple[list[int], list[list[int]]]:
    """Tarjan's algorithm: each node's component, and the components, required ones first."""
    size = len(needs)
    index, low = [-1] * size, [0] * size
    component = [-1] * size
    components: list[list[int]] = []
    waiting: list[int] = []
    count = 0
    for root in range(size):
        if index[root] >= 0:
            continue
        path: list[tuple[int, int]] = [(root, 0)]
        while path:
            node, turn = path.pop()
            if not turn:
                index[node] = low[node] = count
                count += 1
                waiting.append(node)
            heads = needs[node]
            while turn < len(heads):
                head = heads[turn]
                if index[head] < 0:
                    path.append((node, turn + 1))
                    path.append((head, 0))
                    break
                if component[head] < 0:
                    low[node] = min(low[node], index[head])
                turn += 1
            else:
                _close(node, index, low, component, components, waiting)
                if path:
                    parent = path[-1][0]
                    low[parent] = min(low[parent], low[node])
    return component, components


def _close(
    node: int,
    index: list[int],
    low: list[int],
    component: list[int],
    components: list[list[int]],
    waiting: list[int],
) -> None:
    """All that ``node`` reaches is seen: if nothing leads further back, what waits above it is a component."""
    if low[node] != index[node]:
        return
    members: list[int] = []
    while True:
        member = waiting.pop()
        component[member] = len(components)
        members.append(member)
        if member == node:
            break
    components.append(members)
