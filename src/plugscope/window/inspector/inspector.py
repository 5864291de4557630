"""The inspector: everything about one plugin, as it was at the replay's cursor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import is_

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from plugscope.boot import NO_ID, Certainty, Recording, Step, full_name, short_name
from plugscope.session import Appearance, Document, Look, Theme
from plugscope.window.toolbar import why
from plugscope.window.widget import fixed_font, label, mark_icon, one_line, plugins, selectable

from .facts import PAGES, Facts
from .page import Page
from .source_facts import release_of, remarks_on

_MOST_WORDS = 200
_MOST_CAUSES = 8
"""Those with most victims: what a look at the boot as a whole has room for."""


class Inspector(QWidget):
    """Shows the selected plugin or the current step's, whichever was gone to last; at the end of the boot, and with
    nothing selected, the boot as a whole."""

    select_requested = Signal(str)
    location_requested = Signal(str)

    def __init__(self, document: Document, appearance: Appearance, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self._appearance = appearance
        self._theme = theme
        self._facts = Facts(document, self)
        self._shown: tuple[object, ...] = ()
        self._fills: dict[int, Callable[[], None]] = {}
        self.title = selectable("", "title")
        self.uri = selectable("", "quiet")
        self.uri.setFont(fixed_font(self.font().pointSizeF() - 1))
        self.mark = label()
        self.mark.setFixedSize(18, 18)
        self.status = label("", "heading")
        self.step_label = label("", "quiet")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Facts about the plugin"))
        self.pages = [Page() for _ in PAGES]
        self.overview = Page()
        self.overview.link_activated.connect(self.select_requested)
        self.overview.location_activated.connect(self.location_requested)
        self._build()
        self._follows = False
        document.selection_changed.connect(self._show_selection)
        document.replay.cursor_changed.connect(self._show_step)
        document.replay.recording_changed.connect(self._show_recording)
        self.refresh()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.mark)
        row.addWidget(self.status)
        row.addWidget(self.step_label)
        row.addStretch()
        head = QVBoxLayout()
        head.setContentsMargins(14, 10, 12, 6)
        head.setSpacing(3)
        head.addWidget(self.title)
        head.addWidget(self.uri)
        head.addLayout(row)
        for page, name in zip(self.pages, PAGES, strict=True):
            self.tabs.addTab(page, self.tr(name))
            page.link_activated.connect(self.select_requested)
            page.location_activated.connect(self.location_requested)
        self.tabs.currentChanged.connect(self._fill_current)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.overview, 1)

    def sizeHint(self) -> QSize:
        return QSize(340, 600)

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self._theme = theme
        self._shown = ()
        self.refresh()

    @Slot()
    def _show_selection(self) -> None:
        self._follows = False
        self.refresh()

    @Slot()
    def _show_recording(self) -> None:
        self._follows = False
        self.refresh()

    @Slot()
    def _show_step(self) -> None:
        """Someone steps: the step is what they look at."""
        self._follows = True
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is to be shown now."""
        position = self._wanted()
        document = self._document
        step = document.step_of(position) if position >= 0 else None
        reached = step is not None and step.index < document.replay.cursor
        # The objects themselves are kept: another one could come to have a number that is free again.
        chosen = len(document.selection)
        values = (position, reached, position < 0 and document.replay.cursor, chosen)
        wanted = (values, step, document.replay.recording)
        if self._shown and values == self._shown[0] and all(map(is_, wanted[1:], self._shown[1:])):
            return
        self._shown = wanted
        self.tabs.setVisible(position >= 0)
        self.overview.setVisible(position < 0)
        self.mark.setVisible(position >= 0)
        if position < 0:
            self._show_overview()
        else:
            self._show_plugin(position, step, reached)

    def _show_plugin(self, position: int, step: Step | None, reached: bool) -> None:
        document = self._document
        entry = document.catalog.entries[position]
        look = self._appearance.looks[position]
        self.title.setText(one_line(entry.registration.id or NO_ID, 64))
        self.uri.setText(one_line(full_name(entry.registration), 128))
        outcome = self._theme.outcome(look)
        self.mark.setPixmap(mark_icon(look, self._theme).pixmap(QSize(18, 18), self.devicePixelRatioF()))
        self.status.setText(outcome.word)
        palette = self.status.palette()
        palette.setColor(QPalette.ColorRole.WindowText, outcome.ink)
        self.status.setPalette(palette)
        total = len(document.replay.steps)
        locations = [self.tr("step {0} of {1}").format(step.index + 1, total)] if step is not None else []
        chosen = len(document.selection)
        locations += [self.tr("first of {0} selected").format(chosen)] if chosen > 1 else []
        self.step_label.setText(" · ".join(locations))
        now = step if reached else None
        self._fills = {
            number: partial(self._facts.fill, name, self.pages[number], position, now, look)
            for number, name in enumerate(PAGES)
        }
        self._fill_current()

    @Slot()
    def _fill_current(self) -> None:
        """The page that is seen; the others wait until they are."""
        fill = self._fills.pop(self.tabs.currentIndex(), None)
        if fill is not None:
            fill()

    def _wanted(self) -> int:
        selection, replay = self._document.selection, self._document.replay
        current = None if replay.cursor == len(replay.steps) else replay.current
        if current is not None and (self._follows or not selection):
            return current.position
        return min(selection, default=-1)

    def _show_overview(self) -> None:
        """Nothing is selected: the boot as a whole."""
        document = self._document
        recording = document.replay.recording or document.predicted
        self.title.setText(one_line(document.title, 64))
        self.uri.setText("" if document.source.name else one_line(document.source.text, 128))
        self.step_label.clear()
        semantics = self.tr("{0} semantics").format(document.catalog.semantics)
        self.status.setText(" · ".join(filter(None, (release_of(document), semantics))))
        with self.overview.rewritten():
            self._tell_boot(self.overview, recording)

    def _tell_boot(self, page: Page, recording: Recording) -> None:
        document = self._document
        page.section(self.tr("Boot"))
        if not document.catalog.entries:
            page.text(self.tr("There is nothing to start."))
        elif recording.boot.certainty is Certainty.UNKNOWN:
            page.text(self.tr("How it ended is not known: {0}.").format(recording.boot.error))
        elif recording.boot.ok:
            turn = self.tr("has its turn") if len(recording.steps) == 1 else self.tr("have their turn")
            page.text(self.tr("It comes up: {0} {1}.").format(plugins(len(recording.steps)), turn))
        else:
            page.code(recording.boot.error)
        counts = self._appearance.counts()
        if (unknown := counts[Look.UNKNOWN]) and document.observed is not None and not document.toggled:
            page.text(self.tr("What became of {0} is not told.").format(unknown))
        elif unknown:
            page.text(self.tr("What becomes of {0} is not known: their lookups are not.").format(unknown))
            if document.can_run and document.run is None:
                page.text(self.tr("Run them (Ctrl+F5), and it is."))
        self._tell_causes(page, recording)
        page.section(self.tr("Plugins"))
        words = [(self._theme.outcome(look).word, str(counts[look])) for look in Look if counts[look]]
        page.pairs(words or [(self.tr("none"), "")])
        if document.release is not None:
            page.section(self.tr("Release"))
            page.text(why(document))
        title, remarks = remarks_on(document)
        if remarks:
            page.section(title)
        for remark in remarks:
            page.text(one_line(remark, _MOST_WORDS))
        if not document.catalog.entries:
            return
        page.section(self.tr("Try"))
        page.text(self.tr("Click a plugin to see why it stands where it stands, and what it looks up."))
        if document.can_change:
            page.text(self.tr("Press D to leave it out, and see who fails for want of it."))
        else:
            page.text(self.tr("Press X to see the other boot: what is in both stays where it is."))
        page.text(self.tr("Press . and , to step through the boot and back."))

    def _tell_causes(self, page: Page, recording: Recording) -> None:
        document = self._document
        causes = document.diagnosis().root_causes
        if causes:
            page.section(self.tr("Causes"))
        for cause in causes[:_MOST_CAUSES]:
            reason = str(cause.reason).replace("-", " ")
            took = self.tr(", takes {0} along").format(len(cause.victims)) if cause.victims else ""
            if cause.uri:
                page.link(short_name(cause.uri, document.plan), cause.uri, reason + took)
            else:
                page.text(self.tr("the boot: {0}").format(reason))
            words = one_line(cause.error, _MOST_WORDS) if cause.error != recording.boot.error else ""
            line = 0 if document.log is None else document.log.line_of(cause.location)
            if line:
                page.location(self.tr("line {0}").format(line), cause.location, words)
            elif words:
                page.text(words, "quiet")
        if len(causes) > _MOST_CAUSES:
            more = len(causes) - _MOST_CAUSES
            page.text(self.tr("and {0} more, under Causes and problems").format(more), "quiet")
