"""The whole picture in a corner: where one is, what state everything is in. A click or drag goes there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from plugscope.layout import Rect
from plugscope.session import Look

from .paint import CROWDED, PicturePainter
from .scene import FADED, Scene
from .view import View

_LARGEST = QSize(196, 124)
_SHARE = 0.26
"""Of the canvas's width and height, at most."""
_SMALLEST = QSize(96, 44)
_INSET = 6.0
_REFRESH_MS = 40


class Minimap(QWidget):
    """``moved_to`` tells the point of the picture that should be in the middle."""

    moved_to = Signal(QPointF)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene: Scene | None = None
        self._painter: PicturePainter | None = None
        self._seen = Rect(0, 0, 0, 0)
        self._image: QPixmap | None = None
        self.setObjectName("minimap")
        self.setAccessibleName(self.tr("Overview"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Not opaque to Qt: a hole in the canvas's clip would make every line on it three times as dear.
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.resize(_LARGEST)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self._redraw)

    def size_in(self, canvas: QSize) -> QSize:
        """How large it should be on a canvas of that size: of the picture's shape, and never in the way. Empty
        where there is no room for one."""
        width = min(float(_LARGEST.width()), canvas.width() * _SHARE)
        height = min(float(_LARGEST.height()), canvas.height() * _SHARE)
        if self._scene is None or width < _SMALLEST.width() or height < _SMALLEST.height():
            return QSize()
        bounds = self._scene.picture.bounds
        shape = max(bounds.width, 1.0) / max(bounds.height, 1.0)
        inner = min(height - 2 * _INSET, (width - 2 * _INSET) / shape)
        return QSize(
            max(round(min(inner * shape, width - 2 * _INSET) + 2 * _INSET), _SMALLEST.width()),
            max(round(inner + 2 * _INSET), _SMALLEST.height()),
        )

    def show_scene(self, scene: Scene, painter: PicturePainter) -> None:
        """Another picture or theme."""
        self._scene, self._painter = scene, painter
        self._image = None
        self.update()

    def scene_changed(self) -> None:
        """States changed; many changes in a moment are drawn once."""
        if not self._refresh.isActive():
            self._refresh.start()

    def set_seen(self, area: Rect) -> None:
        """The part of the picture that the canvas shows."""
        if area != self._seen:
            self._seen = area
            self.update()

    def _redraw(self) -> None:
        self._image = None
        self.update()

    def _view(self) -> View:
        assert self._scene is not None
        bounds = self._scene.picture.bounds
        width, height = self.width() - 2 * _INSET, self.height() - 2 * _INSET
        scale = min(width / max(bounds.width, 1), height / max(bounds.height, 1))
        x, y = bounds.middle
        return View(scale, self.width() / 2 - x * scale, self.height() / 2 - y * scale)

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        image = QPixmap(self.size() * ratio)
        image.setDevicePixelRatio(ratio)
        assert self._painter is not None and self._scene is not None
        image.fill(self._painter.palette.theme.panel)
        painter = QPainter(image)
        view = self._view()
        painter.translate(view.x, view.y)
        painter.scale(view.scale, view.scale)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._scene.picture.boxes:
            self._draw_boxes(painter)
        else:
            self._draw_cards(painter)
        painter.end()
        return image

    def _draw_boxes(self, painter: QPainter) -> None:
        assert self._painter is not None and self._scene is not None
        boxes, all_boxes = self._painter.boxes, self._scene.picture.boxes
        if len(all_boxes) > CROWDED:
            self._painter.crowd.paint(painter, all_boxes, self._scene.shown)
            return
        for box in all_boxes:
            cells = boxes.cells(box, self._scene)
            painter.drawImage(QRectF(*box.grid), cells.image)

    def _draw_cards(self, painter: QPainter) -> None:
        assert self._painter is not None and self._scene is not None
        scene, palette = self._scene, self._painter.palette
        least = 2.0 / self._view().scale
        for node in range(scene.count):
            shown = scene.shown[node]
            painter.setOpacity(0.3 if shown & FADED else 1.0)
            painter.setBrush(palette.cell_colour(scene.picture.graph.type_of[node], Look(shown & 15)))
            rect = scene.picture.rect(node)
            painter.drawRect(QRectF(rect.x, rect.y, max(rect.width, least), max(rect.height, least)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._painter is None:
            return
        if self._image is None:
            self._image = self._drawn()
        theme = self._painter.palette.theme
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.drawPixmap(0, 0, self._image)
        frame = QRectF(*self._view().to_widget(self._seen)).intersected(
            QRectF(self.rect()).adjusted(1, 1, -2, -2)
        )
        shade = QColor(theme.accent)
        shade.setAlphaF(0.10)
        painter.setPen(QPen(theme.accent, 1.2))
        painter.setBrush(shade)
        painter.drawRect(frame)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.line2, 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _go(self, at: QPointF) -> None:
        if self._scene is not None:
            self.moved_to.emit(QPointF(*self._view().to_picture(at.x(), at.y())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._image = None
