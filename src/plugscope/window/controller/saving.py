"""Saving what is open as a manifest, and exporting its picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from plugscope.session import Job
from plugscope.window.action import ActionId
from plugscope.window.context import WindowContext

from .controller import Controller, Handlers

_MANIFESTS = {".toml": "toml", ".json": "json", ".yaml": "yaml", ".yml": "yaml"}


class SavingController(Controller):
    """Writes files, and says what became of it."""

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(context, parent)
        self._export: Job | None = None

    @property
    def handlers(self) -> Handlers:
        return {ActionId.SAVE_MANIFEST: self._ask_to_save, ActionId.EXPORT: self._ask_to_export}

    def _ask_to_save(self) -> None:
        from plugscope.window.dialog import ask_where

        path = ask_where(self._context, self.tr("Save as manifest"), self.tr("Manifests"), _MANIFESTS)
        if path is not None:
            self.save_manifest(path)

    def save_manifest(self, path: Path) -> None:
        """Write what is open as a manifest."""
        from plugscope.sources.manifest import write_manifest
        from plugscope.window.dialog import refusal

        document = self._context.document
        if document is None:
            return
        if why := refusal(path, _MANIFESTS, document):
            self._refuse(why)
            return
        try:
            path.write_text(write_manifest(document.catalog, _MANIFESTS[path.suffix.lower()]), "utf-8")
        except OSError as error:
            self._refuse(f"{path}: {error.strerror or error}")
        else:
            self._context.as_window().statusBar().showMessage(self.tr("Saved {0}").format(path), 4000)

    def _ask_to_export(self) -> None:
        from plugscope.export import RENDER_SUFFIXES
        from plugscope.window.dialog import ask_where

        path = ask_where(self._context, self.tr("Export picture"), self.tr("Pictures"), RENDER_SUFFIXES)
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Save what is open, as the replay shows it at its end, in the window's theme."""
        from plugscope.export import RENDER_SUFFIXES, render_file
        from plugscope.window.dialog import refusal

        document, pane = self._context.document, self._context.pane
        if document is None or pane is None:
            return
        if why := refusal(path, RENDER_SUFFIXES, document):
            self._refuse(why)
            return
        recording = document.replay.recording or document.predicted
        picture, theme = pane.canvas.picture, self._context.theme.name
        self._context.busy(self.tr("Exporting…"))
        job = Job(lambda _: render_file(recording, path, theme=theme, picture=picture))
        job.returned.connect(lambda _: self._exported(path))
        job.errored.connect(lambda error: self._refuse(f"{path}: {getattr(error, 'strerror', '') or error}"))
        self._export = job.start()

    def _exported(self, path: Path) -> None:
        self._context.busy("")  # first: it takes away what the status bar says
        self._context.as_window().statusBar().showMessage(self.tr("Exported {0}").format(path), 6000)

    def _refuse(self, text: str) -> None:
        self._context.busy("")
        self._context.notice.say(text, "error")
