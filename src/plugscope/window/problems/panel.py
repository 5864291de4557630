"""Causes and problems: the few things that explain the rest, and what can be said before anything starts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QVBoxLayout, QWidget

from plugscope.boot import Certainty, Diagnostic, DiagnosticCode, Lints, RootCause, Severity, Topic
from plugscope.session import Document, Job, Theme
from plugscope.window.widget import label, one_line

from .model import LINE_ROLE, LOCATION_ROLE, URI_ROLE, Column, ProblemModel
from .row import is_of_the_release

_MANY = 5_000
"""Above so many plugins, the lints that last are found in a thread."""

_MOST_UNFOLDED = 500
_LONGEST_LOCATION = 8_192


def _is_told(diagnostic: Diagnostic) -> bool:
    """What is worth a row: of what is merely good to know, what stands on a line of a configuration."""
    return diagnostic.severity is not Severity.INFO or (
        diagnostic.code.topic is Topic.CONFIG and diagnostic.code is not DiagnosticCode.CONFIG_RELEASE
    )


def _adds(diagnostic: Diagnostic, causes: Sequence[RootCause]) -> bool:
    """Whether it says more than the row of a cause does."""
    return not any(
        cause.error
        and (cause.uri == diagnostic.uri or (cause.location and cause.location == diagnostic.location))
        and cause.error == diagnostic.error
        for cause in causes
    )


def _gravity(diagnostic: Diagnostic) -> int:
    """What ends a boot comes first."""
    return (Severity.ERROR, Severity.WARNING, Severity.INFO).index(diagnostic.severity)


class Problems(QWidget):
    """The list, filled when it is seen. ``count_changed`` tells how many causes and serious problems there are.

    ``location_requested`` names a line of the log (``FILE:line``) to go to.
    """

    select_requested = Signal(str)
    location_requested = Signal(str)
    count_changed = Signal(int)

    def __init__(self, document: Document, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self._linting: Lints | None = None
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._refresh_now)
        self.model = ProblemModel(theme, self)
        self.view = QTreeView()
        self.view.setModel(self.model)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(Column.WORDS, QHeaderView.ResizeMode.Stretch)
        for column, width in ((Column.KIND, 160), (Column.CERTAINTY, 90), (Column.LOCATION, 150)):
            header.resizeSection(column, width)
        self.view.setAllColumnsShowFocus(True)
        self.view.setUniformRowHeights(True)
        self.view.setIconSize(QSize(15, 15))
        self.view.setAccessibleName(self.tr("Causes and problems"))
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.to_line = QAction(self.tr("Show its line in the log"), self.view)
        self.to_line.triggered.connect(self._go_to_line)
        self.copy_location = QAction(self.tr("Copy location"), self.view)
        self.copy_location.triggered.connect(self._copy_location)
        self.view.addActions([self.to_line, self.copy_location])
        self.view.selectionModel().currentChanged.connect(self._offer)
        self._offer()
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.activated.connect(self._go)
        self.view.clicked.connect(self._go)
        self.empty = label("", "quiet")
        self.empty.setContentsMargins(14, 10, 14, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.view)
        document.replay.recording_changed.connect(self.refresh)
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self.model.theme = theme
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._stale:  # a panel behind another's tab is "visible", but it is not painted
            self._soon.start()

    @Slot()
    def refresh(self) -> None:
        """Find causes and problems anew, as soon as there is nothing more urgent to do."""
        self._soon.start()

    @Slot()
    def _refresh_now(self) -> None:
        lints = self._document.lints
        if not lints.are_known and len(self._document.catalog.entries) > _MANY:
            if self._linting is not lints:
                self._linting = lints
                job = Job(lambda _: lints.lasting, self)
                job.finished.connect(self.refresh)
                job.start()
            return
        causes = self._document.diagnosis().root_causes
        diagnostics = sorted(filter(_is_told, self._document.problems()), key=_gravity)
        told = {(cause.uri, cause.location) for cause in causes}
        diagnostics = [d for d in diagnostics if d.severity is not Severity.ERROR or _adds(d, causes)]
        errors = [d for d in diagnostics if d.severity is Severity.ERROR]
        self.count_changed.emit(len(causes) + sum((d.uri, d.location) not in told for d in errors))
        self._stale = self.visibleRegion().isEmpty()
        if self._stale:
            return
        self.model.show(causes, diagnostics, self._document)
        self._offer()
        loud = [found for found in diagnostics if not is_of_the_release(found, self._document)]
        self.empty.setVisible(not causes and not loud)
        self.empty.setText(self._nothing())
        self.view.setVisible(self.model.rowCount() > 0)
        first = self.model.index(0, 0)
        one = len(causes) == 1 or bool(self._document.toggled)
        if one and self.model.rowCount(first) <= _MOST_UNFOLDED:
            self.view.expand(first)

    def _nothing(self) -> str:
        """That there is nothing to tell, as far as anybody knows."""
        recording = self._document.replay.recording or self._document.predicted
        unsure = sum(step.certainty is not Certainty.WILL for step in recording.steps)
        if unsure:
            return self.tr("No problems are known; but what becomes of {0} of the plugins is not.").format(
                unsure
            )
        return self.tr("No problems: everything that can start, starts.")

    @Slot(QModelIndex)
    def _go(self, index: QModelIndex) -> None:
        uri = index.data(URI_ROLE)
        if uri:
            self.select_requested.emit(uri)
        if index.column() == Column.LOCATION:
            self._go_to(index)

    @Slot()
    def _go_to_line(self) -> None:
        self._go_to(self.view.currentIndex())

    @Slot()
    def _offer(self) -> None:
        """What the menu of a row can do with it: not every one has a place, and not every place is in a log."""
        current = self.view.currentIndex()
        self.to_line.setEnabled(bool(current.data(LINE_ROLE)))
        self.copy_location.setEnabled(bool(current.data(LOCATION_ROLE)))

    @Slot()
    def _copy_location(self) -> None:
        """As editors take it, with signs for what cannot be seen. Nothing is opened: a place may be a log's to say."""
        QGuiApplication.clipboard().setText(
            one_line(self.view.currentIndex().data(LOCATION_ROLE), _LONGEST_LOCATION)
        )

    def _go_to(self, index: QModelIndex) -> None:
        location = index.data(LINE_ROLE)
        if location:
            self.location_requested.emit(location)
