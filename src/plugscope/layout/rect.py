"""Rectangles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle by its left top corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, as x and y."""
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
