"""Watching one file, through everything that editors do to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

_QUIET_MS = 120

Mark = tuple[int, int, int]


class FileWatch(QObject):
    """Tells that a file ``changed`` or ``vanished``, once it has been quiet for a moment.

    Editors write a file in pieces, or write another one and put it in the old one's place; so its folder is
    watched as well, and what counts is whether it is another file than before.
    """

    changed = Signal()
    vanished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file: Path | None = None
        self._mark: Mark | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._stir)
        self._watcher.directoryChanged.connect(self._stir)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._look)

    def watch(self, file: Path | None) -> None:
        """Watch this file from now on, instead of the one before; ``None`` watches nothing."""
        self._quiet.stop()
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)
        self._file = file
        self._mark = None if file is None else _mark_of(file)
        if file is not None:
            self._watcher.addPaths([str(file), str(file.parent)])

    @Slot()
    def _stir(self) -> None:
        self._quiet.start()

    @Slot()
    def _look(self) -> None:
        if self._file is None:
            return
        before, self._mark = self._mark, _mark_of(self._file)
        if self._mark is None:
            if before is not None:
                self.vanished.emit()
            return
        if str(self._file) not in self._watcher.files():  # the watch went with the old file
            self._watcher.addPath(str(self._file))
        if self._mark != before:
            self.changed.emit()


def _mark_of(file: Path) -> Mark | None:
    """What tells two states of a file apart; ``None`` while there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
