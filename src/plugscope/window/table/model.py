"""The plugins as rows: the table is the graph's text twin."""

from __future__ import annotations

from collections.abc import Collection
from enum import IntEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from plugscope.boot import NO_ID, NO_TYPE, Outcome, full_name
from plugscope.plugin import short_type
from plugscope.session import Appearance, Document, Look
from plugscope.window.widget import one_line, tip

AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    NUMBER = 0
    ID = 1
    TYPE = 2
    STATUS = 3


POSITION_ROLE = Qt.ItemDataRole.UserRole + 1

_MANY = 100
"""Above so many changed rows all are said to have changed: a view repaints only what it shows."""

_HEADERS = {Column.NUMBER: "#", Column.ID: "Plugin", Column.TYPE: "Type", Column.STATUS: "Status"}


_BOOT_ORDER = (Column.NUMBER, Qt.SortOrder.AscendingOrder)


class PluginModel(QAbstractTableModel):
    """The registrations that the filter lets through, one a row, in any column's order.

    It sorts by itself: a proxy model would ask Python for two values a comparison, which takes ten seconds for
    10,000 rows. Sorting by number gives the order of the boot.
    """

    def __init__(self, document: Document, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._appearance = appearance
        self._words: dict[Look, str] = {}
        self._visible: frozenset[int] | None = None
        self._sorted_by = _BOOT_ORDER
        self._shown: list[int] = []
        self._row: list[int] = []
        self._arrange()

    def set_words(self, words: dict[Look, str]) -> None:
        """The words for looks."""
        self._words = words
        self.refresh()

    def set_visible(self, positions: frozenset[int] | None) -> None:
        """Let only these through; ``None`` lets all."""
        if positions != self._visible:
            self.beginResetModel()
            self._visible = positions
            self._arrange()
            self.endResetModel()

    @property
    def visible(self) -> frozenset[int] | None:
        """What the filter lets through; ``None`` without one."""
        return self._visible

    def position_at(self, row: int) -> int:
        """The registration in a row."""
        return self._shown[row]

    def row_of(self, position: int) -> int:
        """The row of a registration; -1 if the filter holds it back."""
        return self._row[position] if 0 <= position < len(self._row) else -1

    def update_looks(self, positions: Collection[int]) -> None:
        """Show plugins that look otherwise now: the look of each by position."""
        if self._sorted_by[0] is Column.STATUS:
            self.rearrange()
            return
        if len(positions) > _MANY:
            self.refresh()
            return
        for position in positions:
            row = self.row_of(position)
            if row >= 0:
                self.dataChanged.emit(self.index(row, 0), self.index(row, Column.STATUS))

    def refresh(self) -> None:
        """Breakpoints or words have changed."""
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, Column.STATUS))

    def rearrange(self) -> None:
        """Numbers or looks have changed: sort again."""
        self._sort_by(*self._sorted_by)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if (column, order) != self._sorted_by:
            self._sort_by(Column(max(column, 0)), order)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _sort_by(self, column: Column, order: Qt.SortOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self._sorted_by = (column, order)
        before, held = self._shown, self.persistentIndexList()
        self._arrange()
        now = [self.index(self._row[before[index.row()]], index.column()) for index in held]
        self.changePersistentIndexList(held, now)
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        size, (column, order) = len(self._document.catalog.entries), self._sorted_by
        visible, plan = self._visible, self._document.plan
        descending = order == Qt.SortOrder.DescendingOrder
        if column is Column.NUMBER:
            rank = plan.rank
            shown = [*plan.sequence, *(position for position in range(size) if position not in rank)]
            if visible is not None:
                shown = [position for position in shown if position in visible]
            if descending:
                shown.reverse()
        else:
            shown = list(range(size)) if visible is None else sorted(visible)
            shown.sort(key=partial(self.text_of, column=column), reverse=descending)
        self._shown = shown
        self._row = [-1] * size
        for row, position in enumerate(shown):
            self._row[position] = row

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return f"{_HEADERS[Column(section)]}{self._arrow(section)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment_of(section)
        return None

    def _arrow(self, section: int) -> str:
        """Which column has the rows in order, and which way; the boot's own order goes without saying."""
        column, order = self._sorted_by
        if section != column or self._sorted_by == _BOOT_ORDER:
            return ""
        return " ↑" if order == Qt.SortOrder.AscendingOrder else " ↓"

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        position, column = self._shown[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(position, column)
        if role == POSITION_ROLE:
            return position
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(position)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (self.text_of(position, shown) for shown in (Column.ID, Column.TYPE, Column.STATUS))
            return ", ".join(words)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment_of(column)
        return None

    def look_of(self, position: int) -> Look:
        """What a registration looks like at the cursor."""
        return self._appearance.looks[position]

    def type_of(self, position: int) -> str:
        """The type of a registration."""
        return self._document.catalog.entries[position].registration.type

    def has_breakpoint(self, position: int) -> bool:
        """Whether the replay stops there."""
        return position in self._document.replay.breakpoints.positions

    def text_of(self, position: int, column: Column) -> str:
        """What stands in a registration's row."""
        registration = self._document.catalog.entries[position].registration
        if column is Column.ID:
            return one_line(registration.id) or NO_ID
        if column is Column.TYPE:
            return one_line(short_type(registration.type)) or NO_TYPE
        if column is Column.NUMBER:
            place = self._document.plan.rank.get(position)
            return "–" if place is None else str(place + 1)
        word = self._words.get(self._appearance.looks[position], "")
        return f"{word} Δ" if position in self._document.marked else word

    def _tip(self, position: int) -> str:
        entry = self._document.catalog.entries[position]
        step = self._document.step_of(position)
        error = (
            f"\n{step.error[:300]}"
            if step is not None and step.error and step.outcome is not Outcome.OK
            else ""
        )
        return tip(f"{one_line(full_name(entry.registration))}{error}")


def alignment_of(column: int) -> Qt.AlignmentFlag:
    """Numbers stand right, words left."""
    side = Qt.AlignmentFlag.AlignRight if column == Column.NUMBER else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
