"""A picture: where everything stands, as plain numbers. Whoever draws it adds colours.

Coordinates are those of a screen, y downwards, in pixels at 100%. Boot flows to the right: what is required
stands left of what requires it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from .graph import Graph


class Rect(NamedTuple):
    """A rectangle by its left top corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def touches(self, other: Rect) -> bool:
        """Whether the two share any point."""
        return (
            self.x <= other.right
            and other.x <= self.right
            and self.y <= other.bottom
            and other.y <= self.bottom
        )

    def contains(self, x: float, y: float) -> bool:
        """Whether the point is in it."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def encloses(self, other: Rect) -> bool:
        """Whether all of the other is in it."""
        return self.contains(other.x, other.y) and self.contains(other.right, other.bottom)

    def grown(self, margin: float) -> Rect:
        """The same with a margin on all sides."""
        return Rect(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)


def union(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around all; an empty one at the origin if there is none."""
    every = list(rects)
    if not every:
        return Rect(0, 0, 0, 0)
    left, top = min(r.x for r in every), min(r.y for r in every)
    return Rect(left, top, max(r.right for r in every) - left, max(r.bottom for r in every) - top)


class Hub(NamedTuple):
    """A pill for a required type, between the plugins that require it and its several providers."""

    type: int
    rect: Rect


class Box(NamedTuple):
    """A type with its members in a grid, row by row. ``cell`` is a card with its share of the gaps."""

    type: int
    rect: Rect
    grid: Rect
    columns: int
    cell: tuple[float, float]
    card: tuple[float, float]

    def card_rect(self, slot: int) -> Rect:
        """Where the card of the member number ``slot`` stands."""
        row, column = divmod(slot, self.columns)
        return Rect(self.grid.x + column * self.cell[0], self.grid.y + row * self.cell[1], *self.card)

    def slot_at(self, x: float, y: float) -> int:
        """The number of the card at a point, or -1. It may be past the last member."""
        column, across = divmod(x - self.grid.x, self.cell[0])
        row, down = divmod(y - self.grid.y, self.cell[1])
        if across > self.card[0] or down > self.card[1] or row < 0 or not 0 <= column < self.columns:
            return -1
        return int(row) * self.columns + int(column)


@dataclass(slots=True)
class Edges:
    """Curves from whoever requires (tail) to what it requires (head), packed.

    Edge ``i`` has the points ``points[starts[i]:starts[i + 1]]``, x and y in turn: a start, then three points a
    cubic piece. Tails and heads are nodes of the graph, ``types`` the required types, ``counts`` how many
    requirements an edge stands for.
    """

    points: array[float] = field(default_factory=lambda: array("d"))
    starts: array[int] = field(default_factory=lambda: array("i", [0]))
    tails: array[int] = field(default_factory=lambda: array("i"))
    heads: array[int] = field(default_factory=lambda: array("i"))
    types: array[int] = field(default_factory=lambda: array("i"))
    counts: array[int] = field(default_factory=lambda: array("i"))

    def __len__(self) -> int:
        return len(self.tails)

    def add(self, tail: int, head: int, type_: int, points: Sequence[float], count: int = 1) -> None:
        """Append an edge."""
        self.points.extend(points)
        self.starts.append(len(self.points))
        self.tails.append(tail)
        self.heads.append(head)
        self.types.append(type_)
        self.counts.append(count)

    def extent(self) -> list[Rect]:
        """What the curves cover: a rectangle, or none."""
        if not len(self):
            return []
        xs, ys = self.points[::2], self.points[1::2]
        return [Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))]

    def curve(self, edge: int) -> array[float]:
        """The points of an edge."""
        return self.points[self.starts[edge] : self.starts[edge + 1]]


class Places(Protocol):
    """Where the cards stand."""

    def rect(self, node: int) -> Rect:
        """The rectangle of a card or ghost."""

    def at(self, x: float, y: float) -> int:
        """The card or ghost at a point, or -1."""

    def within(self, area: Rect) -> Iterator[int]:
        """The cards and ghosts that touch an area."""

    def placed(self, area: Rect) -> list[tuple[int, Rect]]:
        """The same with their rectangles."""


@dataclass(slots=True)
class Picture:
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


class FreePlaces:
    """Cards that stand anywhere, few enough to look through."""

    def __init__(self, rects: Sequence[Rect]) -> None:
        self._rects = rects

    def rect(self, node: int) -> Rect:
        return self._rects[node]

    def at(self, x: float, y: float) -> int:
        for node, rect in enumerate(self._rects):
            if rect.contains(x, y):
                return node
        return -1

    def within(self, area: Rect) -> Iterator[int]:
        return (node for node, rect in enumerate(self._rects) if rect.touches(area))

    def placed(self, area: Rect) -> list[tuple[int, Rect]]:
        return [(node, rect) for node, rect in enumerate(self._rects) if rect.touches(area)]


class GridPlaces:
    """Cards in the grids of their types: found by arithmetic, at no cost a card."""

    def __init__(self, graph: Graph, boxes: Sequence[Box]) -> None:
        self._graph = graph
        self._boxes = boxes

    def rect(self, node: int) -> Rect:
        graph = self._graph
        return self._boxes[graph.type_of[node]].card_rect(graph.slot_of[node])

    def at(self, x: float, y: float) -> int:
        for box in self.boxes_near(Rect(x, y, 0, 0)):
            slot = box.slot_at(x, y)
            members = self._graph.members[box.type]
            if 0 <= slot < len(members):
                return members[slot]
        return -1

    def within(self, area: Rect) -> Iterator[int]:
        for box in self.boxes_near(area):
            members = self._graph.members[box.type]
            for slots in visible_slots(box, len(members), area):
                for slot in slots:
                    yield members[slot]

    def placed(self, area: Rect) -> list[tuple[int, Rect]]:
        found: list[tuple[int, Rect]] = []
        for box in self.boxes_near(area):
            members = self._graph.members[box.type]
            (left, top, _, _), (step_x, step_y), (width, height) = box.grid, box.cell, box.card
            for slots in visible_slots(box, len(members), area):
                y = top + slots.start // box.columns * step_y
                for slot in slots:
                    x = left + slot % box.columns * step_x
                    found.append((members[slot], Rect(x, y, width, height)))
        return found

    def boxes_near(self, area: Rect) -> list[Box]:
        """The boxes that touch an area."""
        return self._index.near(area)

    @cached_property
    def _index(self) -> BoxIndex:
        return BoxIndex(self._boxes)


def visible_slots(box: Box, size: int, area: Rect) -> Iterator[range]:
    """For each row of a box that touches the area, the slots of it that do."""
    cell_width, cell_height = box.cell
    first_row = max(0, int((area.y - box.grid.y) // cell_height))
    last_row = min((size - 1) // box.columns, int((area.bottom - box.grid.y) // cell_height))
    first = max(0, int((area.x - box.grid.x) // cell_width))
    last = min(box.columns - 1, int((area.right - box.grid.x) // cell_width))
    for row in range(first_row, last_row + 1):
        start = row * box.columns
        yield range(start + first, min(start + last + 1, size))


class BoxIndex:
    """Finds boxes by place. Thousands of types with a plugin each are as quick as thirty large ones."""

    _FEW = 64

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = boxes
        self._buckets: dict[tuple[int, int], list[int]] = {}
        if len(boxes) <= self._FEW:
            return
        bounds = union(box.rect for box in boxes)
        side = len(boxes) ** 0.5
        self._step = (max(bounds.width / side, 1.0), max(bounds.height / side, 1.0))
        for number, box in enumerate(boxes):
            for bucket in self._touched(box.rect):
                self._buckets.setdefault(bucket, []).append(number)

    def _touched(self, rect: Rect) -> Iterator[tuple[int, int]]:
        step_x, step_y = self._step
        for column in range(int(rect.x // step_x), int(rect.right // step_x) + 1):
            for row in range(int(rect.y // step_y), int(rect.bottom // step_y) + 1):
                yield column, row

    def near(self, area: Rect) -> list[Box]:
        """The boxes that touch an area."""
        boxes = self._boxes
        if not self._buckets or area.width * area.height > self._step[0] * self._step[1] * len(boxes):
            return [box for box in boxes if box.rect.touches(area)]
        found = {n for bucket in self._touched(area) for n in self._buckets.get(bucket, ())}
        return [boxes[n] for n in sorted(found) if boxes[n].rect.touches(area)]
