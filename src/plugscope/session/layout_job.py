"""Graphviz's picture for the window: asked of a worker process, never waited for."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from plugscope.installation import worker_command
from plugscope.layout import WINDOW_LIMIT_S, WORKER, Graph, LayoutError, Sketch, picture_from, sketch_of


class LayoutJob(QObject):
    """``finished`` brings a ``Picture``, ``failed`` a sentence. One of the two follows each ``start``, unless
    another ``start`` or ``cancel`` came before: an answer that nobody waits for any more is dropped.

    The process is kept warm between requests and killed when it takes too long or is not wanted any more.
    """

    finished = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        limit_s: float = WINDOW_LIMIT_S,
        command: list[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._command = command or worker_command(WORKER)
        self._limit_s = limit_s
        self._token = 0
        self._sketch: Sketch | None = None
        self._process: QProcess | None = None
        self._received = bytearray()
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._on_late)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._sketch is not None

    def start(self, graph: Graph, *, resolved: bool = False) -> int:
        """Ask for a picture; answers a token that no other request has."""
        self.cancel()
        self._token += 1
        try:
            self._sketch = sketch_of(graph, resolved=resolved)
        except LayoutError as error:
            sentence = str(error)
            QTimer.singleShot(0, self, lambda: self.failed.emit(sentence))
            return self._token
        line = json.dumps(self._sketch.request(self._token)) + "\n"
        self._warm_process().write(line.encode())
        self._clock.start(round(self._limit_s * 1000))
        return self._token

    def cancel(self) -> None:
        """Want no answer any more. Graphviz cannot be interrupted: a busy process is killed."""
        if self.busy:
            self._sketch = None
            self._clock.stop()
            self.close()

    def close(self) -> None:
        """End the worker process."""
        process, self._process = self._process, None
        self._received.clear()
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._on_output)
            process.finished.disconnect(self._on_ended)
            process.errorOccurred.disconnect(self._on_error)
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _warm_process(self) -> QProcess:
        if self._process is None:
            process = self._process = QProcess(self)
            process.setStandardErrorFile(QProcess.nullDevice())
            process.readyReadStandardOutput.connect(self._on_output)
            process.finished.connect(self._on_ended)
            process.errorOccurred.connect(self._on_error)
            process.start(self._command[0], self._command[1:])
        return self._process

    def _on_output(self) -> None:
        if self._process is None:
            return
        self._received += self._process.readAllStandardOutput().data()
        line, end, rest = self._received.partition(b"\n")
        if end:
            self._received = bytearray(rest)
            self._answer(line.decode("utf-8", "replace"))

    def _answer(self, line: str) -> None:
        sketch = self._done()
        if sketch is None:
            return
        try:
            picture = picture_from(sketch, line)
        except LayoutError as error:
            self.failed.emit(str(error))
        else:
            self.finished.emit(picture)

    def _on_ended(self, code: int) -> None:
        self._end(f"The layout worker ended with code {code}.")

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end("The layout worker did not start.")

    def _on_late(self) -> None:
        self._end(f"Graphviz was stopped after {self._limit_s:g} s.")

    def _end(self, sentence: str) -> None:
        waited_for = self._done() is not None
        self.close()
        if waited_for:
            self.failed.emit(sentence)

    def _done(self) -> Sketch | None:
        self._clock.stop()
        sketch, self._sketch = self._sketch, None
        return sketch
