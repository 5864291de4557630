"""The lines of a boot as rows: what the filter lets through, taken apart only where it is seen."""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from plugscope.boot import Plan, short_name
from plugscope.sources.boot_log import parse_moment
from plugscope.sources.log import Lines, ParsedLine
from plugscope.window.widget import one_line, tip

AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    LINE = 0
    TIME = 1
    LEVEL = 2
    PLUGIN = 3
    MESSAGE = 4


LEVEL_ROLE = Qt.ItemDataRole.UserRole + 1
URI_ROLE = Qt.ItemDataRole.UserRole + 2

_HEADERS = {
    Column.LINE: "Line",
    Column.TIME: "Time",
    Column.LEVEL: "Level",
    Column.PLUGIN: "Plugin",
    Column.MESSAGE: "Message",
}
_KEPT = 4_096
"""So many lines that were taken apart are remembered."""


class LogModel(QAbstractTableModel):
    """The lines that the filter lets through, one a row; where lines are left out a row says how many.

    ``raw``: the message column shows lines as they stand in the log.
    """

    def __init__(self, plan: Plan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._lines = Lines(1, 0)
        self._rows: list[int] = []
        self._said: dict[int, ParsedLine] = {}
        self._text = ""
        self._only_plugins = False
        self.raw = False

    @property
    def lines(self) -> Lines:
        """All lines, shown or not."""
        return self._lines

    @property
    def is_filtered(self) -> bool:
        """Whether some lines may be held back."""
        return bool(self._text) or self._only_plugins

    @property
    def shown(self) -> int:
        """How many lines the filter lets through."""
        return len(self._rows) - (0 if self.is_filtered else len(self._lines.gaps))

    def show(self, lines: Lines) -> None:
        """Show other lines."""
        self._lines = lines
        self._said.clear()
        self._arrange()

    def filter(self, text: str, only_plugins: bool) -> None:
        """Let through the lines that hold a text, in capitals or not; or those alone that are about a plugin."""
        if (text, only_plugins) != (self._text, self._only_plugins):
            self._text, self._only_plugins = text, only_plugins
            self._arrange()

    def show_raw(self, raw: bool) -> None:
        """Show lines as they stand in the log, or what they say."""
        self.raw = raw
        if self._rows:
            last = self.index(len(self._rows) - 1, Column.MESSAGE)
            self.dataChanged.emit(self.index(0, Column.MESSAGE), last)

    def row_of(self, index: int) -> int:
        """The row of a line, by its index; -1 if the filter holds it back."""
        row = bisect_left(self._rows, _place(index), key=_place)
        return row if row < len(self._rows) and self._rows[row] == index else -1

    def index_at(self, row: int) -> int:
        """The index of the line in a row; -1 where lines are left out."""
        return max(self._rows[row], -1)

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = self._wanted() if self.is_filtered else self._everything()
        self.endResetModel()

    def _everything(self) -> list[int]:
        """Every line's index, and before those that lines are left out before, that index's complement."""
        rows: list[int] = []
        done = 0
        for index in self._lines.gaps:
            rows += [*range(done, index), ~index]
            done = index
        return [*rows, *range(done, len(self._lines))]

    def _wanted(self) -> list[int]:
        lines = self._lines
        found = lines.holding(self._text) if self._text else range(len(lines))
        return [index for index in found if lines.uris[index]] if self._only_plugins else list(found)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(number, column)
        if role == LEVEL_ROLE:
            return self._taken_apart(number).level if number >= 0 else None
        if role == URI_ROLE:
            return self._lines.uris[number] if number >= 0 else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._lines.raw(number)) if number >= 0 else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (self._cell(number, column) for column in Column)))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def _cell(self, number: int, column: Column) -> str:
        if number < 0:
            count = self._lines.gap_before(~number)
            text = self.tr("… {0} lines left out: nothing near them tells of a plugin").format(f"{count:,}")
            return text if column is Column.MESSAGE else ""
        if column is Column.LINE:
            return str(self._lines.numbers[number])
        if column is Column.PLUGIN:
            uri = self._lines.uris[number]
            return one_line(short_name(uri, self._plan)) if uri else ""
        if column is Column.MESSAGE and self.raw:
            return one_line(self._lines.raw(number), 2_000)
        said = self._taken_apart(number)
        if column is Column.TIME:
            stamp = parse_moment(said.time)
            return one_line(said.time, 40) if stamp is None else stamp.clock
        return one_line(said.level, 20) if column is Column.LEVEL else one_line(said.message, 2_000)

    def _taken_apart(self, number: int) -> ParsedLine:
        said = self._said.get(number)
        if said is None:
            if len(self._said) >= _KEPT:
                self._said.clear()
            said = self._said[number] = self._lines.said(number)
        return said


def _place(row: int) -> int:
    """What grows from row to row: lines that are left out stand right before the line with that index."""
    return 2 * row + 1 if row >= 0 else 2 * ~row


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == Column.LINE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
