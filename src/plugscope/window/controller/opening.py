"""Opening sources, and what the user is told and asked about it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from plugscope.session import NAMES, Document, SourceDocument
from plugscope.sources import Kind, Source
from plugscope.window.action import ActionId
from plugscope.window.context import WindowContext
from plugscope.window.welcome import Welcome
from plugscope.window.widget import on_button

from .controller import Controller, Handlers

DAEMON_ADDRESS = "unix:///run/containerd/containerd.sock"
_LARGE = 1 << 25
"""Bytes of a log from which on reading it is worth a word."""

_LONGEST_PATH = 4_096
_MOST_OFFERED = 3
_PATIENCE_MS = 800
"""So long opening may take before it is offered to give it up."""


class OpeningController(Controller):
    """The File menu, and the opener's answers."""

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(context, parent)
        self._text = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._offer_to_cancel)
        opener = context.opener
        opener.started.connect(self._started)
        opener.opened.connect(self._opened)
        opener.failed.connect(self._failed)
        opener.progressed.connect(self._progressed)
        opener.cancelled.connect(self._cancelled)
        opener.trust_needed.connect(self._ask_trust)
        opener.changed.connect(self._changed)
        opener.vanished.connect(self._vanished)

    @property
    def handlers(self) -> Handlers:
        return {
            ActionId.OPEN: self.ask_for_file,
            ActionId.OPEN_FOLDER: self._open_folder,
            ActionId.OPEN_DAEMON: self._open_daemon,
            ActionId.WELCOME: self._show_welcome,
            ActionId.RELOAD: self.reload,
            ActionId.OBSERVE: self._ask_what_happened,
            ActionId.TRUSTED: self._show_trusted,
            ActionId.QUIT: self._quit,
            ActionId.PASTE: self._paste,
        }

    def wire_welcome(self, page: Welcome) -> None:
        """Do what the start page asks for."""
        page.open_requested.connect(self._context.opener.open)
        page.dialog_requested.connect(self.ask_for_file)
        page.clear_requested.connect(self._context.settings.clear_recent)
        page.clear_requested.connect(partial(page.show_recent, []))

    # The opener's answers

    @Slot(str)
    def _started(self, text: str) -> None:
        self._context.notice.hide()
        self._text = self.tr("Opening {0}…").format(NAMES.get(text, text))
        self._context.busy(self._text)
        self._patience.start()

    @Slot()
    def _offer_to_cancel(self) -> None:
        """It takes its time: let it be given up."""
        self._say_progress(self._text)

    def _say_progress(self, text: str) -> None:
        if not (self._context.notice.isVisible() and self._context.notice.is_progress):
            cancel = (self.tr("Cancel"), self._context.opener.cancel)
            self._context.notice.say(text, "progress", [cancel])

    @Slot(object, object)
    def _progressed(self, read: int, size: int) -> None:
        """A large log takes its time: say how far it is, and let it be given up."""
        if size < _LARGE:
            return
        part, whole = f"{min(read, size) >> 20:,}", f"{size >> 20:,}"
        self._context.busy(self.tr("Reading: {0} of {1} MiB").format(part, whole))
        self._say_progress(self.tr("Reading a log of {0} MiB…").format(whole))

    @Slot()
    def _cancelled(self) -> None:
        self._over()

    def _over(self) -> None:
        """Nothing is being opened any more."""
        self._patience.stop()
        self._context.busy("")
        if self._context.notice.is_progress:
            self._context.notice.hide()

    @Slot(object)
    def _opened(self, document: Document) -> None:
        self._over()
        self._context.show_document(document, panels_later=True)

    @Slot(str)
    def _failed(self, text: str) -> None:
        self._patience.stop()
        self._context.busy("")
        lines = text.splitlines()
        more = self.tr("\n… and {0} more").format(len(lines) - 6) if len(lines) > 6 else ""
        self._context.notice.say("\n".join(lines[:6]) + more, "error")

    @Slot(object, str)
    def _ask_trust(self, source: Source, key: str) -> None:
        text = self.tr(
            "{0} is Python code. To see its plugins, Plugscope must import it, which runs it in a worker process "
            "with your rights (no security sandbox). Do you trust it?"
        ).format(key)
        trust = (self.tr("Trust and open"), partial(self._context.opener.allow, source, key))
        self._context.notice.say(text, "trust", [trust, (self.tr("Not now"), lambda: None)])

    @Slot(object)
    def _changed(self, source: Source) -> None:
        if source.kind is Kind.PYTHON:
            again = (self.tr("Reload"), self.reload)
            self._context.notice.say(self.tr("{0} changed on disk.").format(source.text), "reload", [again])
        else:
            self.reload()

    @Slot(object)
    def _vanished(self, source: Source) -> None:
        text = self.tr("{0} is gone; what it held stays open here.").format(source.text)
        self._context.notice.say(text, "warning")

    # The File menu

    def ask_for_file(self) -> None:
        """Ask which file to open, and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._context.as_window(),
            self.tr("Open"),
            str(self._context.settings.get("folder", "")),
            self.tr(
                "Manifests, configurations, logs and Python files "
                "(*.toml *.json *.yaml *.yml *.py *.log *.txt *.gz);;All files (*)"
            ),
        )
        self._open_path(name)

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not can_take(data):
            self._context.notice.say(self.tr("There is no text on the clipboard."))
            return
        self.take(data)

    def take(self, data: QMimeData) -> None:
        """Open what was pasted or dropped: a file, the path or address of a source, or the text itself."""
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        text = data.text()
        if len(files) > 1:
            choices = [
                (
                    self.tr("Open {0}").format(on_button(Path(file).name, 24)),
                    partial(self._context.opener.open, file),
                )
                for file in files[:_MOST_OFFERED]
            ]
            text = self.tr("{0} files were dropped; one is opened at a time.").format(len(files))
            self._context.notice.say(text, "info", choices)
        elif files:
            self._context.opener.open(files[0])
        elif _names_source(text):
            self._context.opener.open(text.strip())
        else:
            self._context.opener.open_text(text)

    def _open_daemon(self) -> None:
        self._context.opener.open(DAEMON_ADDRESS)

    def _ask_what_happened(self) -> None:
        from plugscope.window.comparison import CompareDialog

        document = self._context.document
        if document is None:
            return
        recent = [text for text in self._context.settings.recent if text != document.source.text]
        dialog = CompareDialog([*recent, DAEMON_ADDRESS], None, self._context.as_window())
        dialog.ask(
            self.tr("What happened"),
            self.tr(
                "What is open says what to expect. What happened is told by this log, listing or daemon:"
            ),
            self.tr("Lay it over"),
        )
        dialog.chosen.connect(self._observe)
        dialog.open()

    @Slot(str, int)
    def _observe(self, text: str, _: int) -> None:
        document = self._context.document
        if isinstance(document, SourceDocument):
            self._context.opener.reopen(document, boot=-1, over=text)

    def _open_folder(self) -> None:
        self._open_path(
            QFileDialog.getExistingDirectory(self._context.as_window(), self.tr("Open Python package"))
        )

    def _open_path(self, name: str) -> None:
        if name:
            self._context.settings.put("folder", str(Path(name).parent))
            self._context.opener.open(name)

    def _show_welcome(self) -> None:
        self._context.show_welcome()

    def reload(self) -> None:
        """Read what is open again."""
        if isinstance(self._context.document, SourceDocument):
            self._context.opener.reopen(self._context.document)

    @Slot(int)
    def open_boot(self, number: int) -> None:
        """Look at another boot of the log that is open; what is toggled stays so."""
        if isinstance(self._context.document, SourceDocument):
            self._context.opener.reopen(self._context.document, boot=number)

    @Slot(str)
    def open_release(self, name: str) -> None:
        """Read the configuration that is open for another release; what is toggled stays so."""
        if isinstance(self._context.document, SourceDocument):
            self._context.opener.reopen(self._context.document, release=name)

    def _show_trusted(self) -> None:
        from plugscope.window.dialog import show_trusted

        show_trusted(self._context)

    def _quit(self) -> None:
        self._context.close()


def can_take(data: QMimeData) -> bool:
    """Whether there is something in it that may be opened."""
    if data.hasUrls():
        return any(url.isLocalFile() for url in data.urls())
    return data.hasText() and bool(data.text().strip())


def _names_source(text: str) -> bool:
    """Whether a text says where a source is, and is none itself."""
    text = text.strip()
    if "\n" in text or len(text) > _LONGEST_PATH:
        return False
    if text.startswith(("unix:", "catalog:", "example:")):
        return True
    try:
        return Path(text).is_absolute() and Path(text).exists()
    except (OSError, ValueError):
        return False
