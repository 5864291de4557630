"""Which edges a focus brings out: those on the way to what it requires, and to who requires it."""

from __future__ import annotations

from collections.abc import Iterable

from plugscope.canvas.scene import Focus
from plugscope.layout import Edges, Picture


def emphasised(picture: Picture, edges: Edges, focus: Focus) -> tuple[list[int], list[int]]:
    """The numbers of the edges that lead upstream, and of those that lead downstream."""
    graph = picture.graph
    first = graph.first_type_node
    up_tails, up_heads = focus.centre | focus.up, focus.up
    down_tails, down_heads = focus.down, focus.centre | focus.down
    is_up = _Ends(picture, up_tails, up_heads)
    is_down = _Ends(picture, down_tails, down_heads)
    up: list[int] = []
    down: list[int] = []
    for number in range(len(edges)):
        tail, head = edges.tails[number], edges.heads[number]
        if is_up.join(tail, head, edges.types[number], first):
            up.append(number)
        elif is_down.join(tail, head, edges.types[number], first):
            down.append(number)
    return up, down


class _Ends:
    """Cards that may stand at the two ends of an edge, and the types they belong to."""

    def __init__(self, picture: Picture, tails: frozenset[int], heads: frozenset[int]) -> None:
        graph = picture.graph
        self.tails, self.heads = tails, heads
        self.wanting_types = {graph.type_of[n] for n in tails if n < graph.size}
        self.wanted = {type_ for n in tails if n < graph.size for type_ in graph.wants[n]}
        self.found = {graph.type_of[n] for n in heads}
        self.boxed = bool(picture.boxes)

    def join(self, tail: int, head: int, type_: int, first_type_node: int) -> bool:
        """Whether an edge (of the required type ``type_``) leads from one to the other."""
        if type_ not in self.wanted or type_ not in self.found:
            return False
        if tail < first_type_node:
            if tail not in self.tails:
                return False
        elif self.boxed and tail - first_type_node not in self.wanting_types:
            return False
        return head >= first_type_node or head in self.heads


def incident(picture: Picture, edges: Edges, nodes: Iterable[int]) -> list[int]:
    """The edges at these nodes, and beyond a pill those that go on to the other side of it."""
    graph = picture.graph
    first = graph.first_type_node
    wanted = set(nodes)
    at_hub = {graph.type_of[n] for n in wanted if n < first} | {n - first for n in wanted if n >= first}
    wants = {type_ for n in wanted if n < graph.size for type_ in graph.wants[n]}
    found: list[int] = []
    for number in range(len(edges)):
        tail, head, type_ = edges.tails[number], edges.heads[number], edges.types[number]
        beyond_tail = tail >= first and not picture.boxes and type_ in wants
        beyond_head = head >= first and type_ in at_hub
        if tail in wanted or head in wanted or beyond_tail or beyond_head:
            found.append(number)
    return found
