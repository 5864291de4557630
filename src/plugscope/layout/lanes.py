"""The picture that is there at once, for any size: each type a box, layered from left to right.

Linear in registrations and requirements; rings are welcome. Graphviz's picture replaces it when it comes.
"""

from __future__ import annotations

from collections.abc import Sequence

from .card import widths
from .curve import requirement
from .graph import Graph
from .grid import GAP, box_size, columns_for, make_box
from .layer import layers_of
from .picture import Box, Edges, GridPlaces, Picture, union

SINGLE_EDGES = 300
"""Up to so many plugins each requirement is drawn; above, types are joined and single lines are asked for."""

_ASPECT = 1.7


def lanes(graph: Graph) -> Picture:
    """Lay the graph out in process."""
    boxes = _boxes(graph)
    return boxed_picture("lanes", graph, boxes)


def boxed_picture(kind: str, graph: Graph, boxes: Sequence[Box], bundles: Edges | None = None) -> Picture:
    """A picture of boxes that stand somewhere; joins them unless it is told how."""
    bounds = union(box.rect for box in boxes)
    picture = Picture(kind, graph, GridPlaces(graph, boxes), bounds, boxes=tuple(boxes))
    picture.bundles = _bundles(graph, boxes) if bundles is None else bundles
    if graph.size <= SINGLE_EDGES:
        picture.edges = _single_edges(graph, picture)
    return picture


def _boxes(graph: Graph) -> list[Box]:
    needs: list[list[int]] = [[] for _ in graph.types]
    for tail, head in graph.type_edges:
        if tail != head:
            needs[tail].append(head)
    layers: list[list[int]] = []
    for type_, layer in enumerate(layers_of(needs)):
        while len(layers) <= layer:
            layers.append([])
        layers[layer].append(type_)
    return _Shelf(graph, needs).fill(layers)


class _Shelf:
    """Puts layers beside each other; types of a layer below each other, in sub-columns where they are many."""

    def __init__(self, graph: Graph, needs: Sequence[Sequence[int]]) -> None:
        self.graph = graph
        self.needs = needs
        self.widths = widths(graph)
        self.sizes = [len(members) for members in graph.members]
        area = sum(
            width * height
            for width, height in (box_size(n, 1, w) for n, w in zip(self.sizes, self.widths, strict=True))
        )
        self.height = max((1.6 * area / _ASPECT) ** 0.5, 520.0)
        self.layer_gap = 72.0 + 7.0 * graph.size**0.5
        self.boxes: dict[int, Box] = {}

    def fill(self, layers: Sequence[Sequence[int]]) -> list[Box]:
        x = y = row_bottom = 0.0
        row_width = max(4 * self.height * _ASPECT, 12_000.0)
        for layer in layers:
            if x > row_width:
                # A long chain of types goes on below, like lines of text.
                x, y = 0.0, row_bottom + self.layer_gap
            right, bottom = self._fill_layer(self._ordered(layer), x, y)
            row_bottom = max(row_bottom, bottom)
            x = right + self.layer_gap
        return [self.boxes[type_] for type_ in range(len(self.sizes))]

    def _ordered(self, layer: Sequence[int]) -> list[int]:
        """Near the middle of what they require, so that lines stay short; else in order of registration."""

        def wish(type_: int) -> float:
            heights = [self.boxes[n].rect.middle[1] for n in self.needs[type_] if n in self.boxes]
            return sum(heights) / len(heights) if heights else 0.0

        return sorted(layer, key=wish)

    def _fill_layer(self, layer: Sequence[int], left: float, top: float) -> tuple[float, float]:
        x, y, right, bottom = left, top, left, top
        gap = 2 * GAP
        for type_ in layer:
            size, card_width = self.sizes[type_], self.widths[type_]
            columns = columns_for(size, self.height)
            height = box_size(size, columns, card_width)[1]
            if y > top and y + height > top + self.height:
                x, y = right + gap, top
            box = make_box(type_, size, columns, card_width, x, y)
            self.boxes[type_] = box
            y = box.rect.bottom + gap
            right, bottom = max(right, box.rect.right), max(bottom, box.rect.bottom)
        return right, bottom


def _bundles(graph: Graph, boxes: Sequence[Box]) -> Edges:
    edges = Edges()
    for (tail, head), count in graph.type_edges.items():
        points = requirement(boxes[tail].rect, boxes[head].rect)
        edges.add(graph.type_node(tail), graph.type_node(head), head, points, count)
    return edges


def _single_edges(graph: Graph, picture: Picture) -> Edges:
    edges = Edges()
    for position in range(graph.size):
        add_spokes(edges, picture, position)
    return edges


def add_spokes(edges: Edges, picture: Picture, position: int) -> None:
    """Add the lines from a plugin's card to the boxes of the types it requires."""
    graph, boxes = picture.graph, picture.boxes
    card = picture.rect(position)
    for type_ in graph.wants[position]:
        box = boxes[type_].rect
        head_y = min(max(card.y + card.height / 2, box.y + 14), box.bottom - 14)
        points = requirement(card, box, head_y=box.y + box.height / 2 if box.height < 28 else head_y)
        edges.add(position, graph.type_node(type_), type_, points)
