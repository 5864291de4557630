"""Slow work beside the event loop."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

_TURN_S = 0.001
"""How long Python's lock stays with a thread that another waits for: with its usual 5 ms the event loop, which needs
the lock at every turn, would wait so long each time."""


def share_lock() -> None:
    """Let threads take turns so short that jobs do not hold the event loop up. For the whole process, once."""
    sys.setswitchinterval(_TURN_S)


class Job(QObject):
    """One function in a thread. ``returned`` and ``errored`` arrive in the thread that made the job.

    The function is given the job, to ask whether it is ``cancelled`` and to ``report`` what it has so far.
    A job keeps itself alive until it has finished. It ends no thread by force: a function that calls into C for long
    should be in a worker process instead.
    """

    reported = Signal(object)
    returned = Signal(object)
    errored = Signal(object)
    finished = Signal()
    _ended = Signal(object, object)

    _alive: ClassVar[set[Job]] = set()

    def __init__(self, work: Callable[[Job], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()
        self._stops: list[Callable[[], None]] = []
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> Job:
        """Begin."""
        Job._alive.add(self)
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Ask the function to end; what it still returns is dropped."""
        self._cancelled.set()
        for stop in tuple(self._stops):
            stop()

    @contextmanager
    def stopped_by(self, stop: Callable[[], None]) -> Iterator[None]:
        """Inside the block ``cancel`` also calls ``stop``, which ends what the function waits for: a process."""
        self._stops.append(stop)
        if self.cancelled:
            stop()
        try:
            yield
        finally:
            self._stops.remove(stop)

    @property
    def cancelled(self) -> bool:
        """Whether the function should end."""
        return self._cancelled.is_set()

    def report(self, what: object) -> None:
        """Hand on what there is so far. Called in the thread."""
        if not self.cancelled:
            self.reported.emit(what)

    def wait(self, seconds: float = 5.0) -> None:
        """Wait for the thread, when the program ends."""
        self._thread.join(seconds)

    def _run(self) -> None:
        result: object = None
        error: object = None
        try:
            result = self._work(self)
        except BaseException as raised:  # SystemExit too: a job that says nothing would be waited for forever
            error = raised
        try:
            self._ended.emit(result, error)
        except RuntimeError:  # the program has taken the job's Qt half down
            Job._alive.discard(self)

    @Slot(object, object)
    def _deliver(self, result: object, error: object) -> None:
        Job._alive.discard(self)
        if not self.cancelled:
            if error is not None:
                self.errored.emit(error)
            else:
                self.returned.emit(result)
        self.finished.emit()
