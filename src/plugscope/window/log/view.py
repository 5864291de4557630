"""How a line of a log is drawn: its level in colour and word, its plugin with a dot in the type's colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from plugscope.boot import Plan
from plugscope.session import Look, Theme

from .model import LEVEL_ROLE, URI_ROLE, AnyIndex, Column, LogModel

_ROW = 21
_LEAST = 5
"""So many lines are seen: one alone tells nothing of what was before it."""

_LEVELS = {"fatal": Look.ERROR, "panic": Look.ERROR, "error": Look.ERROR, "warning": Look.MAY}


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._plan = plan

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)  # the ground: its text is left to us
        text = index.data()
        if not text:
            return
        rect, column = QRect(option.rect), Column(index.column())
        left = rect.left() + 6
        painter.save()
        if column is Column.PLUGIN:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._type_colour(index.data(URI_ROLE)))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(left, rect.center().y() - 4, 9, 9, 2.5, 2.5)
            left += 15
        painter.setPen(self._ink(column, index.data(LEVEL_ROLE)))
        painter.setFont(option.font)
        room = QRect(left, rect.top(), rect.right() - left - 4, rect.height())
        mode = Qt.TextElideMode.ElideRight if column is Column.MESSAGE else Qt.TextElideMode.ElideMiddle
        elided = option.fontMetrics.elidedText(text, mode, room.width())
        painter.drawText(room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), elided)
        painter.restore()

    def _ink(self, column: Column, level: str | None) -> QColor:
        look = _LEVELS.get(level or "")
        if look is not None and column in (Column.LEVEL, Column.MESSAGE):
            return self.theme.outcome(look).ink
        if column is Column.PLUGIN or (column is Column.MESSAGE and level is not None):
            return self.theme.text
        return self.theme.text3

    def _type_colour(self, uri: str) -> QColor:
        position = self._plan.position.get(uri)
        if position is None:
            return self.theme.text3
        return self.theme.type_colour(self._plan.catalog.entries[position].registration.type)


class LogView(QTableView):
    """The table of lines. ``copy_requested``: the user wants the selected lines."""

    copy_requested = Signal()

    def __init__(self, model: LogModel, plan: Plan, theme: Theme) -> None:
        super().__init__()
        self._delegate = _Delegate(theme, plan, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Lines of the log"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setMinimumHeight(_LEAST * _ROW + 30)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.MESSAGE, QHeaderView.ResizeMode.Stretch)
        for column, width in (
            (Column.LINE, 62),
            (Column.TIME, 104),
            (Column.LEVEL, 70),
            (Column.PLUGIN, 190),
        ):
            self.setColumnWidth(column, width)

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def chosen(self) -> list[int]:
        """The indices of the lines that are selected, from top to bottom."""
        model = self.model()
        assert isinstance(model, LogModel)
        ranges = self.selectionModel().selection()  # its rows one by one would be a hundred thousand objects
        parts = map(ranges.at, range(ranges.count()))
        rows = sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})
        return [number for row in rows if (number := model.index_at(row)) >= 0]

    def make_current(self, row: int) -> None:
        """Make a row the current one, select it alone, and show it with what stands around it."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.model().index(row, Column.LINE)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def bring(self, row: int) -> None:
        """Scroll to a row, unless it is to be seen already."""
        index = self.model().index(row, Column.LINE)
        if not self.viewport().rect().contains(self.visualRect(index)):
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.setAccessibleDescription(str(current.data(Qt.ItemDataRole.AccessibleTextRole) or ""))

    def event(self, event: QEvent) -> bool:
        """Ctrl+C is the window's word for a plugin's URI; with the focus here it means lines."""
        is_shortcut = event.type() == QEvent.Type.ShortcutOverride
        if is_shortcut and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)
