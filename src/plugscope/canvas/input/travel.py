"""Going from card to card with the arrow keys: along edges, and up and down a column."""

from __future__ import annotations

from collections.abc import Iterable

from plugscope.layout import Picture, Rect


def along(picture: Picture, node: int, key: str) -> int:
    """The node that an arrow leads to from a node, or -1.

    ``left`` is what it requires, ``right`` who requires it (the nearest of them), ``up`` and ``down`` its
    neighbours in the column. Ghosts are passed by: there is nothing to select.
    """
    graph = picture.graph
    if key == "left":
        return _nearest(picture, node, (n for n in graph.requires_of(node) if n < graph.size))
    if key == "right":
        return _nearest(picture, node, (n for n in graph.requirers_of(node) if n < graph.size))
    return _in_column(picture, node, -1 if key == "up" else 1)


def _nearest(picture: Picture, node: int, others: Iterable[int]) -> int:
    x, y = picture.rect(node).middle

    def distance(other: int) -> float:
        other_x, other_y = picture.rect(other).middle
        return abs(other_x - x) + 2 * abs(other_y - y)

    return min(others, key=distance, default=-1)


def _in_column(picture: Picture, node: int, direction: int) -> int:
    """The nearest card above or below that shares some of its width; farther and farther away."""
    here = picture.rect(node)
    bounds = picture.bounds
    reach = here.height * 3
    while True:
        top = here.y - reach if direction < 0 else here.bottom
        found = [
            (abs(picture.rect(n).y - here.y), n)
            for n in picture.places.within(Rect(here.x, top, here.width, reach))
            if n != node and n < picture.graph.size and (picture.rect(n).y - here.y) * direction > 0
        ]
        if found:
            return min(found)[1]
        if reach > bounds.height:
            return -1
        reach *= 3


def first_of(picture: Picture, area: Rect) -> int:
    """Where travelling begins: the leftmost, then topmost card in an area, else the first of all."""
    size = picture.graph.size
    inside = ((picture.rect(n).x, picture.rect(n).y, n) for n in picture.places.within(area) if n < size)
    return min(inside, default=(0.0, 0.0, 0 if size else -1))[2]
