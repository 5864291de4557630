"""Waiting for the first paint, so that what the user came for is seen before the rest is built."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LONGEST_MS = 1500
"""A window that starts minimised is not painted; its panels come all the same."""


class FirstPaint(QObject):
    """Calls ``act`` once, right after ``widget`` has been painted for the first time."""

    def __init__(self, widget: QWidget, act: Callable[[], object]) -> None:
        super().__init__(widget)
        self._act: Callable[[], object] | None = act
        widget.installEventFilter(self)
        QTimer.singleShot(_LONGEST_MS, self, self._call)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._call)
        return False

    def _call(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()
