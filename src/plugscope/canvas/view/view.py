"""Which part of the picture is seen, how large."""

from __future__ import annotations

from msgspec import Struct

from plugscope.layout import Rect

MAX_SCALE = 4.0
MARGIN = 28.0
"""Pixels around the picture at fit."""


class View(Struct, frozen=True):
    """A point of the widget is ``scale * point of the picture + (x, y)``."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def to_widget(self, rect: Rect) -> Rect:
        """A rectangle of the picture in pixels of the widget."""
        s = self.scale
        return Rect(rect.x * s + self.x, rect.y * s + self.y, rect.width * s, rect.height * s)

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """A point of the widget in the picture."""
        return (x - self.x) / self.scale, (y - self.y) / self.scale

    def area(self, rect: Rect) -> Rect:
        """A rectangle of the widget in the picture."""
        x, y = self.to_picture(rect.x, rect.y)
        return Rect(x, y, rect.width / self.scale, rect.height / self.scale)

    def panned(self, dx: float, dy: float) -> View:
        """The view moved by so many pixels of the widget."""
        return View(self.scale, self.x + dx, self.y + dy)

    def zoomed(self, factor: float, x: float, y: float, least: float) -> View:
        """Larger by a factor; what is at the widget's point (x, y) stays there."""
        scale = min(max(self.scale * factor, least), MAX_SCALE)
        ratio = scale / self.scale
        return View(scale, x - (x - self.x) * ratio, y - (y - self.y) * ratio)

    def kept_near(self, bounds: Rect, width: float, height: float) -> View:
        """Panned back so that some of the picture stays in sight."""
        seen = self.to_widget(bounds)
        margin_x, margin_y = min(80.0, width / 3), min(80.0, height / 3)
        dx = max(margin_x - seen.right, 0.0) + min(width - margin_x - seen.x, 0.0)
        dy = max(margin_y - seen.bottom, 0.0) + min(height - margin_y - seen.y, 0.0)
        return self.panned(dx, dy) if dx or dy else self

    def between(self, other: View, share: float, width: float, height: float) -> View:
        """On the way to another view: the scale in equal ratios, and the middle along a straight line."""
        if share >= 1:
            return other
        scale = self.scale * (other.scale / self.scale) ** share
        x0, y0 = self.to_picture(width / 2, height / 2)
        x1, y1 = other.to_picture(width / 2, height / 2)
        ease = share
        if abs(other.scale - self.scale) > 1e-9:
            # With the zoom, so that a point that both views share stays put.
            ease = (1 / self.scale - 1 / scale) / (1 / self.scale - 1 / other.scale)
        x, y = x0 + (x1 - x0) * ease, y0 + (y1 - y0) * ease
        return View(scale, width / 2 - x * scale, height / 2 - y * scale)


def fitting(rect: Rect, width: float, height: float, largest: float = 1.0) -> View:
    """The view that shows all of a rectangle, in the middle, at most at that scale."""
    room_x, room_y = max(width - 2 * MARGIN, 8.0), max(height - 2 * MARGIN, 8.0)
    scale = min(room_x / max(rect.width, 1.0), room_y / max(rect.height, 1.0), largest)
    x, y = rect.middle
    return View(scale, width / 2 - x * scale, height / 2 - y * scale)
