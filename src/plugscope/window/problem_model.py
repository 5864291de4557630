"""Causes and problems as a tree: causes with their victims below them, then diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from plugscope.boot import Diagnostic, Outcome, Severity
from plugscope.boot.diagnosis import RootCause
from plugscope.boot.impact import Change
from plugscope.boot.narration import short_name
from plugscope.boot.plan import Plan
from plugscope.session.document import Document
from plugscope.session.look import Look
from plugscope.session.theme import Theme

from .icon import icon
from .impact_card import headline
from .mark import MARK_ICONS
from .text import one_line, tip

_CHANGED = {
    Outcome.ERROR: Look.VICTIM,
    Outcome.SKIP: Look.SKIP,
    Outcome.DISABLED: Look.DISABLED,
    Outcome.NOT_REACHED: Look.NOT_REACHED,
}

AnyIndex = QModelIndex | QPersistentModelIndex

URI_ROLE = Qt.ItemDataRole.UserRole + 1


class _Row:
    """One line of the tree. Those below it are made when they are looked at: there may be thousands."""

    __slots__ = ("_below", "_make", "icon", "look", "number", "parent", "text", "uri")

    def __init__(
        self,
        text: str,
        uri: str,
        icon: str,
        look: Look,
        count: int = 0,
        make: Callable[[int], _Row] | None = None,
    ) -> None:
        self.text = text
        self.uri = uri
        self.icon = icon
        self.look = look
        self.parent: _Row | None = None
        self.number = 0
        self._below: list[_Row | None] = [None] * count
        self._make = make

    def __len__(self) -> int:
        return len(self._below)

    def below(self, number: int) -> _Row:
        """The row below it with that number."""
        row = self._below[number]
        if row is None:
            assert self._make is not None, "there are rows below it"
            row = self._below[number] = self._make(number)
            row.parent, row.number = self, number
        return row


class ProblemModel(QAbstractItemModel):
    """The tree. Of one document at one time: what changes is shown anew."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._rows: list[_Row] = []

    def show(
        self, causes: Sequence[RootCause], diagnostics: Sequence[Diagnostic], document: Document
    ) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = [self._cause(cause, document) for cause in causes]
        if document.toggled:
            self._rows.insert(0, self._impact(document))
        self._rows.extend(map(_diagnostic, diagnostics))
        for number, row in enumerate(self._rows):
            row.number = number
        self.endResetModel()

    def _cause(self, cause: RootCause, document: Document) -> _Row:
        plan, recording = document.plan, document.replay.recording
        name = short_name(cause.uri, plan) if cause.uri else self.tr("the boot")
        count = len(cause.victims)
        took = self.tr(" and takes {0} along").format(count) if count else ""
        reason = str(cause.reason).replace("-", " ")
        tail = f": {cause.error}" if cause.error and not count else ""
        look = Look.DISABLED if cause.reason == "disabled" else Look.ERROR
        mark = "disabled" if cause.reason == "disabled" else "error"

        def victim(number: int) -> _Row:
            uri = cause.victims[number]
            step = recording.by_uri.get(uri) if recording is not None else None
            error = f": {step.error}" if step is not None and step.error else ""
            return _Row(f"{short_name(uri, plan)}{error}", uri, "victim", Look.VICTIM)

        return _Row(f"{name} · {reason}{took}{tail}", cause.uri, mark, look, count, victim)

    def _impact(self, document: Document) -> _Row:
        """What the user's changes change: each plugin that comes out otherwise, and each that moves."""
        plan, changes, moved = document.plan, document.impact.changes, document.impact.moved

        def below(number: int) -> _Row:
            if number < len(changes):
                return self._change(changes[number], plan)
            uri = moved[number - len(changes)]
            text = self.tr("{0} starts at another place").format(short_name(uri, plan))
            return _Row(text, uri, "down", Look.SKIP)

        text = self.tr("Your changes: {0}").format(headline(document))
        return _Row(text, "", "disable", Look.DISABLED, len(changes) + len(moved), below)

    def _change(self, change: Change, plan: Plan) -> _Row:
        name = short_name(change.uri, plan)
        because = ", ".join(short_name(uri, plan) for uri in change.causes[:3])
        why = self.tr(" because of {0}").format(because) if because else ""
        may = "may become " if change.certainty != "will" else ""
        text = f"{name}: {change.before} → {may}{change.after}{why}"
        look = _CHANGED.get(change.after, Look.OK)
        return _Row(text, change.uri, MARK_ICONS[look], look)

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        if 0 <= row < self.rowCount(parent) and column == 0:
            return self.createIndex(
                row, column, self._of(parent).below(row) if parent.isValid() else self._rows[row]
            )
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
        return len(self._of(parent)) if parent.isValid() else len(self._rows)

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


def _diagnostic(diagnostic: Diagnostic) -> _Row:
    mark = {Severity.ERROR: "error", Severity.WARNING: "warning"}.get(diagnostic.severity, "info")
    look = {Severity.ERROR: Look.ERROR, Severity.WARNING: Look.MAY}.get(diagnostic.severity, Look.SKIP)
    who = f"{short_name(diagnostic.uri)}: " if diagnostic.uri else ""
    where = f" ({diagnostic.place})" if diagnostic.place else ""
    return _Row(f"{who}{diagnostic.message}{where}", diagnostic.uri, mark, look)
