"""The log panel: the lines of the boot that is open, and the way from a plugin to its lines and back."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from plugscope.session import Document, Job, Theme
from plugscope.sources.boot_log import BootLog
from plugscope.sources.log import Lines, read_lines
from plugscope.window.widget import fixed_font, label, visible

from .model import Column, LogModel
from .view import LogView

_MOST_MARKED = 2_000
_MANY, _PAUSE_MS = 20_000, 150


class LogPanel(QWidget):
    """Reads the lines when it is first seen. ``reached`` names the position of a plugin that a chosen line is about."""

    reached = Signal(int)

    def __init__(self, document: Document, log: BootLog, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self._log = log
        self._job: Job | None = None
        self._read = False
        self._wanted = 0
        self._echo = False
        self._soon = QTimer(self)
        self.model = LogModel(document.plan, self)
        self.view = LogView(self.model, document.plan, theme)
        self.filter_line = QLineEdit()
        self.only_plugins = _switch(self.tr("Plugins only"), self.tr("Only lines that are about a plugin"))
        self.as_written = _switch(self.tr("As written"), self.tr("Show lines as they stand in the log"))
        self.summary = label("", "faint")
        self.state = label("", "quiet", wrap=True)
        self.again = QPushButton(self.tr("Try again"))
        self.stop = QPushButton(self.tr("Cancel"))
        self._build()
        document.selection_changed.connect(self._mark)
        self._tell(self.tr("Reading the lines…"), self.stop)

    def _build(self) -> None:
        self.filter_line.setPlaceholderText(self.tr("Filter lines: any text"))
        self.filter_line.setClearButtonEnabled(True)
        self.filter_line.setAccessibleName(self.tr("Filter lines of the log"))
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._filter)
        self.filter_line.textChanged.connect(self._filter_soon)
        self.only_plugins.toggled.connect(self._filter)
        self.as_written.toggled.connect(self.model.show_raw)
        self.view.setFont(fixed_font(self.font().pointSizeF() - 1))
        self.view.selectionModel().selectionChanged.connect(self._choose)
        self.view.copy_requested.connect(self.copy)
        copy = QAction(self.tr("Copy lines"), self.view)
        copy.triggered.connect(self.copy)
        self.view.addAction(copy)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.again.clicked.connect(self._start)
        self.stop.clicked.connect(self._cancel)
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 6, 10, 4)
        bar.setSpacing(6)
        bar.addWidget(self.filter_line, 1)
        bar.addWidget(self.only_plugins)
        bar.addWidget(self.as_written)
        bar.addWidget(self.summary)
        self._told = QWidget()
        told = QHBoxLayout(self._told)
        told.setContentsMargins(14, 4, 14, 10)
        told.addWidget(self.state, 1)
        told.addWidget(self.again)
        told.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._told)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self.view.set_theme(theme)

    def go_to(self, line: int) -> None:
        """Go to a line of the log (from 1), as soon as it has been read; a filter that holds it back is taken off."""
        self._wanted = line
        if not self._read:
            self._start()
            return
        index = self.model.lines.index_of(line)
        if index < 0:
            self.summary.setText(self.tr("line {0} is not of this boot").format(line))
            return
        if self.model.row_of(index) < 0:
            self.filter_line.clear()
            self.only_plugins.setChecked(False)
            self._filter()
        row = self.model.row_of(index)
        self.view.make_current(row)  # which selects its plugin
        self._mark(keep=row)

    # Reading

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._read and self._job is None and self.stop.isVisible():
            self._start()  # a panel behind another's tab is "visible", but it is not painted

    @Slot()
    def _start(self) -> None:
        if self._job is not None:
            return
        log, uris = self._log, frozenset(self._document.plan.position)
        self._tell(self.tr("Reading the lines…"), self.stop)
        job = Job(lambda job: read_lines(log, uris, lambda _: not job.cancelled))
        job.returned.connect(self._take)
        job.errored.connect(self._refuse)
        self.destroyed.connect(job.cancel)
        self._job = job.start()

    @Slot()
    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._tell(self.tr("The lines were not read."), self.again)

    @Slot(object)
    def _refuse(self, error: object) -> None:
        self._job = None
        self._tell(str(error), self.again)

    @Slot(object)
    def _take(self, lines: Lines) -> None:
        self._job = None
        self._read = True
        self.model.show(lines)
        self._tell("", None)
        self._summarise()
        if self._wanted:
            self.go_to(self._wanted)
        else:
            self._mark()

    def _tell(self, text: str, button: QPushButton | None) -> None:
        """Say why there are no lines, and offer what can be done about it; "" when there are."""
        self.state.setText(text)
        self._told.setVisible(bool(text))
        self.view.setVisible(not text)
        for one in (self.again, self.stop):
            one.setVisible(one is button)

    # Filtering

    @Slot()
    def _filter_soon(self) -> None:
        """At once, or of many lines when the user stops typing."""
        self._soon.start(_PAUSE_MS if len(self.model.lines) > _MANY else 0)

    @Slot()
    def _filter(self) -> None:
        self.model.filter(self.filter_line.text().strip(), self.only_plugins.isChecked())
        self._summarise()
        self._mark()

    def _summarise(self) -> None:
        if not self._read:
            return
        lines, shown = self.model.lines, self.model.shown
        if self.model.is_filtered:
            text = self.tr("{0} of {1} lines").format(f"{shown:,}", f"{len(lines):,}")
        elif lines.left_out:
            text = self.tr("{0} of {1} lines are kept").format(
                f"{len(lines):,}", f"{len(lines) + lines.left_out:,}"
            )
        else:
            text = self.tr("1 line") if shown == 1 else self.tr("{0} lines").format(f"{shown:,}")
        self.summary.setText(text)

    # Both ways

    @Slot()
    def _mark(self, keep: int = -1) -> None:
        """Select the lines of the selected plugins, and a row to ``keep`` where it is; without one, bring the line that
        tells most into view."""
        if self._echo or not self._read:
            return
        entries, about = self._document.catalog.entries, self.model.lines.about
        chosen = sorted(self._document.selection)[:_MOST_MARKED]
        rows = sorted(
            row
            for position in chosen
            for index in about.get(entries[position].uri, ())
            if (row := self.model.row_of(index)) >= 0
        )
        marked = QItemSelection()
        for row in [*rows[:_MOST_MARKED], keep] if keep >= 0 else rows[:_MOST_MARKED]:
            marked.select(self.model.index(row, 0), self.model.index(row, Column.MESSAGE))
        self._echo = True
        self.view.selectionModel().select(marked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._echo = False
        if rows and keep < 0:
            told = self.model.lines.index_of(self._log.line_of(entries[chosen[0]].location))
            best = self.model.row_of(told) if told >= 0 else -1
            self.view.bring(best if best >= 0 else rows[0])

    @Slot()
    def _choose(self) -> None:
        """Select the plugins that the chosen lines are about; lines about none change nothing."""
        if self._echo:
            return
        uris = {self.model.lines.uris[index] for index in self.view.chosen()}
        known = self._document.plan.position
        positions = {known[uri] for uri in uris if uri in known}
        if positions:
            self._echo = True
            self._document.select(positions)
            self._echo = False
            self.reached.emit(min(positions))

    @Slot()
    def copy(self) -> None:
        """Copy the selected lines as they stand in the log, with signs for what cannot be seen."""
        lines = self.model.lines
        chosen = [visible(lines.raw(index)) for index in self.view.chosen()]
        if chosen:
            QGuiApplication.clipboard().setText("\n".join(chosen))


def _switch(text: str, told: str) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setToolTip(told)
    made.setCheckable(True)
    made.setProperty("role", "switch")
    return made
