"""Moving the view smoothly, or at once for those who want less motion."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from .view import View

DURATION_MS = 220


class Motion(QObject):
    """Takes the view from where it is to where it should be."""

    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reduced = False
        self._start = self._goal = View()
        self._size = (1.0, 1.0)
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(DURATION_MS)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._advance)

    @property
    def running(self) -> bool:
        """Whether the view is on its way."""
        return self._animation.state() == QVariantAnimation.State.Running

    @property
    def goal(self) -> View:
        """Where a running motion ends."""
        return self._goal

    def go(self, start: View, goal: View, width: float, height: float) -> None:
        """Move on from ``start``; a motion under way is replaced."""
        self._animation.stop()
        self._start, self._goal, self._size = start, goal, (width, height)
        if self.reduced or start == goal:
            self.moved.emit(goal)
        else:
            self._animation.start()

    def stop(self) -> None:
        """Stay where the view is."""
        self._animation.stop()

    def finish(self) -> None:
        """Jump to where a running motion ends."""
        if self.running:
            self._animation.stop()
            self.moved.emit(self._goal)

    def _advance(self, share: float) -> None:
        self.moved.emit(self._start.between(self._goal, share, *self._size))
