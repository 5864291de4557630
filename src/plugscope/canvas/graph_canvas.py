"""The canvas: shows a picture and tells what was done to it. It is told things and decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from .accessible import make_accessible
from .input import PointedSurface, act_of, along, first_of

_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class GraphCanvas(PointedSurface):
    """Signals tell what happened (past tense) or what someone wants (``…_requested``).

    ``menu_requested`` and ``hovered`` tell a node (a registration's position, a ghost or type above those, see
    ``layout.Graph``) or -1; ``activated`` tells a position, ``ghost_requested`` the node of a ghost. An empty
    ``focus_requested`` asks for the focus to end.
    """

    focus_requested = Signal(frozenset)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_accessible()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Plugin graph"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            # Held, it turns the mouse into a hand; the window may still use a press for something else.
            self._hand = True
            if not event.isAutoRepeat():
                self.setCursor(Qt.CursorShape.OpenHandCursor)
            return
        act = act_of(event)
        if not act or not self._do(act):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hand = False
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
            "zoom in": self.zoom_in,
            "zoom out": self.zoom_out,
            "full size": lambda: self.zoom_to(1.0),
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
        if act == "activate":
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Whoever came by key must see where; whoever clicked here knows.
        self._ring = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._hand = False
        self.unsetCursor()
        super().focusOutEvent(event)
        self.update()
