"""The differences panel: which of two boots is looked at, and all in which they differ."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from plugscope.boot import short_name
from plugscope.session import Comparison, Side, Theme
from plugscope.window.widget import label, on_button, one_line, tip

from .row import Group, groups_of

_URI = Qt.ItemDataRole.UserRole
_MOST_UNFOLDED = 200
_LONGEST = 400
_ROW = 22


class Differences(QWidget):
    """Groups of plugins that differ, with how they were and how they are."""

    select_requested = Signal(str)

    def __init__(self, document: Comparison, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self._theme = theme
        self.sides = QButtonGroup(self)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([self.tr("Plugin"), self.tr("Before"), self.tr("After")])
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setAccessibleName(self.tr("Differences"))
        self.tree.currentItemChanged.connect(self._go)
        self.tree.itemClicked.connect(self._go)
        header = self.tree.header()
        header.setStretchLastSection(False)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, 280)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._build_sides())
        layout.addWidget(self.tree)
        document.replay.recording_changed.connect(self._show_side)
        self._fill()

    def _build_sides(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(4)
        row.addWidget(label(self.tr("Showing"), "quiet"))
        for number, (side, name) in enumerate(zip(Side, self._document.names, strict=True)):
            button = QToolButton()
            word = self.tr("before") if side is Side.BEFORE else self.tr("after")
            button.setText(f"{on_button(name, 40)} ({word})")
            button.setToolTip(tip(name))
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            self.sides.addButton(button, number)
            row.addWidget(button)
        row.addStretch()
        self.sides.idClicked.connect(self._choose)
        self._show_side()
        return row

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self._theme = theme
        self._fill()

    @Slot(int)
    def _choose(self, number: int) -> None:
        self._document.show_side(tuple(Side)[number])

    @Slot()
    def _show_side(self) -> None:
        self.sides.button(tuple(Side).index(self._document.side)).setChecked(True)

    def _fill(self) -> None:
        self.tree.clear()
        groups = groups_of(self._document)
        for group in groups:
            self.tree.addTopLevelItem(self._branch(group))
        if not groups:
            nothing = QTreeWidgetItem([self.tr("Nothing differs"), "", ""])
            nothing.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.addTopLevelItem(nothing)
        many = sum(len(group.rows) for group in groups) > _MOST_UNFOLDED
        for number, group in enumerate(groups):
            branch = self.tree.topLevelItem(number)
            if branch is not None:
                branch.setExpanded(not group.quiet and not many)

    def _branch(self, group: Group) -> QTreeWidgetItem:
        branch = QTreeWidgetItem([f"{self.tr(group.title)} ({len(group.rows)})", "", ""])
        branch.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = branch.font(0)
        font.setBold(True)
        branch.setFont(0, font)
        branch.setSizeHint(0, QSize(0, _ROW))
        plan = self._document.plan
        for row in group.rows:
            words = [short_name(row.uri, plan), row.before, row.after]
            item = QTreeWidgetItem([one_line(word, _LONGEST) for word in words])
            item.setData(0, _URI, row.uri)
            item.setSizeHint(0, QSize(0, _ROW))
            for column, word in enumerate((row.uri, row.before, row.after)):
                item.setToolTip(column, tip(word))
            if group.quiet:
                for column in range(3):
                    item.setForeground(column, QColor(self._theme.text2))
            branch.addChild(item)
        return branch

    def _go(self, item: QTreeWidgetItem | None, *_: object) -> None:
        uri = None if item is None else item.data(0, _URI)
        if isinstance(uri, str):
            self.select_requested.emit(uri)
