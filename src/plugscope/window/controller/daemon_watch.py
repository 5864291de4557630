"""Watching the daemon that is open, or laid over what is: what changed is shown in place, and said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from plugscope.session import Difference, Document, News, Polling, SourceDocument
from plugscope.window.action import ActionId
from plugscope.window.context import WindowContext
from plugscope.window.widget import one_line

from .controller import Controller, Handlers

INTERVAL_MS = 3_000
"""From one answer to the next question."""

_NAMED = 3
"""So many plugins are named in a notice; the marks show the rest."""


class DaemonWatchController(Controller):
    """The action "Watch the daemon", and what the user is told of what it finds. It is off until it is asked for."""

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(context, parent)
        self._polling: Polling | None = None
        self.interval = INTERVAL_MS

    @property
    def handlers(self) -> Handlers:
        return {ActionId.WATCH_DAEMON: self._watch}

    def wire(self, document: Document) -> None:
        """Another document is shown. If it is the same daemon opened anew, it is watched on."""
        goes_on = self._polling is not None and self._polling.address == document.daemon
        self.stop()
        document.selection_changed.connect(self._forget_marks)
        action = self._context.actions_by_id[ActionId.WATCH_DAEMON]
        action.setChecked(goes_on and can_watch(document))
        if action.isChecked():
            self._start(document)

    def _watch(self) -> None:
        document = self._context.document
        if document is None or not self._context.actions_by_id[ActionId.WATCH_DAEMON].isChecked():
            self.stop()
            return
        self._start(document)
        words = self.tr("Watching the daemon: what changes is marked")
        self._context.as_window().statusBar().showMessage(words, 4000)

    def stop(self) -> None:
        """Stop asking the daemon that is watched."""
        if self._polling is not None:
            self._polling.stop()
            self._polling.deleteLater()
            self._polling = None

    def _start(self, document: Document) -> None:
        self.stop()
        assert document.observed is not None, "a daemon tells what happened"
        self._polling = Polling(
            document.daemon, document.observed, self, interval=self.interval, under=document.under
        )
        self._polling.told.connect(self._show)
        self._polling.lost.connect(self._tell_loss)
        self._polling.found.connect(self._tell_return)
        self._polling.start()

    @Slot(object)
    def _show(self, news: News) -> None:
        document = self._context.document
        if not isinstance(document, SourceDocument):
            return
        if news.recording is None:
            self._offer_anew(news)
            return
        position = document.plan.position
        changed = [position[one.uri] for one in news.differences]
        document.take_observed(news.recording, changed)
        causes = {cause.uri for cause in document.diagnosis().root_causes}
        entries, disabled = document.catalog.entries, document.disabled
        # Those that the others follow from are named, as long as there is room for names.
        changed.sort(key=lambda one: (entries[one].uri not in causes, one not in disabled))
        self._context.notice.say(self._changed([*map(document.name_of, changed[:_NAMED])], len(changed)))

    def _changed(self, names: Sequence[str], count: int) -> str:
        shown = ", ".join(one_line(name, 60) for name in names)
        if count == 1:
            return self.tr("1 plugin changed: {0}").format(shown)
        text = self.tr("{0} plugins changed: {1}").format(count, shown)
        return text if count <= len(names) else self.tr("{0} and {1} more").format(text, count - len(names))

    def _offer_anew(self, news: News) -> None:
        """The daemon has plugins that no card stands for: the picture has to be made anew, and the user says when."""
        self.stop_asking()
        new, gone = _named(news.differences, "new"), _named(news.differences, "gone")
        parts = [self.tr("{0} new").format(new)] if new else []
        parts += [self.tr("{0} gone").format(gone)] if gone else []
        what = ", ".join(parts) or self.tr("other requirements")
        text = self.tr("The daemon has other plugins by now ({0}).").format(what)
        self._context.notice.say(text, "reload", [(self.tr("Open anew"), self._open_anew)])

    def stop_asking(self) -> None:
        """Until it is opened anew; the watch as such stays on."""
        if self._polling is not None:
            self._polling.stop()

    def _open_anew(self) -> None:
        self._context.actions_by_id[ActionId.RELOAD].trigger()

    @Slot(str)
    def _tell_loss(self, why: str) -> None:
        text = self.tr("The daemon does not answer any more: {0} It is asked again from time to time.")
        self._context.notice.say(text.format(why if why.endswith("?") else f"{why}."), "warning")

    @Slot()
    def _tell_return(self) -> None:
        self._context.notice.say(self.tr("The daemon answers again."))

    @Slot()
    def _forget_marks(self) -> None:
        document = self._context.document
        if document is not None:
            document.mark(())


def can_watch(document: Document) -> bool:
    """Whether a daemon stands behind it that can be asked again."""
    return bool(document.daemon)


def _named(differences: Sequence[Difference], what: str) -> int:
    return sum(one.what == what for one in differences)
