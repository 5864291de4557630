"""Acting on a canvas as a person does, and noting what it asks for."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QPaintEvent, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from plugscope.canvas import GraphCanvas
from plugscope.canvas.minimap import Minimap
from plugscope.layout import Rect

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class Spy(QObject):
    """Notes what a widget is asked to paint."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.regions: list[QRegion] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.regions.append(QRegion(event.region()))
        return False


def overview(canvas: GraphCanvas) -> Minimap:
    """The small picture of the whole in the corner of a canvas."""
    found = canvas.findChild(Minimap)
    assert found is not None
    return found


def area_of(canvas: GraphCanvas) -> Rect:
    """The part of the picture that is in view."""
    return canvas.view.area(Rect(0, 0, canvas.width(), canvas.height()))


def middle(canvas: GraphCanvas, node: int) -> QPoint:
    return canvas.rect_of(node).center()


def empty_spot(canvas: GraphCanvas) -> QPoint:
    """A point with nothing under it."""
    return next(
        QPoint(x, y)
        for y in range(5, canvas.height(), 9)
        for x in range(5, canvas.width(), 9)
        if canvas.node_at(QPointF(x, y)) < 0
    )


def wheel(canvas: GraphCanvas, at: QPoint, delta: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(canvas.mapToGlobal(at)), QPoint(), QPoint(0, delta),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def drag(
    canvas: GraphCanvas,
    start: QPoint,
    end: QPoint,
    button: Qt.MouseButton = LEFT,
    modifiers: Qt.KeyboardModifier = NONE,
) -> None:
    QTest.mousePress(canvas, button, modifiers, start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, button, modifiers, end)
