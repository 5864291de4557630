"""Causes and problems as a tree: causes with their victims below them, then diagnostics, then what is expected."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor

from plugscope.boot import Diagnostic, RootCause, split_location
from plugscope.session import Document, Theme
from plugscope.window.widget import mark_icon, one_line, tip, ui_icon

from .row import (
    Row,
    cause_row,
    diagnostic_row,
    expected_row,
    impact_row,
    is_of_the_release,
    release_row,
    short_location,
)

AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    WORDS = 0
    KIND = 1
    CERTAINTY = 2
    LOCATION = 3


_HEADERS = {
    Column.WORDS: "What and whom",
    Column.KIND: "Kind",
    Column.CERTAINTY: "Certainty",
    Column.LOCATION: "Location",
}

_SIZE = QSize(40, 22)
URI_ROLE = Qt.ItemDataRole.UserRole + 1
LOCATION_ROLE = Qt.ItemDataRole.UserRole + 2
"""Where it is written (``FILE:line``), in full."""
LINE_ROLE = Qt.ItemDataRole.UserRole + 3
"""The same if that is a line of the log that is open."""


class ProblemModel(QAbstractItemModel):
    """The tree. Of one document at one time: what changes is shown anew."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._document: Document | None = None
        self._rows: list[Row] = []

    def show(
        self, causes: Sequence[RootCause], diagnostics: Sequence[Diagnostic], document: Document
    ) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._document = document
        self._rows = [impact_row(document)] if document.toggled else []
        self._rows.extend(cause_row(cause, document) for cause in causes)
        quiet = [found for found in diagnostics if is_of_the_release(found, document)]
        self._rows.extend(diagnostic_row(found) for found in diagnostics if found not in quiet)
        expected = expected_row(document)
        if expected is not None:
            self._rows.append(expected)
        if quiet:
            self._rows.append(release_row(quiet))
        for number, row in enumerate(self._rows):
            row.number = number
        self.endResetModel()

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        if 0 <= row < self.rowCount(parent) and 0 <= column < len(Column):
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
    def _of(index: AnyIndex) -> Row:
        row = index.internalPointer()
        assert isinstance(row, Row)
        return row

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        if not parent.isValid():
            return len(self._rows)
        return len(self._of(parent)) if parent.column() == 0 else 0

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[Column(section)]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._of(index), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(" ".join(self._cell(row, column).split()), 600)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.location if column is Column.LOCATION else row.text)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.WORDS:
            named = row.icon
            return (
                ui_icon(named, self.theme.outcome(row.look).ink) if named else mark_icon(row.look, self.theme)
            )
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.WORDS:
            return ", ".join(filter(None, (one_line(self._cell(row, shown), 600) for shown in Column)))
        if role == Qt.ItemDataRole.SizeHintRole:
            return _SIZE
        if role == URI_ROLE:
            return row.uri
        if role == LOCATION_ROLE:
            return row.location
        if role == LINE_ROLE:
            return row.location if self._is_link(row) else ""
        return None

    def _cell(self, row: Row, column: Column) -> str:
        if column is not Column.LOCATION:
            return {Column.WORDS: row.text, Column.KIND: row.kind}.get(column, row.sure)
        return (
            self.tr("line {0}").format(split_location(row.location)[1])
            if self._is_link(row)
            else short_location(row.location)
        )

    def _is_link(self, row: Row) -> bool:
        """Whether its location is a line of the log that is open."""
        log = None if self._document is None else self._document.log
        return log is not None and log.line_of(row.location) > 0

    def _ink(self, row: Row, column: Column) -> QColor:
        if column is Column.LOCATION and self._is_link(row):
            return self.theme.accent
        if row.quiet:
            return self.theme.text3
        return self.theme.text if column is Column.WORDS else self.theme.text2
