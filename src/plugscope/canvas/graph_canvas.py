"""The canvas: shows a picture and tells what was done to it. It is told things and decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from .gesture import Band, Gesture, PanOrClick
from .keyboard import act_of
from .surface import Surface
from .tip import as_plain, tip_of
from .travel import along, first_of

_HOVER_MS = 40
_WHEEL_NOTCH = 120.0
_WHEEL_ZOOM = 1.2


class GraphCanvas(Surface):
    """Signals tell what happened (past tense) or what someone wants (``…_requested``).

    ``menu_requested`` and ``hovered`` tell a node (a registration's position, a ghost or type above those, see
    ``layout.Graph``) or -1; ``activated`` and ``ghost_requested`` tell positions and numbers of ghosts.
    """

    selection_requested = Signal(frozenset)
    toggle_requested = Signal(frozenset)
    breakpoint_requested = Signal(int)
    focus_requested = Signal(frozenset)
    menu_requested = Signal(int, QPoint)
    activated = Signal(int)
    ghost_requested = Signal(int)
    hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Plugin graph"))
        self._gesture: Gesture | None = None
        self._space_held = False
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
        elif self._space_held:
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
        left, top = self.view.to_picture(band.left(), band.top())
        right, bottom = self.view.to_picture(band.right(), band.bottom())
        area = type(self.picture.bounds)(left, top, right - left, bottom - top)
        size = self.picture.graph.size
        found = frozenset(node for node in self.picture.places.within(area) if node < size)
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

    # Mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None:
            return
        at, modifiers = event.position(), event.modifiers()
        if event.button() == Qt.MouseButton.MiddleButton or (
            self._space_held and event.button() == Qt.MouseButton.LeftButton
        ):
            self._gesture = PanOrClick(self, at, modifiers, may_click=False)
        elif event.button() == Qt.MouseButton.LeftButton:
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self._gesture = Band(self, at, modifiers)
            else:
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

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            # Held, it turns the mouse into a hand; the window may still use a press for something else.
            self._space_held = True
            if not event.isAutoRepeat():
                self.setCursor(Qt.CursorShape.OpenHandCursor)
            return
        act = act_of(event)
        if not act or not self._do(act):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = False
            self.set_panning(False)
        super().keyReleaseEvent(event)

    def _do(self, act: str) -> bool:
        """Do what a key asks for; ``False`` if it means nothing now."""
        selection = self._scene.selection
        page_x, page_y = self.width() * 0.8, self.height() * 0.8
        if act in ("left", "right", "up", "down"):
            return self._travel(act, add=False)
        if act.startswith("add "):
            return self._travel(act[4:], add=True)
        simple = {
            "page up": lambda: self._camera.glide_by(0, page_y),
            "page down": lambda: self._camera.glide_by(0, -page_y),
            "page left": lambda: self._camera.glide_by(page_x, 0),
            "page right": lambda: self._camera.glide_by(-page_x, 0),
            "fit": self.fit,
            "fit selection": self.fit_selection,
            "zoom in": self.zoom_in,
            "zoom out": self.zoom_out,
            "full size": lambda: self.zoom_to(1.0),
            "select all": lambda: self.selection_requested.emit(frozenset(range(self.picture.graph.size))),
            "menu": self._ask_menu,
        }
        if act in simple:
            simple[act]()
            return True
        if act == "clear":
            return self._clear()
        return bool(selection) and self._do_with_selection(act, selection)

    def _do_with_selection(self, act: str, selection: frozenset[int]) -> bool:
        cursor = self._cursor()
        if act == "toggle":
            self.toggle_requested.emit(selection)
        elif act == "breakpoint":
            self.breakpoint_requested.emit(cursor)
        elif act == "activate":
            self.activated.emit(cursor)
        elif act == "focus":
            self.focus_requested.emit(selection)
        return True

    def _clear(self) -> bool:
        if self._gesture is not None:
            self._gesture.cancel()
            return True
        if self._scene.focus is None and not self._scene.selection:
            return False
        if self._scene.focus is not None:
            self.focus_requested.emit(frozenset())
        self.selection_requested.emit(frozenset())
        return True

    def _cursor(self) -> int:
        """The card that keys start from: the last one reached, as long as it is selected."""
        selection = self._scene.selection
        if self._scene.cursor in selection:
            return self._scene.cursor
        return min(selection, default=-1)

    def _travel(self, key: str, *, add: bool) -> bool:
        cursor = self._cursor()
        target = (
            along(self.picture, cursor, key) if cursor >= 0 else first_of(self.picture, self._camera.area)
        )
        graph = self.picture.graph
        if not 0 <= target < graph.size:
            return True
        self._scene.cursor = target
        selection = self._scene.selection
        self.selection_requested.emit(selection | {target} if add else frozenset([target]))
        self.ensure_visible(target)
        if QAccessible.isActive():
            reached = QAccessibleEvent(self, QAccessible.Event.Focus)
            reached.setChild(target)
            QAccessible.updateAccessibility(reached)
        return True

    def _ask_menu(self) -> None:
        cursor = self._cursor()
        at = self.rect_of(cursor).center() if cursor >= 0 else self.rect().center()
        inside = QPoint(min(max(at.x(), 0), self.width()), min(max(at.y(), 0), self.height()))
        self.menu_requested.emit(cursor, self.mapToGlobal(inside))

    # The rest.

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            node = self.node_at(QPointF(event.pos()))
            if node >= 0:
                QToolTip.showText(event.globalPos(), as_plain(tip_of(self._scene, self._theme, node)), self)
            else:
                QToolTip.hideText()
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                at = event.position()
                self._camera.zoom_at(1 + event.value(), at.x(), at.y())
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space_held = False
        self.unsetCursor()
        super().focusOutEvent(event)
        self.update()
