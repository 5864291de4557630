"""The plugins as rows: the table is the graph's text twin."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from plugscope.boot import Outcome
from plugscope.plugin import short_type
from plugscope.session.document import Document
from plugscope.session.look import Look

from .text import one_line, tip

AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns."""

    NUMBER = 0
    ID = 1
    TYPE = 2
    STATUS = 3


LOOK_ROLE = Qt.ItemDataRole.UserRole + 1
POSITION_ROLE = Qt.ItemDataRole.UserRole + 2
SORT_ROLE = Qt.ItemDataRole.UserRole + 3
BREAKPOINT_ROLE = Qt.ItemDataRole.UserRole + 4
TYPE_ROLE = Qt.ItemDataRole.UserRole + 5

_HEADERS = {Column.NUMBER: "#", Column.ID: "Plugin", Column.TYPE: "Type", Column.STATUS: "Status"}


class PluginModel(QAbstractTableModel):
    """A row a registration, in registration order; sorting by number gives the order of the boot."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._looks: list[Look] = []
        self._words: dict[Look, str] = {}

    def show(self, looks: list[Look], words: dict[Look, str]) -> None:
        """What each row's plugin looks like now, and the words for looks."""
        first = not self._words
        before = self._looks
        self._looks, self._words = looks, words
        changed = [row for row, look in enumerate(looks) if row >= len(before) or before[row] is not look]
        if changed and not first:
            top, bottom = self.index(changed[0], 0), self.index(changed[-1], Column.STATUS)
            self.dataChanged.emit(top, bottom)

    def refresh(self) -> None:
        """Numbers or breakpoints have changed."""
        if self._looks:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, Column.STATUS))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._document.catalog.entries)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.NUMBER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == LOOK_ROLE:
            return self._looks[row] if row < len(self._looks) else Look.UNKNOWN
        if role == POSITION_ROLE:
            return row
        if role == TYPE_ROLE:
            return str(self._document.catalog.entries[row].registration.type)
        if role == BREAKPOINT_ROLE:
            return row in self._document.replay.breakpoints.positions
        if role == SORT_ROLE:
            return self._sort_key(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._text(row, Column.ID)}, {self._text(row, Column.TYPE)}, {self._text(row, Column.STATUS)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.NUMBER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: int, column: Column) -> str:
        registration = self._document.catalog.entries[row].registration
        if column is Column.ID:
            return one_line(registration.id)
        if column is Column.TYPE:
            return one_line(short_type(registration.type))
        if column is Column.NUMBER:
            place = self._document.plan.rank.get(row)
            return "–" if place is None else str(place + 1)
        return self._words.get(self._looks[row], "") if row < len(self._looks) else ""

    def _sort_key(self, row: int, column: Column) -> Any:
        if column is Column.NUMBER:
            place = self._document.plan.rank.get(row)
            return len(self._document.catalog.entries) + row if place is None else place
        return self._text(row, column)

    def _tip(self, row: int) -> str:
        entry = self._document.catalog.entries[row]
        step = self._document.step_of(row)
        error = (
            f"\n{step.error[:300]}"
            if step is not None and step.error and step.outcome is not Outcome.OK
            else ""
        )
        return tip(f"{one_line(entry.uri)}{error}")


class PluginFilter(QSortFilterProxyModel):
    """Shows the rows that the filter lets through, in any column's order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visible: frozenset[int] | None = None
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)

    def set_visible(self, positions: frozenset[int] | None) -> None:
        """Let only these through; ``None`` lets all."""
        if positions != self._visible:
            self.beginFilterChange()
            self._visible = positions
            self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:
        return self._visible is None or source_row in self._visible
