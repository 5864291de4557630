"""Comparing what is open with something else, on one canvas."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Slot

from plugscope.session import Compared, Comparison, Job, Side, compare_job, log_name
from plugscope.sources import Source, SourceError, catalog_names, trust_key
from plugscope.window.action import ActionId
from plugscope.window.context import WindowContext

from .controller import Controller, Handlers
from .opening import DAEMON_ADDRESS

_HEIGHT = 240
"""Of the list of differences: a heading and some rows."""


class ComparisonController(Controller):
    """Asks with what, and shows both."""

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(context, parent)
        self._job: Job | None = None

    @property
    def handlers(self) -> Handlers:
        return {ActionId.COMPARE: self._ask_with_what, ActionId.OTHER_SIDE: self._show_other_side}

    def _ask_with_what(self) -> None:
        from plugscope.window.comparison import CompareDialog

        document = self._context.document
        if document is None:
            return
        own = document.source.text
        recent = [text for text in self._context.settings.recent if text != own]
        releases = (f"catalog:{name}" for name in reversed(catalog_names()))
        offered = [*recent, *releases, DAEMON_ADDRESS]
        dialog = CompareDialog(offered, document.log, self._context.as_window(), own)
        dialog.chosen.connect(self.compare_with)
        dialog.open()

    def _show_other_side(self) -> None:
        document = self._context.document
        if isinstance(document, Comparison):
            document.show_side(Side.AFTER if document.side is Side.BEFORE else Side.BEFORE)

    @Slot(str, int)
    def compare_with(self, text: str, boot: int = -1) -> None:
        """Lay the boot of another source over the one that is shown; ``boot``: which one of a log."""
        document = self._context.document
        if document is None:
            return
        try:
            other = self._context.opener.source_of(text)
        except SourceError as error:
            self._refuse(error)
            return
        if not self._may_run(other):
            words = self.tr("{0} is Python code that is not trusted yet: open it by itself first.")
            self._context.notice.say(words.format(text), "trust")
            return
        name = document.title if document.log is None else log_name(document.log)
        if document.toggled:
            name = self.tr("{0} with changes").format(name)
        self.cancel()
        self._context.busy(self.tr("Comparing with {0}…").format(text))
        job = compare_job(
            document.replay.recording or document.predicted, name, document.source.text, other, boot
        )
        number = -1 if document.log is None else document.log.number
        job.returned.connect(partial(self._show, (document.source.text, number), (text, boot)))
        job.errored.connect(self._refuse)
        job.finished.connect(partial(self._context.busy, ""))
        self._job = job.start()

    def _may_run(self, source: Source) -> bool:
        return (
            source.target is None or source.shipped or self._context.settings.trusts(trust_key(source.target))
        )

    def cancel(self) -> None:
        """Give up what is being compared."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _show(self, before: tuple[str, int], after: tuple[str, int], compared: Compared) -> None:
        if self._job is None:
            return
        self._job = None
        self._context.show_document(Comparison(compared), panels_later=True)
        dock = self._context.docks["differences"]
        dock.show()
        dock.raise_()
        self._context.as_window().resizeDocks([dock], [_HEIGHT], Qt.Orientation.Vertical)
        opener = self._context.opener
        choices = [
            (word, partial(opener.open, text, boot))
            for word, (text, boot) in (
                (self.tr("Open before"), before),
                (self.tr("Open after"), after),
            )
        ]
        words = self.tr(
            "Two boots on one canvas: what is in both stands where it stood. X shows the other one."
        )
        self._context.notice.say(words, "info", choices)

    @Slot(object)
    def _refuse(self, error: object) -> None:
        self._job = None
        self._context.notice.say("\n".join(str(error).splitlines()[:6]), "error")
