"""A picture: where everything stands, as plain numbers. Whoever draws it adds colours.

Coordinates are those of a screen, y downwards, in pixels at 100%. Boot flows to the right: what is required
stands left of what requires it.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field

from .edges import Edges
from .geometry import Box, Places
from .graph import Graph
from .rect import Rect


class Hub(NamedTuple):
    """A pill for a required type, between the plugins that require it and its several providers."""

    type: int
    rect: Rect


class Picture(Struct):
    """Geometry for a graph. ``kind`` is ``dot`` (made by Graphviz) or ``lanes`` (made at once, in process).

    ``boxes`` are there in pictures that gather each type in a grid, in the order of the graph's types; ``hubs``
    in the others. ``edges`` holds single requirements; above some hundred plugins it is empty and ``bundles``
    joins whole types instead.
    """

    kind: str
    graph: Graph
    places: Places
    bounds: Rect
    edges: Edges = field(default_factory=Edges)
    bundles: Edges = field(default_factory=Edges)
    hubs: tuple[Hub, ...] = ()
    boxes: tuple[Box, ...] = ()

    def rect(self, node: int) -> Rect:
        """The rectangle of any node: card, ghost, or what stands for a type."""
        first_type = self.graph.first_type_node
        if node < first_type:
            return self.places.rect(node)
        if self.boxes:
            return self.boxes[node - first_type].rect
        return next(hub.rect for hub in self.hubs if hub.type == node - first_type)

    def node_at(self, x: float, y: float) -> int:
        """The node at a point, or -1: a card or ghost, else the hub or box that stands for a type."""
        card = self.places.at(x, y)
        if card >= 0:
            return card
        for kind in (self.hubs, self.boxes):
            for place in kind:
                if place.rect.contains(x, y):
                    return self.graph.first_type_node + place.type
        return -1
