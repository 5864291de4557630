"""Causes and problems: the few things that explain the rest, and what can be said before anything starts."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QTreeView, QVBoxLayout, QWidget

from plugscope.boot import Diagnostic, Outcome, Severity
from plugscope.boot.diagnosis import RootCause
from plugscope.boot.narration import short_name
from plugscope.session.document import Document
from plugscope.session.job import Job
from plugscope.session.look import Look
from plugscope.session.theme import Theme

from .icon import icon
from .impact_card import headline
from .mark import MARK_ICONS
from .text import label, one_line, tip

_CHANGED = {
    Outcome.ERROR: Look.VICTIM,
    Outcome.SKIP: Look.SKIP,
    Outcome.DISABLED: Look.DISABLED,
    Outcome.NOT_REACHED: Look.NOT_REACHED,
}

AnyIndex = QModelIndex | QPersistentModelIndex
_MANY = 5_000
"""Above so many plugins, the lints that last are found in a thread."""

URI_ROLE = Qt.ItemDataRole.UserRole + 1


class _Row(Struct, dict=True):
    """One line of the tree."""

    text: str
    uri: str
    icon: str
    look: Look
    parent: _Row | None
    children: list[_Row]
    number: int = 0


class ProblemModel(QAbstractItemModel):
    """Causes with their victims below them, then diagnostics."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._rows: list[_Row] = []

    def show(self, causes: list[RootCause], diagnostics: list[Diagnostic], document: Document) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = [self._cause(cause, document) for cause in causes]
        if document.toggled:
            self._rows.insert(0, self._impact(document))
        self._rows.extend(self._diagnostic(diagnostic) for diagnostic in diagnostics)
        for number, row in enumerate(self._rows):
            row.number = number
        self.endResetModel()

    def _cause(self, cause: RootCause, document: Document) -> _Row:
        name = short_name(cause.uri, document.plan) if cause.uri else self.tr("the boot")
        count = len(cause.victims)
        took = self.tr(" and takes {0} along").format(count) if count else ""
        reason = str(cause.reason).replace("-", " ")
        tail = f": {cause.error}" if cause.error and not count else ""
        look = Look.DISABLED if cause.reason == "disabled" else Look.ERROR
        mark = "disabled" if cause.reason == "disabled" else "error"
        row = _Row(f"{name} · {reason}{took}{tail}", cause.uri, mark, look, None, [])
        for number, victim in enumerate(cause.victims):
            step = document.replay.recording.by_uri.get(victim) if document.replay.recording else None
            text = short_name(victim, document.plan) + (
                f": {step.error}" if step is not None and step.error else ""
            )
            row.children.append(_Row(text, victim, "victim", Look.VICTIM, row, [], number))
        return row

    def _impact(self, document: Document) -> _Row:
        """What the user's changes change: each plugin that comes out otherwise, and each that moves."""
        impact = document.impact
        row = _Row(
            self.tr("Your changes: {0}").format(headline(document)), "", "disable", Look.DISABLED, None, []
        )
        for change in impact.changes:
            name = short_name(change.uri, document.plan)
            because = ", ".join(short_name(uri, document.plan) for uri in change.causes[:3])
            why = self.tr(" because of {0}").format(because) if because else ""
            may = "may become " if change.certainty != "will" else ""
            text = f"{name}: {change.before} → {may}{change.after}{why}"
            look = _CHANGED.get(change.after, Look.OK)
            row.children.append(_Row(text, change.uri, MARK_ICONS[look], look, row, [], len(row.children)))
        for uri in impact.moved:
            text = self.tr("{0} starts at another place").format(short_name(uri, document.plan))
            row.children.append(_Row(text, uri, "down", Look.SKIP, row, [], len(row.children)))
        return row

    def _diagnostic(self, diagnostic: Diagnostic) -> _Row:
        mark = {Severity.ERROR: "error", Severity.WARNING: "warning"}.get(diagnostic.severity, "info")
        look = {Severity.ERROR: Look.ERROR, Severity.WARNING: Look.MAY}.get(diagnostic.severity, Look.SKIP)
        who = f"{short_name(diagnostic.uri)}: " if diagnostic.uri else ""
        where = f" ({diagnostic.place})" if diagnostic.place else ""
        return _Row(f"{who}{diagnostic.message}{where}", diagnostic.uri, mark, look, None, [])

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        rows = self._of(parent).children if parent.isValid() else self._rows
        if 0 <= row < len(rows) and column == 0:
            return self.createIndex(row, column, rows[row])
        return QModelIndex()

    def parent(self, child: Any = None) -> Any:  # Qt overloads it with QObject.parent
        if child is None:
            return super().parent()
        row = self._of(child) if child.isValid() else None
        if row is None or row.parent is None:
            return QModelIndex()
        return self.createIndex(row.parent.number, 0, row.parent)

    @staticmethod
    def _of(index: AnyIndex) -> _Row:
        row = index.internalPointer()
        assert isinstance(row, _Row)
        return row

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self._of(parent).children) if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._of(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(" ".join(row.text.split()), 600)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.text)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(row.icon, self.theme.outcome(row.look).ink)
        if role == URI_ROLE:
            return row.uri
        return None


class Problems(QWidget):
    """The list. ``count_changed`` tells how many causes and serious problems there are."""

    select_requested = Signal(str)
    count_changed = Signal(int)

    def __init__(self, document: Document, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._refresh_now)
        self.model = ProblemModel(theme, self)
        self.view = QTreeView()
        self.view.setModel(self.model)
        self.view.setHeaderHidden(True)
        self.view.setUniformRowHeights(True)
        self.view.setIconSize(QSize(15, 15))
        self.view.setAccessibleName(self.tr("Causes and problems"))
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.activated.connect(self._go)
        self.view.clicked.connect(self._go)
        self.empty = label(self.tr("No problems: everything that can start, starts."), "quiet")
        self.empty.setContentsMargins(14, 10, 14, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.view)
        document.replay.recording_changed.connect(self.refresh)
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.model.theme = theme
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Find causes and problems anew, as soon as there is nothing more urgent to do."""
        self._soon.start()

    @Slot()
    def _refresh_now(self) -> None:
        lints = self._document.lints
        if not lints.are_known and len(self._document.catalog.entries) > _MANY:
            self._job = Job(lambda _: lints.lasting, self)
            self._job.finished.connect(self.refresh)
            self._job.start()
            return
        causes = self._document.diagnosis().root_causes
        diagnostics = [d for d in self._document.problems() if d.severity is not Severity.INFO]
        self.model.show(causes, diagnostics, self._document)
        nothing = self.model.rowCount() == 0
        self.empty.setVisible(nothing)
        self.view.setVisible(not nothing)
        if causes or self._document.toggled:
            self.view.expand(self.model.index(0, 0))
        self.count_changed.emit(len(causes) + sum(d.severity is Severity.ERROR for d in diagnostics))

    @Slot(QModelIndex)
    def _go(self, index: QModelIndex) -> None:
        uri = index.data(URI_ROLE)
        if uri:
            self.select_requested.emit(uri)
