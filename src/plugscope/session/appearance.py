"""What each plugin looks like at the replay's cursor, kept up to date step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal, Slot

from plugscope.boot import Recording

from .document import Document
from .look import Look


class Appearance(QObject):
    """One look a registration: at the cursor (``looks``) and at the end (``final``), by position.

    ``reset`` says that any may have changed, ``changed`` names those that did.
    """

    reset = Signal()
    changed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._cursor = 0
        self._counts: Counter[Look] = Counter()
        self.final: list[Look] = []
        self.looks: list[Look] = []
        document.replay.recording_changed.connect(self._take_recording)
        document.replay.cursor_changed.connect(self._move)
        self._take_recording()

    def counts(self) -> Counter[Look]:
        """How many plugins have each look."""
        return self._counts

    @Slot()
    def _take_recording(self) -> None:
        recording = self._document.replay.recording
        if recording is None:
            return
        self._cursor = self._document.replay.cursor
        self.final = _final_looks(recording, self._document.replay.looks)
        for position in self._document.absent:
            self.final[position] = Look.ABSENT
        looks = list(self.final)
        for step in recording.steps[self._cursor :]:
            looks[step.position] = Look.PENDING
        self.looks = looks
        self._counts = Counter(looks)
        self.reset.emit()

    @Slot(int)
    def _move(self, cursor: int) -> None:
        recording = self._document.replay.recording
        if recording is None or cursor == self._cursor:
            return
        before, self._cursor = self._cursor, cursor
        diff: dict[int, Look] = {}
        for step in recording.steps[min(before, cursor) : max(before, cursor)]:
            diff[step.position] = self.final[step.position] if cursor > before else Look.PENDING
        self._counts.subtract(self.looks[position] for position in diff)
        self._counts.update(diff.values())
        for position, look in diff.items():
            self.looks[position] = look
        self.changed.emit(diff)


def _final_looks(recording: Recording, of_steps: Iterable[Look]) -> list[Look]:
    looks = [Look.NOT_REACHED] * len(recording.plan.catalog.entries)
    for step, look in zip(recording.steps, of_steps, strict=True):
        looks[step.position] = look
    for position in recording.plan.disabled:
        looks[position] = Look.DISABLED
    return looks
