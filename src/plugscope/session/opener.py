"""Opening sources for the window: what is it, may it be run, read it beside the event loop."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from plugscope.boot import Catalog, Recording, split_location
from plugscope.layout import Picture
from plugscope.sources import Kind, Opened, Source, SourceError, catalog_names, recognise, trust_key
from plugscope.worker import Target

from .file_watch import FileWatch
from .job import Job
from .loading import Prepared, load, load_job, over_job, pasted_job, piped_job, prepare_job
from .settings import Settings
from .source_document import SourceDocument
from .spool import CLIPBOARD, NAMES, STDIN, Spool

_SOON_READ, _SOON_PARSED = 32 << 20, 128 << 10
"""Bytes that are read within a moment: of JSON, and of TOML and YAML, whose parsers are a hundred times as slow."""


_MOST_WATCHED = 200
"""Files of a package: an operating system watches a few thousand for all programs."""


class Opener(QObject):
    """Takes requests to open, and answers with a document, a question or a refusal.

    ``trust_needed`` asks whether a Python path may be run; ``opened`` hands a document over; ``failed`` says what
    is wrong (one line a problem); ``progressed`` says how many bytes of a log have been read, and of how many (0: not
    known), ``cancelled`` that nobody waits for it any more; ``changed`` says that the file of the open source, or one
    that it imports, changed on disk, ``vanished`` that it is gone.
    """

    started = Signal(str)
    opened = Signal(object)
    failed = Signal(str)
    progressed = Signal(object, object)
    cancelled = Signal()
    trust_needed = Signal(object, str)
    changed = Signal(object)
    vanished = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._job: Job | None = None
        self._current: Source | None = None
        self._size = 0
        self._spool = Spool()
        self._carried: tuple[str, Mapping[str, bool]] | None = None
        self._stdin_read = False
        self._watch = FileWatch(self)
        self._watch.changed.connect(self._tell_change)
        self._watch.vanished.connect(self._tell_loss)

    def open(self, text: str, boot: int = -1, release: str | None = None, over: str = "") -> None:
        """Open a source by its text; ends in ``opened``, ``failed``, ``cancelled`` or ``trust_needed``.

        ``boot``: which one of a log, from 1, or -1 for the last. ``release``: the catalog that a configuration is for,
        "" for the newest that takes it, ``ask`` for that of the daemon on PATH, ``None`` for that of the last time.
        ``over``: a log, a listing or a daemon whose boot, with that number, is laid over it.
        """
        try:
            source = self._recognise(text)
            other = self.source_of(over) if over else None
        except SourceError as error:
            self.failed.emit(str(error))
            return
        key = trust_key(source.target) if source.target is not None else ""
        if source.kind is Kind.PYTHON and not source.shipped and not self._settings.trusts(key):
            self.trust_needed.emit(source, key)
            return
        self.load(source, boot, release, other)

    def reopen(
        self,
        document: SourceDocument,
        *,
        boot: int | None = None,
        release: str | None = None,
        over: str | None = None,
        overrides: Mapping[str, bool] | None = None,
    ) -> None:
        """Read the source of a document again; ends as ``open`` does. What was toggled in it stays so.

        ``boot``, ``release`` and ``over`` as for ``open``, without them as they are in the document: the last boot of
        a log stays the last. ``overrides``: what is to be toggled instead.
        """
        log = document.log
        if boot is None:
            boot = -1 if log is None or log.number == log.count else log.number
        over = document.over if over is None else over
        if release is None and over and over == document.over:
            release = document.release
        self._carried = document.source.text, document.remembered() if overrides is None else overrides
        self.open(document.source.text, boot, release, over)

    def read_now(self, text: str) -> Opened | None:
        """Read a catalog or a file at once, for the first paint; ``document`` or ``prepare`` is what to do with it.

        ``None`` if it cannot be, which ``failed`` explains, or if it may take long: a Python module, a daemon, a pipe,
        a large file, which are opened after the paint.
        """
        try:
            source = recognise(text)
            if source.kind is Kind.CATALOG or (source.kind is Kind.TEXT and _is_soon_read(source)):
                source = self._recognise(text)
                self._accept(source)
                return load(source, release=self._last_release(source))
        except SourceError as error:
            self.failed.emit(str(error))
            return None
        QTimer.singleShot(0, self, lambda: self.open(text))
        return None

    def prepare(self, opened: Opened, picture: Picture) -> None:
        """Predict what has been read and drawn, beside the event loop; ends in ``opened``."""
        self._start(opened.source, prepare_job(opened, picture))

    def allow(self, source: Source, key: str) -> None:
        """The user trusts the path: remember that, and open it."""
        self._settings.trust(key)
        self.load(source)

    def open_text(self, text: str) -> None:
        """Open what was pasted; what was toggled in what was pasted before has nothing to do with it."""
        self._forget(CLIPBOARD)
        self._start(Source(Kind.TEXT, CLIPBOARD, name=NAMES[CLIPBOARD]), pasted_job(text, self._spool))

    def _forget(self, text: str) -> None:
        self._settings.set_overrides_in(text, {})
        self._settings.set_release_in(text, "")

    def load(
        self, source: Source, boot: int = -1, release: str | None = None, over: Source | None = None
    ) -> None:
        """Read a source that may be read."""
        if source.text == STDIN and source.file is None:
            self._forget(STDIN)
            self._start(source, piped_job(source, self._spool))
            return
        if over is not None:
            other, usual = replace(over, text=lasting(over)), self._last_release(source)
            self._start(source, over_job(source, other, boot, release or "", usual))
            return
        wanted = self._last_release(source) if release is None else release
        self._start(source, load_job(source, boot, wanted))

    def _last_release(self, source: Source) -> str:
        """The release that was chosen for a source the last time, if it is still shipped."""
        name = self._settings.release_in(source.text)
        return name if name and name in catalog_names() else ""

    def _start(self, source: Source, job: Job) -> None:
        if self._job is not None:
            self._job.cancel()
        self.started.emit(source.text)
        self._accept(source)
        self._size = _size_of(source)
        job.reported.connect(self._tell_progress)
        job.returned.connect(self._take)
        job.errored.connect(self._refuse)
        self._job = job.start()

    def _accept(self, source: Source) -> None:
        """What is read from now on is as it is now."""
        if self._current is not None and self._current.text == source.text:
            self._watch.accept()

    def cancel(self) -> None:
        """Give up what is being opened."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.cancelled.emit()

    def source_of(self, text: str) -> Source:
        """A source to be read beside the one that is open. Raises ``SourceError``."""
        return self._spool.source(text) or recognise(text)

    def _recognise(self, text: str) -> Source:
        spool = self._spool.source(text)
        if spool is not None:
            return spool
        if text == CLIPBOARD:
            raise SourceError.at(NAMES[CLIPBOARD], "what was pasted is gone; paste it again")
        if text == STDIN:
            if self._stdin_read:
                raise SourceError.at(NAMES[STDIN], "can be read only once")
            self._stdin_read = True
        source = recognise(text)
        return replace(source, text=lasting(source))

    @Slot(object)
    def _take(self, made: Prepared) -> None:
        self._job = None
        self.opened.emit(self.document(made.opened, made.picture, made.predicted))

    def document(
        self, opened: Opened, picture: Picture | None = None, predicted: Recording | None = None
    ) -> SourceDocument:
        """The document of what has been read, with what the user disabled in it the last time."""
        source = opened.source
        document = SourceDocument(opened, picture=picture, predicted=predicted)
        document.restore(self._overrides_for(source.text))
        if opened.release is not None and not opened.over:
            # What the daemon on PATH answered is remembered, and not that it be asked: nothing runs unasked.
            chosen = f"containerd-{opened.catalog.version}" if opened.release else ""
            self._settings.set_release_in(source.text, chosen)
        if source.text not in NAMES:
            self._settings.add_recent(source.text)
        self._current = source
        is_own = source.shipped or source.name
        if source.target is not None and not is_own:
            file, imports = _python_files(source.target, opened.catalog)
        else:
            file = None if source.file is None or is_own else _full(source.file)
            imports = opened.catalog.imports
        self._watch.watch(file, imports)
        return document

    def _overrides_for(self, text: str) -> Mapping[str, bool]:
        """What was toggled in a source: in the document that is read again, or when it was open the last time."""
        carried, self._carried = self._carried, None
        if carried is not None and carried[0] == text:
            return carried[1]
        return self._settings.overrides_in(text)

    @Slot(object)
    def _tell_progress(self, read: int) -> None:
        if self._job is not None:  # what was told before it was cancelled may come after
            self.progressed.emit(read, self._size)

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
    if source.shipped or source.text in NAMES:
        return source.text
    if source.target is None:
        return source.text if source.file is None else str(_full(source.file))
    target = source.target
    path = Path(target.name) if target.kind == "file" else Path(target.search, target.name)
    if target.kind != "file" and source.text.partition(":")[0] == target.name and not path.is_dir():
        return source.text
    return f"{path}:{target.attr}" if target.attr else str(path)


def _python_files(target: Target, catalog: Catalog) -> tuple[Path | None, tuple[str, ...]]:
    """The file that a module stands in, if it can be told, and those that declare its plugins."""
    from glob import escape  # what only Python sources need comes with them

    if target.kind == "file":
        file: Path | None = Path(target.name)
    else:
        module = Path(target.search, *target.name.split("."))
        candidates = (module / "__init__.py", module.with_suffix(".py"))
        file = next((candidate for candidate in candidates if candidate.is_file()), None)
    declared = dict.fromkeys(split_location(entry.location)[0] for entry in catalog.entries if entry.location)
    others = (escape(name) for name in declared if file is None or name != str(file))
    return file and _full(file), tuple(others)[:_MOST_WATCHED]


def _size_of(source: Source) -> int:
    try:
        return source.file.stat().st_size if source.file is not None else 0
    except OSError:
        return 0


def _is_soon_read(source: Source) -> bool:
    size = _size_of(source)
    if source.file is None or not 0 < size <= _SOON_READ:
        return False
    if size <= _SOON_PARSED:
        return True
    try:
        with source.file.open("rb") as stream:
            return stream.read(16).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    except OSError:
        return False


def _full(file: Path) -> Path:
    """The whole path; a link stays a link, since what it points to may change."""
    return file.parent.resolve() / file.name
