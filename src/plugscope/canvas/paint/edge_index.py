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
            for bucket in self._passed(edges.curve(number)):
                self._buckets.setdefault(bucket, []).append(number)

    def _passed(self, points: array[float]) -> set[tuple[int, int]]:
        """The buckets that a curve passes. A piece lies between its four points: only a long one is followed."""
        passed: set[tuple[int, int]] = set()
        for place in range(0, len(points) - 7, 6):
            x0, y0, x1, y1, x2, y2, x3, y3 = points[place : place + 8]
            left, top, right, bottom = (
                min(x0, x1, x2, x3),
                min(y0, y1, y2, y3),
                max(x0, x1, x2, x3),
                max(y0, y1, y2, y3),
            )
            if right - left < 2 * self._step_x and bottom - top < 2 * self._step_y:
                passed.update(self._touched(left, top, right, bottom))
                continue
            for x, y, next_x, next_y in _steps(points[place : place + 8]):
                passed.update(self._touched(min(x, next_x), min(y, next_y), max(x, next_x), max(y, next_y)))
        return passed

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
        first_column, first_row = int((left - self._x) / self._step_x), int((top - self._y) / self._step_y)
        last_column, last_row = int((right - self._x) / self._step_x), int((bottom - self._y) / self._step_y)
        if first_column == last_column and first_row == last_row:
            return [(first_column, first_row)]
        columns, rows = range(first_column, last_column + 1), range(first_row, last_row + 1)
        return [(column, row) for column in columns for row in rows]


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
