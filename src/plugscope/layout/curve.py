"""The curves that join things in pictures laid out by us."""

from __future__ import annotations

from .rect import Rect


def requirement(
    tail: Rect, head: Rect, tail_y: float | None = None, head_y: float | None = None, bow: float = 0.0
) -> list[float]:
    """A curve from the left side of whoever requires to the right side of what it requires.

    Where the required one does not stand to the left (rings, a type of one's own), it leaves to the left all the
    same and comes back around. Heights are the middles where none are given; ``bow`` lifts the middle by
    that share of the length.
    """
    x0, y0 = tail.x, tail.y + tail.height / 2 if tail_y is None else tail_y
    x1, y1 = head.right, head.y + head.height / 2 if head_y is None else head_y
    pull = max(abs(x0 - x1) * 0.45, 24.0)
    rise = bow * abs(x0 - x1)
    return [x0, y0, x0 - pull, y0 - rise, x1 + pull, y1 - rise, x1, y1]
