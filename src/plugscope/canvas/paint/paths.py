"""Packed curves to painter paths, without a Python object an edge."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

from plugscope.layout import Edges

_MOVE, _CURVE, _CURVE_DATA = 0, 2, 3
_FEW = 24


def path_of(edges: Edges, chosen: Iterable[int] | None = None) -> QPainterPath:
    """One path with the chosen edges, or all of them."""
    numbers = range(len(edges)) if chosen is None else list(chosen)
    if len(numbers) <= _FEW:
        return _drawn(edges, numbers)
    return _streamed(edges, numbers)


def _drawn(edges: Edges, numbers: Iterable[int]) -> QPainterPath:
    path = QPainterPath()
    for number in numbers:
        add_curve(path, edges.curve(number))
    return path


def add_curve(path: QPainterPath, points: array[float] | list[float]) -> None:
    """Append a start and cubic pieces."""
    path.moveTo(points[0], points[1])
    for place in range(2, len(points) - 5, 6):
        path.cubicTo(*points[place : place + 6])


def _streamed(edges: Edges, numbers: Iterable[int]) -> QPainterPath:
    """Through QPainterPath's own serialised form: big-endian (type, x, y) elements."""
    pieces: list[bytes] = []
    count = 0
    points, starts = edges.points, edges.starts
    for number in numbers:
        first, last = starts[number], starts[number + 1]
        size = (last - first) // 2
        values: list[float] = []
        for place in range(first, last, 2):
            step = (place - first) // 2
            kind = _MOVE if not step else _CURVE if step % 3 == 1 else _CURVE_DATA
            values += (kind, points[place], points[place + 1])
        pieces.append(_element(size).pack(*values))
        count += size
    data = struct.pack(">i", count) + b"".join(pieces) + struct.pack(">ii", 0, 0)
    path = QPainterPath()
    stream = QDataStream(QByteArray(data))
    stream >> path
    return path


_elements: dict[int, struct.Struct] = {}


def _element(size: int) -> struct.Struct:
    packer = _elements.get(size)
    if packer is None:
        packer = _elements[size] = struct.Struct(">" + "idd" * size)
    return packer
