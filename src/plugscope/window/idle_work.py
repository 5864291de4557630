"""Work that is done a piece a turn of the event loop, so that none of them is long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

_REST_MS = 1
"""Between two steps: with none, what else is due would wait for two steps and what is painted between them."""


def imported(names: Iterable[str]) -> Iterator[None]:
    """Import modules of this package, one a step: together they would take a tenth of a second the first time."""
    for name in names:
        import_module(f"{__package__}.{name}")
        yield


class Turns(QObject):
    """Takes one step of an iterator in each turn, until it ends; then it goes."""

    def __init__(self, steps: Iterator[None], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._take)
        self._timer.start(_REST_MS)

    def _take(self) -> None:
        if next(self._steps, self) is self:
            self._timer.stop()
            self.deleteLater()
