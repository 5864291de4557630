"""Status marks: a shape for each outcome, drawn so that it is told apart without its colour."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from plugscope.session import Look, OutcomeLook, Theme, contrast, mixed

_SOLID = {Look.ERROR, Look.VICTIM, Look.MAY}
_HOLLOW = {Look.DISABLED, Look.NOT_REACHED, Look.ABSENT, Look.PENDING}


def draw_mark(painter: QPainter, theme: Theme, look: Look, x: float, y: float, size: float) -> None:
    """Draw the mark of an outcome with its middle at a point.

    Failures are solid, so that they are seen first; what did not happen is hollow.
    """
    outcome = theme.outcome(look)
    half = size / 2
    body = _body(outcome.shape, half).translated(x, y)
    if look in _SOLID:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(outcome.colour)
        glyph_colour = _on(outcome, theme)
    elif look in _HOLLOW:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_ring_pen(outcome, size))
        glyph_colour = outcome.ink
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(outcome.colour, theme.surface, 0.22))
        glyph_colour = outcome.ink
    painter.drawPath(body)
    _draw_glyph(painter, outcome.shape, glyph_colour, x, y, half)


def _ring_pen(outcome: OutcomeLook, size: float) -> QPen:
    pen = QPen(outcome.colour, size * 0.1)
    if outcome.shape == "dashed ring":
        pen.setDashPattern([1.6, 1.6])
    return pen


def _on(outcome: OutcomeLook, theme: Theme) -> QColor:
    """The lighter or darker of two colours on a filled mark, whichever is told apart better."""
    return max((theme.surface, theme.text), key=lambda colour: contrast(colour, outcome.colour))


@cache
def _body(shape: str, half: float) -> QPainterPath:
    path = QPainterPath()
    if shape == "diamond":
        corners = ((0, -half * 1.12), (half * 1.12, 0), (0, half * 1.12), (-half * 1.12, 0))
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.closeSubpath()
    elif shape == "exclamation":
        path.addRoundedRect(QRectF(-half, -half, 2 * half, 2 * half), half * 0.55, half * 0.55)
    else:
        inset = half * (0.94 if shape not in ("ring", "dashed ring", "slash", "dots") else 0.86)
        path.addEllipse(QPointF(0, 0), inset, inset)
    return path


# Lines of each glyph in a circle of radius 1; a pair of equal points is a dot.
_GLYPHS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "check": (((-0.42, 0.02), (-0.12, 0.34), (0.44, -0.34)),),
    "dash": (((-0.42, 0.0), (0.42, 0.0)),),
    "cross": (((-0.34, -0.34), (0.34, 0.34)), ((0.34, -0.34), (-0.34, 0.34))),
    "exclamation": (((0.0, -0.5), (0.0, 0.12)), ((0.0, 0.5), (0.0, 0.5))),
    "slash": (((-0.56, 0.56), (0.56, -0.56)),),
    "ring": (),
    "dashed ring": (),
    "diamond": (((0.0, -0.46), (0.0, 0.08)), ((0.0, 0.44), (0.0, 0.44))),
    "question": (
        ((-0.28, -0.26), (-0.2, -0.5), (0.12, -0.54), (0.3, -0.3), (0.16, -0.06), (0.0, 0.06), (0.0, 0.2)),
        ((0.0, 0.54), (0.0, 0.54)),
    ),
    "dots": (((-0.4, 0.0), (-0.4, 0.0)), ((0.0, 0.0), (0.0, 0.0)), ((0.4, 0.0), (0.4, 0.0))),
}


@cache
def _glyph(shape: str, half: float) -> QPainterPath:
    path = QPainterPath()
    for line in _GLYPHS[shape]:
        path.moveTo(line[0][0] * half, line[0][1] * half)
        for x, y in line[1:]:
            path.lineTo(x * half + (0.01 if (x, y) == line[0] else 0), y * half)
    return path


def _draw_glyph(painter: QPainter, shape: str, colour: QColor, x: float, y: float, half: float) -> None:
    pen = QPen(colour, half * 0.27)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_glyph(shape, half).translated(x, y))
