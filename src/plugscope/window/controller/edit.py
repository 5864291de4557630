"""What the actions of the Edit menu do."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication

from plugscope.window.action import ActionId

from .controller import Controller, Handlers


class EditController(Controller):
    """Changes, selects and copies. What only an action needs is imported by it: the first paint waits."""

    @property
    def handlers(self) -> Handlers:
        return {
            ActionId.UNDO: self._undo,
            ActionId.REDO: self._redo,
            ActionId.TOGGLE: self._toggle,
            ActionId.ENABLE_ALL: self._enable_all,
            ActionId.COPY_URI: self._copy_uris,
            ActionId.COPY_TOML: self.copy_setting,
            ActionId.WRITE_CONFIG: self.write_config,
            ActionId.COPY_REPORT: lambda: self._copy_report(masked=False),
            ActionId.COPY_MASKED_REPORT: lambda: self._copy_report(masked=True),
            ActionId.SELECT_ALL: self._select_all,
            ActionId.SELECT_UPSTREAM: self._select_upstream,
            ActionId.SELECT_DOWNSTREAM: self._select_downstream,
        }

    def _undo(self) -> None:
        self._document.undo_stack.undo()

    def _redo(self) -> None:
        self._document.undo_stack.redo()

    def _toggle(self) -> None:
        self._source_document.toggle(self._document.selection)

    def _enable_all(self) -> None:
        self._source_document.enable_all()

    def _copy_uris(self) -> None:
        entries = self._document.catalog.entries
        _copy("\n".join(entries[position].uri for position in sorted(self._document.selection)))

    @Slot()
    def copy_setting(self) -> None:
        """Copy ``disabled_plugins`` as it is to stand in the configuration."""
        from .config_change import copy_setting

        copy_setting(self._context, self._source_document)

    @Slot()
    def write_config(self) -> None:
        """Show what would be written to a configuration."""
        from .config_change import ask_to_write

        ask_to_write(self._context, self._source_document)

    def _copy_report(self, *, masked: bool) -> None:
        from plugscope.export.text import report_of

        recording = self._document.replay.recording or self._document.predicted
        _copy(report_of(recording, masked=masked))
        self._context.as_window().statusBar().showMessage(self.tr("Copied the causes as Markdown"), 3000)

    def _select_all(self) -> None:
        """All that the filter lets through."""
        shown = None if self._context.panels is None else self._context.panels.found()
        self._document.select(range(len(self._document.catalog.entries)) if shown is None else shown)

    def _select_upstream(self) -> None:
        chosen = self._document.selection
        self._document.select(chosen | self._document.neighbours.upstream(chosen))

    def _select_downstream(self) -> None:
        chosen = self._document.selection
        self._document.select(chosen | self._document.neighbours.downstream(chosen))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
