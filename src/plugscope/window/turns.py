"""Work that is done a piece a turn of the event loop, so that none of them is long."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Takes one step of an iterator in each turn, until it ends; then it goes."""

    def __init__(self, steps: Iterator[None], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._take)
        self._timer.start(0)

    def _take(self) -> None:
        if next(self._steps, self) is self:
            self._timer.stop()
            self.deleteLater()
