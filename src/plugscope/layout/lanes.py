"""The picture that is there at once, for any size: each type a box, layered from left to right.

Linear in registrations and requirements; rings are welcome. Graphviz's picture replaces it when it comes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .card import widths
from .curve import requirement
from .edges import Edges
from .geometry import Box, GridPlaces
from .graph import Graph
from .grid import CELL_HEIGHT, GAP, columns_for, header_height, make_box, moved
from .layer import layers_of
from .picture import Picture
from .rect import Rect, union

SINGLE_EDGES = 250
"""Up to so many plugins each requirement is drawn; above, types are joined and single lines are asked for."""

_ASPECT = 1.7
_LONGEST = 9.0
"""So many times as wide as high a picture may be."""


def lane_picture(graph: Graph) -> Picture:
    """Lay the graph out in process."""
    layers: list[list[int]] = []
    for type_, layer in enumerate(type_layers(graph)):
        while len(layers) <= layer:
            layers.append([])
        layers[layer].append(type_)
    boxes = _Shelf(graph).fill(layers)
    return boxed_picture("lanes", graph, boxes, _bundles(graph, boxes))


def boxed_picture(kind: str, graph: Graph, boxes: Sequence[Box], bundles: Edges) -> Picture:
    """A picture of boxes that stand somewhere, and what joins them."""
    bounds = union([*(box.rect for box in boxes), *bundles.extent()])
    picture = Picture(kind, graph, GridPlaces(graph, boxes), bounds, bundles=bundles, boxes=tuple(boxes))
    if graph.size <= SINGLE_EDGES:
        for position in range(graph.size):
            add_spokes(picture.edges, picture, position)
    return picture


def type_layers(graph: Graph) -> list[int]:
    """For each type its layer, from 0 on the left."""
    return layers_of(_needs(graph))


def layer_gap(graph: Graph) -> float:
    """The room between layers: lines need it, and more of it where one looks from farther away."""
    return 48.0 + 30.0 * math.sqrt(graph.size / max(len(graph.types), 1))


def _needs(graph: Graph) -> list[list[int]]:
    needs: list[list[int]] = [[] for _ in graph.types]
    for tail, head in graph.type_edges:
        if tail != head:
            needs[tail].append(head)
    return needs


class _Shelf:
    """Puts layers beside each other; types of a layer below each other, in sub-columns where they are many."""

    def __init__(self, graph: Graph) -> None:
        self.needs = _needs(graph)
        self.widths = widths(graph)
        self.sizes = [len(members) for members in graph.members]
        self.header = header_height(graph.size, len(graph.types))
        area = sum(
            (width + 3 * GAP) * (size * CELL_HEIGHT + self.header + 2 * GAP)
            for size, width in zip(self.sizes, self.widths, strict=True)
        )
        self.height = max(math.sqrt(1.6 * area / _ASPECT), 620.0)
        self.gap = layer_gap(graph)
        self.boxes: dict[int, Box] = {}

    def fill(self, layers: Sequence[Sequence[int]]) -> list[Box]:
        x = height = 0.0
        starts: list[float] = []
        for layer in layers:
            starts.append(x)
            right, bottom = self._fill_layer(self._ordered(layer), x)
            height = max(height, bottom)
            x = right + self.gap
        if x > _LONGEST * height:
            self._wrap(layers, starts, x, height + self.gap)
        return [self.boxes[type_] for type_ in range(len(self.sizes))]

    def _wrap(
        self, layers: Sequence[Sequence[int]], starts: Sequence[float], length: float, step: float
    ) -> None:
        """A long chain of types goes on below, like lines of text."""
        row_width = math.sqrt(length * step * _ASPECT)
        left = y = 0.0
        for layer, start in zip(layers, starts, strict=True):
            if start - left > row_width:
                left, y = start, y + step
            for type_ in layer:
                self.boxes[type_] = moved(self.boxes[type_], -left, y)

    def _ordered(self, layer: Sequence[int]) -> Sequence[int]:
        """Near the middle of what they require, so that lines stay short; else in order of registration."""
        if len(layer) == 1:
            return layer

        def wish(type_: int) -> float:
            heights = [self.boxes[n].rect.middle[1] for n in self.needs[type_] if n in self.boxes]
            return sum(heights) / len(heights) if heights else 0.0

        return sorted(layer, key=wish)

    def _box(self, type_: int, x: float, y: float) -> Box:
        size = self.sizes[type_]
        columns = columns_for(size, self.height, self.header)
        return make_box(type_, size, columns, self.widths[type_], self.header, x, y)

    def _fill_layer(self, layer: Sequence[int], left: float) -> tuple[float, float]:
        x, y, right, bottom = left, 0.0, left, 0.0
        gap = 2 * GAP
        for type_ in layer:
            box = self._box(type_, x, y)
            if y > 0 and box.rect.bottom > self.height:
                x, y = right + gap, 0.0
                box = self._box(type_, x, y)
            self.boxes[type_] = box
            y = box.rect.bottom + gap
            right, bottom = max(right, box.rect.right), max(bottom, box.rect.bottom)
        return right, bottom


def _bundles(graph: Graph, boxes: Sequence[Box]) -> Edges:
    """One line for each pair of types. At a box they are spread over its side, in the order of where they lead."""
    pairs = [edge for edge in graph.type_edges.items() if edge[0][0] != edge[0][1]]
    leaving: list[list[int]] = [[] for _ in boxes]
    arriving: list[list[int]] = [[] for _ in boxes]
    for number, ((tail, head), _) in enumerate(pairs):
        leaving[tail].append(number)
        arriving[head].append(number)
    tail_y, head_y = [0.0] * len(pairs), [0.0] * len(pairs)
    for type_, box in enumerate(boxes):
        out = sorted(leaving[type_], key=lambda n: boxes[pairs[n][0][1]].rect.y)
        for number, y in zip(out, _ports(box.rect, len(out)), strict=True):
            tail_y[number] = y
        into = sorted(arriving[type_], key=lambda n: boxes[pairs[n][0][0]].rect.y)
        for number, y in zip(into, _ports(box.rect, len(into)), strict=True):
            head_y[number] = y
    edges = Edges()
    for number, ((tail, head), count) in enumerate(pairs):
        points = requirement(boxes[tail].rect, boxes[head].rect, tail_y[number], head_y[number])
        edges.add(graph.type_node(tail), graph.type_node(head), head, points, count)
    return edges


def _ports(rect: Rect, count: int) -> list[float]:
    """Heights along a box, around its middle and not too far apart."""
    step = min(rect.height / (count + 1), max(rect.height / 12, 14.0))
    first = rect.y + rect.height / 2 - step * (count - 1) / 2
    return [first + step * number for number in range(count)]


def add_spokes(edges: Edges, picture: Picture, position: int) -> None:
    """Add the lines from a plugin's card to the boxes of the types it requires; its own box is around it already."""
    graph, boxes = picture.graph, picture.boxes
    card = picture.rect(position)
    own = graph.type_of[position]
    for type_ in graph.wants[position]:
        if type_ == own:
            continue
        box = boxes[type_].rect
        head_y = min(max(card.y + card.height / 2, box.y + 14), box.bottom - 14)
        edges.add(position, graph.type_node(type_), type_, requirement(card, box, head_y=head_y))
