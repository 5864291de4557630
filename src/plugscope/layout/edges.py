"""Edges: curves, packed."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from msgspec import Struct, field

from .rect import Rect


class Edges(Struct):
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
