"""The canvas under the mouse: selecting, panning, zooming, hovering, tooltips."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from plugscope.canvas.surface import Surface
from plugscope.layout import Rect

from .gesture import Band, Gesture, PanOrClick
from .tip import as_plain, tip_of, tip_of_edge

_HOVER_MS = 40
_EDGE_REACH = 4.0
"""Pixels from a line at which it is meant."""
_WHEEL_NOTCH = 120.0
_WHEEL_ZOOM = 1.2


class PointedSurface(Surface):
    """A surface that tells what the mouse did to it."""

    selection_requested = Signal(frozenset)
    menu_requested = Signal(int, QPoint)
    activated = Signal(int)
    ghost_requested = Signal(int)
    hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._gesture: Gesture | None = None
        self._hand = False
        self._hover_next = -1
        self._hover_timer = QTimer(self)
        self._hover_timer.setSingleShot(True)
        self._hover_timer.setInterval(_HOVER_MS)
        self._hover_timer.timeout.connect(self._settle_hover)

    # What gestures ask for.

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the picture by pixels, at once."""
        self._camera.pan_by(dx, dy)

    def set_panning(self, panning: bool) -> None:
        """Show the closed hand while the picture is held."""
        if panning:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._hand:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def show_band(self, band: QRect | None) -> None:
        """Draw the rubber band, or take it away."""
        for rect in (self._band, band):
            if rect is not None:
                self.update(rect.adjusted(-2, -2, 2, 2))
        self._band = band

    def select_band(self, band: QRect, *, add: bool) -> None:
        """Ask for the registrations that the band touches."""
        area = self.view.area(Rect(band.x(), band.y(), band.width(), band.height()))
        size = self.picture.graph.size
        found = frozenset(
            node for node, rect in self.picture.places.placed(area) if node < size and rect.touches(area)
        )
        self.selection_requested.emit(self._scene.selection | found if add else found)

    def click(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Ask for what a click on a node means: a card is selected, a type's pill selects its members."""
        node = self.node_at(at)
        graph = self.picture.graph
        extend = bool(modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
        if graph.ghost(node) is not None:
            self.ghost_requested.emit(node)
            return
        hit = frozenset(n for n in self._cards_of(node) if n < graph.size)
        selection = self._scene.selection
        if not extend:
            self.selection_requested.emit(hit)
        elif hit:
            self.selection_requested.emit(selection - hit if hit <= selection else selection | hit)

    def _cards_of(self, node: int) -> list[int]:
        graph = self.picture.graph
        if node < 0:
            return []
        return [node] if node < graph.first_type_node else graph.members[node - graph.first_type_node]

    # What Qt tells.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None:
            return
        at, modifiers, button = event.position(), event.modifiers(), event.button()
        left = button == Qt.MouseButton.LeftButton
        if button == Qt.MouseButton.MiddleButton or (self._hand and left):
            self._gesture = PanOrClick(self, at, modifiers, may_click=False)
        elif left and modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._gesture = Band(self, at, modifiers)
        elif left:
            self._gesture = PanOrClick(self, at, modifiers, may_click=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None:
            self._gesture.move(event.position())
            return
        self._hover_next = self.node_at(event.position())
        if self._hover_next != self._scene.hover and not self._hover_timer.isActive():
            self._hover_timer.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self.node_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and 0 <= node < self.picture.graph.size:
            self.activated.emit(node)
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms at the cursor; with Shift, or sideways, it pans."""
        delta, pixels = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or (delta.x() and not delta.y()):
            step = pixels if not pixels.isNull() else delta / 2
            self.pan_by(step.x() or step.y(), 0)
        elif delta.y():
            at = event.position()
            self._camera.zoom_at(_WHEEL_ZOOM ** (delta.y() / _WHEEL_NOTCH), at.x(), at.y())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_requested.emit(self.node_at(QPointF(event.pos())), event.globalPos())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover_next = -1
        self._settle_hover()

    def _settle_hover(self) -> None:
        node = self._hover_next
        if node != self._scene.hover:
            self._scene.hover = node
            self.update()
            self.hovered.emit(node)

    def _tip_at(self, at: QPointF) -> str:
        node = self.node_at(at)
        if 0 <= node < self._scene.count or (node >= 0 and not self.picture.boxes):
            return tip_of(self._scene, self._theme, node)
        lines = self._painter.lines
        edge = lines.edge_at(*self.view.to_picture(at.x(), at.y()), _EDGE_REACH / self.view.scale)
        if edge >= 0:
            return tip_of_edge(self.picture, lines.edges, edge)
        return tip_of(self._scene, self._theme, node) if node >= 0 else ""

    def show_tip(self, node: int) -> None:
        """Say at once what the tooltip of a node says: why a ghost is none."""
        rect = self.view.to_widget(self.picture.rect(node))
        at = QPoint(round(rect.x + rect.width / 2), round(rect.bottom))
        QToolTip.showText(self.mapToGlobal(at), as_plain(tip_of(self._scene, self._theme, node)), self)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self._tip_at(QPointF(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), as_plain(text), self)
            else:
                QToolTip.hideText()
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                at = event.position()
                self._camera.zoom_at(1 + event.value(), at.x(), at.y())
            return True
        return super().event(event)
