"""Opening sources for the window: what is it, may it be run, read it beside the event loop."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from plugscope.sources.error import SourceError
from plugscope.sources.opening import Kind, Source, recognise
from plugscope.sources.target import trust_key

from .document import Document
from .job import Job
from .loading import Loaded, load, load_job
from .settings import Settings
from .watch import FileWatch

STDIN = "-"


class Opener(QObject):
    """Takes requests to open, and answers with a document, a question or a refusal.

    ``trust_needed`` asks whether a Python path may be run; ``opened`` hands a document over; ``failed`` says what
    is wrong (one line a problem); ``changed`` says that the file of the open source changed on disk, ``vanished``
    that it is gone.
    """

    started = Signal(str)
    opened = Signal(object)
    failed = Signal(str)
    trust_needed = Signal(object, str)
    changed = Signal(object)
    vanished = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._job: Job | None = None
        self._current: Source | None = None
        self._stdin_read = False
        self._watch = FileWatch(self)
        self._watch.changed.connect(self._tell_change)
        self._watch.vanished.connect(self._tell_loss)

    def open(self, text: str) -> None:
        """Open a source by its text; ends in ``opened``, ``failed`` or ``trust_needed``."""
        try:
            source = self._recognise(text)
        except SourceError as error:
            self.failed.emit(str(error))
            return
        key = trust_key(source.target) if source.target is not None else ""
        if source.kind is Kind.PYTHON and not source.shipped and not self._settings.trusts(key):
            self.trust_needed.emit(source, key)
            return
        self.load(source)

    def open_now(self, text: str) -> Document | None:
        """Open a catalog or manifest at once, for the first paint.

        ``None`` if it cannot be, which ``failed`` explains, or if it is Python, which is opened after the paint.
        """
        try:
            source = self._recognise(text)
            if source.kind is not Kind.PYTHON:
                return self._document(load(source))
        except SourceError as error:
            self.failed.emit(str(error))
            return None
        QTimer.singleShot(0, self, lambda: self.open(text))
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

    def _recognise(self, text: str) -> Source:
        if text == STDIN:
            if self._stdin_read:
                raise SourceError.at("standard input", "can be read only once")
            self._stdin_read = True
        source = recognise(text)
        return replace(source, text=lasting(source))

    @Slot(object)
    def _take(self, loaded: Loaded) -> None:
        self._job = None
        self.opened.emit(self._document(loaded))

    def _document(self, loaded: Loaded) -> Document:
        source = loaded.source
        document = Document(
            source,
            loaded.catalog,
            observed=loaded.observed,
            predicted=loaded.predicted,
            picture=loaded.picture,
        )
        document.restore(self._settings.disabled_in(source.text))
        if source.text != STDIN:
            self._settings.add_recent(source.text)
        self._current = source
        self._watch.watch(None if source.file is None or source.shipped else _full(source.file))
        return document

    @Slot()
    def _tell_change(self) -> None:
        self.changed.emit(self._current)

    @Slot()
    def _tell_loss(self) -> None:
        self.vanished.emit(self._current)

    @Slot(object)
    def _refuse(self, error: object) -> None:
        self._job = None
        if isinstance(error, SourceError):
            self.failed.emit(str(error))
        else:
            self.failed.emit(f"{type(error).__name__}: {error}")


def lasting(source: Source) -> str:
    """The text of a source as it can be opened from any folder: its path in full."""
    if source.shipped or source.text == STDIN:
        return source.text
    if source.target is None:
        return source.text if source.file is None else str(_full(source.file))
    target = source.target
    path = Path(target.name) if target.kind == "file" else Path(target.search, target.name)
    if target.kind != "file" and source.text.partition(":")[0] == target.name and not path.is_dir():
        return source.text
    return f"{path}:{target.attr}" if target.attr else str(path)


def _full(file: Path) -> Path:
    """The whole path; a link stays a link, since what it points to may change."""
    return file.parent.resolve() / file.name
