"""What Graphviz is asked: sizes and who stands left of whom. And its answer as a picture.

Requests and answers are plain JSON, because they cross to another process. Edges run here the way boot flows, from
what is required (left) to who requires it (right); pictures have them the other way round.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field

from .card import CARD_HEIGHT, HUB_HEIGHT, hub_width, widths
from .edges import Edges
from .geometry import Box, FreePlaces
from .graph import Graph
from .grid import columns_like, header_height, make_box, moved
from .lanes import boxed_picture, layer_gap, type_layers
from .picture import Hub, Picture
from .rect import Rect, union

WHOLE_LIMIT = 250
"""Up to so many plugins Graphviz places each one; above, types, and the members stand in grids."""
RESOLVED_LIMIT = 100
"""Up to so many plugins the edges may go straight from plugin to plugin."""
_TYPES_LIMIT, _TYPE_EDGES_LIMIT = 400, 2_500
_EASY_EDGES = 250


class LayoutError(Exception):
    """Graphviz gave no picture: a sentence says why."""


class Sketch(Struct):
    """A layout to be made. ``nodes`` are numbers of the graph; ``edges`` hold (left, right, required type)."""

    graph: Graph
    nodes: list[int] = field(default_factory=list)
    sizes: list[tuple[float, float]] = field(default_factory=list)
    edges: list[tuple[int, int, int]] = field(default_factory=list)
    gaps: tuple[float, float] = (14.0, 38.0)
    boxes: dict[int, Box] = field(default_factory=dict)

    def request(self, token: int) -> dict[str, Any]:
        """What the worker reads."""
        number = {node: place for place, node in enumerate(self.nodes)}
        return {
            "token": token,
            "sizes": self.sizes,
            "edges": [[number[left], number[right]] for left, right, _ in self.edges],
            "gaps": self.gaps,
            "fast": len(self.edges) > _EASY_EDGES and bool(self.boxes),
        }

    def picture(self, answer: dict[str, Any]) -> Picture:
        """The picture that the worker's answer describes. Raises ``LayoutError``."""
        if "error" in answer:
            raise LayoutError(str(answer["error"]))
        rects = {
            node: Rect(x - width / 2, y - height / 2, width, height)
            for node, (x, y), (width, height) in zip(self.nodes, answer["nodes"], self.sizes, strict=True)
        }
        edges = Edges()
        for (left, right, type_), points in zip(self.edges, answer["edges"], strict=True):
            edges.add(right, left, type_, _reversed(points))
        if self.boxes:
            return self._boxed(rects, edges)
        first = self.graph.first_type_node
        places = FreePlaces([rects[node] for node in range(first)])
        hubs = tuple(Hub(node - first, rects[node]) for node in self.nodes if node >= first)
        bounds = union([*rects.values(), *edges.extent()])
        return Picture("dot", self.graph, places, bounds, edges, hubs=hubs)

    def _boxed(self, rects: dict[int, Rect], bundles: Edges) -> Picture:
        boxes = []
        for type_, box in self.boxes.items():
            rect = rects[self.graph.type_node(type_)]
            boxes.append(moved(box, rect.x - box.rect.x, rect.y - box.rect.y))
        for number, (left, right, _) in enumerate(self.edges):
            bundles.counts[number] = self.graph.type_edges[
                right - self.graph.first_type_node, left - self.graph.first_type_node
            ]
        return boxed_picture("dot", self.graph, boxes, bundles)


def sketch_of(graph: Graph, *, resolved: bool = False) -> Sketch:
    """What to ask for a graph. Raises ``LayoutError`` where asking would be hopeless."""
    if graph.size <= WHOLE_LIMIT:
        return _whole(graph, resolved=resolved and graph.size <= RESOLVED_LIMIT)
    return _types(graph)


def _whole(graph: Graph, *, resolved: bool) -> Sketch:
    """Every plugin a node, in the order they start: it decides who stands above whom where nothing else does."""
    sketch = Sketch(graph)
    card_widths = widths(graph)
    cards = [*graph.start_order, *range(graph.size, graph.first_type_node)]
    for node in cards:
        sketch.nodes.append(node)
        sketch.sizes.append((card_widths[graph.type_of[node]], CARD_HEIGHT))
    for type_, requirers in enumerate(graph.requirers):
        members = graph.members[type_]
        if not requirers:
            continue
        if resolved or len(members) == 1:
            pairs = ((left, right, type_) for right in requirers for left in members if left != right)
            sketch.edges.extend(pairs)
            continue
        hub = graph.type_node(type_)
        sketch.nodes.append(hub)
        sketch.sizes.append((hub_width(graph, type_), HUB_HEIGHT))
        sketch.edges.extend((left, hub, type_) for left in members)
        sketch.edges.extend((hub, right, type_) for right in requirers)
    return sketch


def _types(graph: Graph) -> Sketch:
    """Every type a node as large as its grid."""
    if len(graph.types) > _TYPES_LIMIT or len(graph.type_edges) > _TYPE_EDGES_LIMIT:
        raise LayoutError("There are too many types for Graphviz to lay out in time.")
    gap = layer_gap(graph)
    sketch = Sketch(graph, gaps=(max(24.0, 0.07 * gap), gap))
    header = header_height(graph.size, len(graph.types))
    layers = 1 + max(type_layers(graph), default=0)
    # Graphviz stacks about types/layers boxes in each layer: of this shape they make a picture like a screen.
    ratio = min(max(1.7 * len(graph.types) / layers**2, 0.25), 4.0)
    for type_, card_width in enumerate(widths(graph)):
        size = len(graph.members[type_])
        box = make_box(type_, size, columns_like(size, card_width, ratio), card_width, header)
        sketch.boxes[type_] = box
        sketch.nodes.append(graph.type_node(type_))
        sketch.sizes.append((box.rect.width, box.rect.height))
    for tail, head in graph.type_edges:
        if tail == head:
            continue
        sketch.edges.append((graph.type_node(head), graph.type_node(tail), head))
    return sketch


def _reversed(points: Sequence[float]) -> array[float]:
    """The same curve from its other end."""
    turned = array("d")
    for place in range(len(points) - 2, -1, -2):
        turned.extend(points[place : place + 2])
    return turned
