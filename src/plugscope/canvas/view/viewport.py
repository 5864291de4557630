"""A widget that looks at a part of a picture: its camera, and where things are in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Signal
from PySide6.QtWidgets import QWidget

from plugscope.boot import Catalog
from plugscope.canvas.scene import Scene
from plugscope.layout import Graph, Picture, lane_picture

from .camera import ZOOM_STEP, Camera
from .view import MARGIN, View


class Viewport(QWidget):
    """Knows the scene and which part of it is seen; paints nothing."""

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = Scene(lane_picture(Graph(Catalog([]))))
        self._camera = Camera(self)
        self._camera.animated = False
        self._camera.zoomed.connect(self.zoom_changed)

    @property
    def picture(self) -> Picture:
        """The picture shown."""
        return self._scene.picture

    @property
    def scene(self) -> Scene:
        """What was told; to be read only."""
        return self._scene

    @property
    def view(self) -> View:
        """Which part is seen, how large."""
        return self._camera.view

    @property
    def zoom(self) -> float:
        """How large a unit of the picture is on the widget, in pixels: 1.0 is 100%."""
        return self.view.scale

    def node_at(self, at: QPointF) -> int:
        """The node at a point of the widget, or -1."""
        return self.picture.node_at(*self.view.to_picture(at.x(), at.y()))

    def rect_of(self, node: int) -> QRect:
        """Where a node is in the widget."""
        return QRectF(*self.view.to_widget(self.picture.rect(node))).toAlignedRect()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    def zoom_in(self) -> None:
        """One step closer, at the middle."""
        self._camera.zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step away, at the middle."""
        self._camera.zoom_by(1 / ZOOM_STEP)

    def zoom_to(self, scale: float) -> None:
        """To a scale, at the middle: 1.0 is 100%."""
        self._camera.zoom_by(scale / self._camera.view.scale)

    def fit(self) -> None:
        """Show everything."""
        self._camera.fit()

    def resume(self, other: Viewport) -> None:
        """Look at what another one looks at, over the same picture."""
        self._camera.resume(other._camera)

    def show_start(self, least: float) -> None:
        """Everything at once; or, where that is smaller than ``least``, at that zoom with its left end, where the
        boot begins, in sight. Without gliding."""
        camera = self._camera
        camera.fitted = True
        camera.set_bounds(self.picture.bounds)
        if camera.view.scale < least:
            camera.zoom_at(least / camera.view.scale, MARGIN, self.height() / 2)

    def fit_selection(self) -> None:
        """Show the selection, or everything if there is none."""
        self.fit_nodes(self._scene.selection)

    def fit_nodes(self, nodes: frozenset[int]) -> None:
        """Show these nodes as large as they can be, at most at 100%."""
        rects = [self.picture.rect(node) for node in nodes if 0 <= node < self._scene.count]
        if rects:
            self._camera.fit_rects(rects)
        else:
            self._camera.fit()

    def ensure_visible(self, position: int) -> None:
        """Bring a card into sight, by no more than is needed."""
        if 0 <= position < self._scene.count:
            self._camera.ensure_visible(self.picture.rect(position))

    def centre_on_point(self, point: QPointF) -> None:
        """Bring a point of the picture to the middle, at once."""
        self._camera.centre_on(point.x(), point.y())
