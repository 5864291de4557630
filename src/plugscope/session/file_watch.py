"""Watching a file and what it imports, through everything that editors do to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

_QUIET_MS = 120

Mark = tuple[int, int, int]


class FileWatch(QObject):
    """Tells that a file, or what it imports, ``changed``, or that the file ``vanished``, once it has been quiet for a
    moment.

    Editors write a file in pieces, or write another one and put it in the old one's place; so its folder is
    watched as well, and what counts is whether it is another file than before. A folder that is not there yet is
    waited for in the one that it would be in.
    """

    changed = Signal()
    vanished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file: Path | None = None
        self._imports: Sequence[str] = ()
        self._marks: dict[Path, Mark | None] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._stir)
        self._watcher.directoryChanged.connect(self._stir)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._look)

    def watch(self, file: Path | None, imports: Sequence[str] = ()) -> None:
        """Watch this file from now on, instead of the one before; ``None`` watches nothing. ``imports``: the paths and
        patterns of what else is read with it. Of the same file, what changed since it was accepted is told."""
        known = self._marks if file == self._file else {}
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)
        self._file = file
        self._imports = imports
        self.accept()
        if known:
            self._marks |= {path: mark for path, mark in known.items() if path in self._marks}
            self._stir()

    def accept(self) -> None:
        """What is there now is no change: it is being read."""
        self._quiet.stop()
        self._marks = self._found()

    @Slot()
    def _stir(self) -> None:
        self._quiet.start()

    @Slot()
    def _look(self) -> None:
        before, self._marks = self._marks, self._found()
        if self._file is None:
            return
        if self._marks[self._file] is None:
            if before[self._file] is not None:
                self.vanished.emit()
        elif self._marks != before:
            self.changed.emit()

    def _found(self) -> dict[Path, Mark | None]:
        """The files as they are now. All of them and their folders are watched: a watch goes with a file."""
        if self._file is None:
            return {}
        files, folders = [self._file], [self._file.parent]
        if self._imports:
            from plugscope.sources.config.read import files_of, folders_of

            files += map(Path, files_of(self._imports))
            folders += map(Path, folders_of(self._imports))
        wanted = {str(path) for path in [*files, *map(_that_is_there, folders)] if path.exists()}
        if missing := sorted(wanted.difference(self._watcher.files(), self._watcher.directories())):
            self._watcher.addPaths(missing)
        return {file: _mark_of(file) for file in files}


def _that_is_there(folder: Path) -> Path:
    """A folder, or the nearest one above it that there is."""
    return next((above for above in (folder, *folder.parents) if above.is_dir()), folder)


def _mark_of(file: Path) -> Mark | None:
    """What tells two states of a file apart; ``None`` while there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
