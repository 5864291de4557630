"""What can be undone: a change from one state to another, by a verb of the document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand


class Change(QUndoCommand):
    """From one state to another and back, by the same verb."""

    def __init__(self, text: str, verb: Callable[[Any], None], before: Any, after: Any) -> None:
        super().__init__(text)
        self._verb = verb
        self._before = before
        self._after = after

    def redo(self) -> None:
        self._verb(self._after)

    def undo(self) -> None:
        self._verb(self._before)
