"""Where cards stand: anywhere, or in the grids of their types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from .graph import Graph
from .rect import Rect, union


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


class FreePlaces(Places):
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


class GridPlaces(Places):
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
