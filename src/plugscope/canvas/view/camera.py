"""Which part of the picture is in view: fitting, zooming, panning, gliding there."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from plugscope.layout import Rect, union

from .motion import Motion
from .view import View, fitting

ZOOM_STEP = 1.25


class Camera(QObject):
    """``moved`` tells that the view is another one, ``zoomed`` the new scale. Sizes are pixels of the widget.

    A fitted view stays fitted when the widget's size changes, until someone zooms or pans.
    """

    moved = Signal()
    zoomed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = View()
        self.fitted = True
        self._bounds = Rect(0, 0, 0, 0)
        self._width = self._height = 1.0
        self.motion = Motion(self)
        self.motion.moved.connect(self._show)
        self.animated = True

    @property
    def window(self) -> Rect:
        """The widget, in its pixels."""
        return Rect(0, 0, self._width, self._height)

    @property
    def area(self) -> Rect:
        """The part of the picture in view."""
        return self.view.area(self.window)

    @property
    def sees_all(self) -> bool:
        """Whether the whole picture is in view."""
        seen, bounds = self.area.grown(1 / self.view.scale), self._bounds
        return (
            seen.x <= bounds.x
            and seen.y <= bounds.y
            and seen.right >= bounds.right
            and seen.bottom >= bounds.bottom
        )

    def resize(self, width: float, height: float) -> None:
        """The widget has another size."""
        self._width, self._height = max(width, 1.0), max(height, 1.0)
        self.motion.stop()
        self._show(self._fitting() if self.fitted else self.view)

    def resume(self, other: Camera) -> None:
        """Look at what another one looks at, over the same picture."""
        self.motion.stop()
        self.fitted = other.fitted
        self._show(self._fitting() if self.fitted else other._latest())

    def set_bounds(self, bounds: Rect) -> None:
        """Another picture; the view stays where it is unless it is fitted."""
        self._bounds = bounds
        if self.fitted:
            self.motion.stop()
            self._show(self._fitting())

    def fit(self) -> None:
        """Show everything."""
        self._glide(self._fitting())
        self.fitted = True

    def fit_rects(self, rects: Iterable[Rect]) -> None:
        """Show these as large as they can be, at most at 100%."""
        around = union(rects).grown(40)
        self._glide(fitting(around, self._width, self._height))

    def ensure_visible(self, rect: Rect) -> None:
        """Bring a rectangle into sight, by no more than is needed."""
        view = self._latest()
        seen = view.to_widget(rect)
        margin = min(48.0, self._width / 6, self._height / 6)
        dx = max(margin - seen.x, 0.0) or min(self._width - margin - seen.right, 0.0)
        dy = max(margin - seen.y, 0.0) or min(self._height - margin - seen.bottom, 0.0)
        if dx or dy:
            self._glide(view.panned(dx, dy))

    def centre_on(self, x: float, y: float) -> None:
        """Bring a point of the picture to the middle, at once."""
        scale = self.view.scale
        self._jump(View(scale, self._width / 2 - x * scale, self._height / 2 - y * scale))

    def zoom_at(self, factor: float, x: float, y: float) -> None:
        """Zoom at once, with a point of the widget staying where it is."""
        self._jump(self.view.zoomed(factor, x, y, self._least()))

    def zoom_by(self, factor: float) -> None:
        """Glide closer or away, at the middle."""
        self._glide(self._latest().zoomed(factor, self._width / 2, self._height / 2, self._least()))

    def pan_by(self, dx: float, dy: float) -> None:
        """Move by pixels, at once."""
        self._jump(self.view.panned(dx, dy))

    def glide_by(self, dx: float, dy: float) -> None:
        """Move by pixels, smoothly."""
        self._glide(self._latest().panned(dx, dy))

    def hold(self, before: Rect, after: Rect) -> None:
        """The thing that was at one place of the picture is at another: keep it where it is on the screen."""
        scale = self.view.scale
        self._jump(self.view.panned((before.x - after.x) * scale, (before.y - after.y) * scale))

    def _latest(self) -> View:
        return self.motion.goal if self.motion.running else self.view

    def _glide(self, goal: View) -> None:
        self.fitted = False
        goal = goal.kept_near(self._bounds, self._width, self._height)
        if self.animated:
            self.motion.go(self.view, goal, self._width, self._height)
        else:
            self._show(goal)

    def _jump(self, view: View) -> None:
        self.fitted = False
        self.motion.stop()
        self._show(view.kept_near(self._bounds, self._width, self._height))

    def _show(self, view: View) -> None:
        if view == self.view:
            return
        # On whole pixels: cards then move as one, and texts keep their shape.
        view = View(view.scale, round(view.x), round(view.y))
        zoomed = view.scale != self.view.scale
        self.view = view
        self.moved.emit()
        if zoomed:
            self.zoomed.emit(view.scale)

    def _fitting(self) -> View:
        return fitting(self._bounds, self._width, self._height)

    def _least(self) -> float:
        return min(self._fitting().scale * 0.5, 0.5)
