"""Which edges may cross a part of the picture, so that repainting one card does not walk along all of them."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator

from plugscope.layout import Edges, Rect

_BUCKETS = 32
_PIECES = 8
"""Each cubic piece is followed in so many steps."""


class EdgeIndex:
    """Buckets over the picture, each with the edges that pass through it."""

    def __init__(self, edges: Edges, bounds: Rect) -> None:
        self._edges = edges
        self._x, self._y = bounds.x, bounds.y
        self._step_x = max(bounds.width / _BUCKETS, 1.0)
        self._step_y = max(bounds.height / _BUCKETS, 1.0)
        self._buckets: dict[tuple[int, int], list[int]] = {}
        for number in range(len(edges)):
            passed: set[tuple[int, int]] = set()
            for x0, y0, x1, y1 in _steps(edges.curve(number)):
                passed.update(self._touched(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            for bucket in passed:
                self._buckets.setdefault(bucket, []).append(number)

    def near(self, area: Rect) -> list[int]:
        """The edges that pass through the buckets of an area."""
        buckets = self._touched(area.x, area.y, area.right, area.bottom)
        return sorted({number for bucket in buckets for number in self._buckets.get(bucket, ())})

    def at(self, x: float, y: float, reach: float) -> int:
        """The edge that passes a point most closely, no farther away than ``reach``; or -1."""
        nearest, found = reach, -1
        for number in self.near(Rect(x - reach, y - reach, 2 * reach, 2 * reach)):
            for step in _steps(self._edges.curve(number)):
                distance = _distance(x, y, *step)
                if distance < nearest:
                    nearest, found = distance, number
        return found

    def _touched(self, left: float, top: float, right: float, bottom: float) -> list[tuple[int, int]]:
        columns = range(self._column(left), self._column(right) + 1)
        rows = range(self._row(top), self._row(bottom) + 1)
        return [(column, row) for column in columns for row in rows]

    def _column(self, x: float) -> int:
        return min(max(int((x - self._x) // self._step_x), 0), _BUCKETS)

    def _row(self, y: float) -> int:
        return min(max(int((y - self._y) // self._step_y), 0), _BUCKETS)


def _steps(points: array[float]) -> Iterator[tuple[float, float, float, float]]:
    """A curve as short straight lines."""
    x, y = points[0], points[1]
    for place in range(0, len(points) - 7, 6):
        x0, y0, x1, y1, x2, y2, x3, y3 = points[place : place + 8]
        for step in range(1, _PIECES + 1):
            t = step / _PIECES
            u = 1 - t
            a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            next_x, next_y = a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3
            yield x, y, next_x, next_y
            x, y = next_x, next_y


def _distance(x: float, y: float, x0: float, y0: float, x1: float, y1: float) -> float:
    """From a point to a straight piece."""
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    along = 0.0 if not length else min(max(((x - x0) * dx + (y - y0) * dy) / length, 0.0), 1.0)
    return math.hypot(x - x0 - along * dx, y - y0 - along * dy)
