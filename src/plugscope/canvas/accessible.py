"""The canvas for assistive technology: a child for each card, with its name, state and place.

Qt knows nothing of what a widget paints, so the interfaces are ours. The table beside the canvas says the same in
rows and columns; this makes that what one points at can be heard too.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow

from plugscope.session import Flag, Look

from .input import tip_of
from .surface import Surface

# Null is a good answer to all of these; only the stubs do not know.
_NOBODY = cast(QAccessibleInterface, None)
_NO_WINDOW = cast(QWindow, None)
_NO_OBJECT = cast(QObject, None)


class CanvasInterface(QAccessibleInterface):
    """The canvas. Its children are the registrations, then the ghosts."""

    def __init__(self, canvas: Surface) -> None:
        super().__init__()
        self._canvas = canvas
        self._cards: dict[int, CardInterface] = {}

    def isValid(self) -> bool:
        return True

    def object(self) -> QObject:
        return self._canvas

    def window(self) -> QWindow:
        return self._canvas.window().windowHandle() or _NO_WINDOW

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Graphic

    def rect(self) -> QRect:
        return QRect(self._canvas.mapToGlobal(self._canvas.rect().topLeft()), self._canvas.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.focused = self._canvas.hasFocus()
        state.invisible = not self._canvas.isVisible()
        return state

    def text(self, text: QAccessible.Text) -> str:
        if text is QAccessible.Text.Name:
            return self._canvas.accessibleName()
        if text is QAccessible.Text.Description:
            return self._canvas.accessibleDescription()
        return ""

    def setText(self, text: QAccessible.Text, content: str) -> None:
        """Names are not for others to change."""

    def parent(self) -> QAccessibleInterface:
        parent = self._canvas.parentWidget()
        return _NOBODY if parent is None else QAccessible.queryAccessibleInterface(parent)

    def childCount(self) -> int:
        return self._canvas.scene.count

    def child(self, index: int) -> QAccessibleInterface:
        if not 0 <= index < self.childCount():
            return _NOBODY
        card = self._cards.get(index)
        if card is None:
            card = self._cards[index] = CardInterface(self, self._canvas, index)
        return card

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        at = self._canvas.mapFromGlobal(self._canvas.rect().topLeft())
        point = self._canvas.picture.places.at(*self._canvas.view.to_picture(x + at.x(), y + at.y()))
        return self.child(point) if point >= 0 else _NOBODY

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.node if isinstance(child, CardInterface) else -1

    def focusChild(self) -> QAccessibleInterface:
        selection = self._canvas.scene.selection
        return self.child(min(selection)) if selection else _NOBODY

    def foregroundColor(self) -> QColor:
        return self._canvas.theme.text

    def backgroundColor(self) -> QColor:
        return self._canvas.theme.canvas


class CardInterface(QAccessibleInterface):
    """A card or ghost. Its name is the id, its description what the tooltip says."""

    def __init__(self, owner: CanvasInterface, canvas: Surface, node: int) -> None:
        super().__init__()
        self._owner = owner
        self._canvas = canvas
        self.node = node

    def isValid(self) -> bool:
        return self.node < self._canvas.scene.count

    def object(self) -> QObject:
        return _NO_OBJECT

    def window(self) -> QWindow:
        return self._owner.window()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        rect = self._canvas.rect_of(self.node)
        return QRect(self._canvas.mapToGlobal(rect.topLeft()), rect.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        scene = self._canvas.scene
        state.selectable = self.node < self._canvas.picture.graph.size
        state.selected = self.node in scene.selection
        state.disabled = Look(scene.shown[self.node] & 15) is Look.DISABLED
        state.offscreen = not self._canvas.rect().intersects(self._canvas.rect_of(self.node))
        state.marqueed = self.node < len(scene.states) and bool(scene.states[self.node] & Flag.BREAKPOINT)
        return state

    def text(self, text: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        scene, theme = self._canvas.scene, self._canvas.theme
        graph = self._canvas.picture.graph
        if text is QAccessible.Text.Name:
            word = theme.outcome(Look(scene.shown[self.node] & 15)).word
            return f"{graph.label(self.node)}, {graph.type_label(graph.type_of[self.node])}, {word}"
        if text is QAccessible.Text.Description:
            return tip_of(scene, theme, self.node)
        return ""

    def setText(self, text: QAccessible.Text, content: str) -> None:
        """Names are not for others to change."""

    def parent(self) -> QAccessibleInterface:
        return self._owner

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface:
        return _NOBODY

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return _NOBODY

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def foregroundColor(self) -> QColor:
        return self._canvas.theme.text

    def backgroundColor(self) -> QColor:
        return self._canvas.theme.surface


class _Factory:
    """Makes and keeps the interfaces: Qt holds no reference that Python would see."""

    def __init__(self) -> None:
        self.installed = False
        self._made: dict[int, CanvasInterface] = {}

    def install(self) -> None:
        if not self.installed:
            self.installed = True
            QAccessible.installFactory(self)

    def __call__(self, _name: str, thing: QObject) -> QAccessibleInterface | None:
        if not isinstance(thing, Surface):
            return None
        key = id(thing)
        made = self._made.get(key)
        if made is None or made.object() is not thing:
            made = self._made[key] = CanvasInterface(thing)
            thing.destroyed.connect(lambda: self._made.pop(key, None))
        return made


_factory = _Factory()


def make_accessible() -> None:
    """Let Qt know how to describe canvases. Every canvas asks for it; once is enough."""
    _factory.install()
