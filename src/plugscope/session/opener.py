"""Opening sources for the window: what is it, may it be run, read it beside the event loop."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot

from plugscope.boot import Catalog
from plugscope.sources.error import SourceError
from plugscope.sources.opening import Kind, Source, recognise
from plugscope.sources.python import trust_key

from .document import Document
from .job import Job
from .loading import Loaded, load, load_job
from .settings import Settings


class Opener(QObject):
    """Takes requests to open, and answers with a document, a question or a refusal.

    ``trust_needed`` asks whether a Python path may be run; ``opened`` hands a document over; ``failed`` says what
    is wrong (one line a problem); ``changed`` says that the file of the open source changed on disk.
    """

    started = Signal(str)
    opened = Signal(object)
    failed = Signal(str)
    trust_needed = Signal(object, str)
    changed = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._job: Job | None = None
        self._current: Source | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._tell_change)

    def open(self, text: str) -> None:
        """Open a source by its text; ends in ``opened``, ``failed`` or ``trust_needed``."""
        try:
            source = recognise(text)
        except SourceError as error:
            self.failed.emit(str(error))
            return
        key = trust_key(source.target) if source.target is not None else ""
        if source.kind is Kind.PYTHON and not source.shipped and not self._settings.trusts(key):
            self.trust_needed.emit(source, key)
            return
        self.load(source)

    def open_now(self, text: str) -> Document | None:
        """Open a catalog or manifest at once, for the first paint. ``None`` if it takes another way."""
        try:
            source = recognise(text)
            if source.kind is Kind.PYTHON:
                return None
            return self._document(source, load(source))
        except SourceError:
            return None

    def allow(self, source: Source, key: str) -> None:
        """The user trusts the path: remember that, and open it."""
        self._settings.trust(key)
        self.load(source)

    def load(self, source: Source) -> None:
        """Read a source that may be read."""
        if self._job is not None:
            self._job.cancel()
        self.started.emit(source.text)
        job = load_job(source)
        job.returned.connect(self._take)
        job.errored.connect(self._refuse)
        self._job = job.start()

    def cancel(self) -> None:
        """Never mind."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _take(self, loaded: Loaded) -> None:
        self._job = None
        self.opened.emit(self._document(loaded.source, loaded.catalog))

    def _document(self, source: Source, catalog: Catalog) -> Document:
        document = Document(source, catalog)
        document.restore(self._settings.disabled_in(source.text))
        if source.text != "-":
            self._settings.add_recent(source.text)
        self._watch(source)
        return document

    def _watch(self, source: Source) -> None:
        self._current = source
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())
        if source.file is not None and not source.shipped:
            self._watcher.addPath(str(source.file))

    @Slot(str)
    def _tell_change(self, path: str) -> None:
        # Editors replace files: the watch goes with the old one.
        if path not in self._watcher.files():
            self._watcher.addPath(path)
        if self._current is not None:
            self.changed.emit(self._current)

    @Slot(object)
    def _refuse(self, error: object) -> None:
        self._job = None
        if isinstance(error, SourceError):
            self.failed.emit(str(error))
        else:
            self.failed.emit(f"{type(error).__name__}: {error}")
