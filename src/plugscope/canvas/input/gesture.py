"""Mouse gestures on the canvas, one class each. They know the canvas and change only its view or ask."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRect, Qt

START_DISTANCE = 5.0
"""Pixels the mouse must move with a button down before it is a drag."""


class Ground(Protocol):
    """What gestures need of the canvas."""

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the view by so many pixels."""

    def show_band(self, band: QRect | None) -> None:
        """Show a rubber band, or take it away."""

    def select_band(self, band: QRect, *, add: bool) -> None:
        """Select what lies in a rubber band."""

    def click(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """A click that was no drag."""

    def set_panning(self, panning: bool) -> None:
        """Show by the cursor that the view is being moved."""


class Gesture(Protocol):
    """One press of a button until it is let go."""

    def move(self, to: QPointF) -> None:
        """The mouse has moved to here."""

    def release(self, at: QPointF) -> None:
        """The button was let go here."""

    def cancel(self) -> None:
        """Give it up: letting go does nothing any more."""


class PanOrClick(Gesture):
    """A press that pans once it moves, and is a click if it does not."""

    def __init__(
        self, ground: Ground, at: QPointF, modifiers: Qt.KeyboardModifier, *, may_click: bool
    ) -> None:
        self._ground = ground
        self._start = self._last = at
        self._modifiers = modifiers
        self._may_click = may_click
        self._moving = not may_click
        if self._moving:
            ground.set_panning(True)

    def move(self, to: QPointF) -> None:
        if not self._moving and (to - self._start).manhattanLength() >= START_DISTANCE:
            self._moving = True
            self._last = self._start
            self._ground.set_panning(True)
        if self._moving:
            step = to - self._last
            self._last = to
            self._ground.pan_by(step.x(), step.y())

    def release(self, at: QPointF) -> None:
        if self._moving:
            self._ground.set_panning(False)
        elif self._may_click:
            self._ground.click(at, self._modifiers)

    def cancel(self) -> None:
        if self._moving:
            self._ground.set_panning(False)
            self._moving = self._may_click = False


class Band(Gesture):
    """A rubber band; with Ctrl it adds to the selection. Without movement it is a click."""

    def __init__(self, ground: Ground, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self._ground = ground
        self._start = at
        self._modifiers = modifiers
        self._band: QRect | None = None
        self._cancelled = False

    def move(self, to: QPointF) -> None:
        if not self._cancelled and (to - self._start).manhattanLength() >= START_DISTANCE:
            self._band = QRect(self._start.toPoint(), to.toPoint()).normalized()
            self._ground.show_band(self._band)

    def release(self, at: QPointF) -> None:
        if self._cancelled:
            return
        self._ground.show_band(None)
        if self._band is None:
            self._ground.click(at, self._modifiers | Qt.KeyboardModifier.ControlModifier)
        else:
            self._ground.select_band(
                self._band, add=bool(self._modifiers & Qt.KeyboardModifier.ControlModifier)
            )

    def cancel(self) -> None:
        self._cancelled = True
        self._ground.show_band(None)
