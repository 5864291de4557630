"""The plugins as a table, with the filter line above it."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from plugscope.boot import QueryError, select
from plugscope.canvas.paint import draw_mark
from plugscope.plugin import short_type
from plugscope.session import Appearance, Document, Look, Theme
from plugscope.window.widget import label, one_line, plugins

from .model import POSITION_ROLE, AnyIndex, Column, PluginModel, alignment_of

_ON_A_GROUND = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
"""All other cells stand on the table's own ground; a style sheet takes most of the time for the same."""


_MOST_MEASURED = 200
"""So many types tell how wide the column must be: there may be as many as plugins."""


class _StatusDelegate(QStyledItemDelegate):
    """Draws the status as a mark and a word, the type with its colour, and breakpoints as dots."""

    def __init__(self, model: PluginModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        if option.state & _ON_A_GROUND:
            super().paint(painter, option, index)  # the ground: its text is left to us
        # Asked directly: by way of Qt each answer takes longer than the drawing.
        model, column, rect = self._model, Column(index.column()), option.rect
        position = model.position_at(index.row())
        look = model.look_of(position)
        painter.save()
        colour = self.theme.text if column is Column.ID else self.theme.text2
        if look in (Look.DISABLED, Look.PENDING, Look.NOT_REACHED) and column is not Column.STATUS:
            colour = self.theme.text3
        left = rect.left() + 6
        if column is Column.STATUS:
            ink = self.theme.text3 if look is Look.PENDING else self.theme.outcome(look).ink
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_mark(painter, self.theme, look, left + 7.5, rect.center().y() + 0.5, 13)
            left, colour = left + 20, ink
        elif column is Column.TYPE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.type_colour(model.type_of(position)))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(left, rect.center().y() - 4, 9, 9, 2.5, 2.5)
            left += 15
        elif column is Column.ID and model.has_breakpoint(position):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.outcome(Look.ERROR).colour)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawEllipse(QPoint(left + 3, rect.center().y() + 1), 3, 3)
            left += 11
        painter.setPen(colour)
        painter.setFont(option.font)
        room = QRect(left, rect.top(), rect.right() - left - 4, rect.height())
        text = model.text_of(position, column)
        elided = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, int(alignment_of(column)), elided)
        painter.restore()


class PluginTable(QWidget):
    """The filter line and the table. Tells which plugins the filter lets through."""

    filtered = Signal(object)
    menu_requested = Signal(int, QPoint)
    activated = Signal(int)

    def __init__(self, document: Document, appearance: Appearance, theme: Theme) -> None:
        super().__init__()
        self.document = document
        self._appearance = appearance
        self._theme = theme
        self._echo = False
        self._type_width = 0
        self.model = PluginModel(document, appearance, self)
        self.filter_line = QLineEdit()
        self.view = QTableView()
        self.summary = label("", "faint", wrap=True)
        self._build()
        document.selection_changed.connect(self._show_selection)
        document.replay.breakpoints_changed.connect(self.model.refresh)
        document.marks_changed.connect(self.model.refresh)
        appearance.reset.connect(self._show_looks)
        appearance.changed.connect(self._show_changed_looks)
        names = islice(document.picture.graph.types, _MOST_MEASURED)
        metrics = self.view.fontMetrics()
        widest = max((metrics.horizontalAdvance(one_line(short_type(name))) for name in names), default=0)
        self._type_width = widest + 36
        self._show_words()
        self._summarise()

    def _build(self) -> None:
        self.filter_line.setPlaceholderText(self.tr("Find: a word, type:cri, status:error, +bolt"))
        self.filter_line.setClearButtonEnabled(True)
        self.filter_line.setAccessibleName(self.tr("Find plugins"))
        self.filter_line.setToolTip(
            self.tr(
                "word · type:… · id:… · status:… · -not · +word with what it requires · word+ with what requires it"
            )
        )
        self.filter_line.textChanged.connect(self._filter)
        self.filter_line.returnPressed.connect(self._select_found)
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(_StatusDelegate(self.model, self._theme, self))
        view.setAccessibleName(self.tr("Plugins"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setShowGrid(False)
        view.horizontalHeader().setSortIndicator(Column.NUMBER, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(24)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(Column.ID, QHeaderView.ResizeMode.Stretch)
        for column in (Column.NUMBER, Column.TYPE, Column.STATUS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(30)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._ask_menu)
        view.activated.connect(lambda index: self.activated.emit(index.data(POSITION_ROLE)))
        view.selectionModel().selectionChanged.connect(self._tell_selection)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(6)
        line = QVBoxLayout()
        line.setContentsMargins(10, 0, 10, 0)
        line.setSpacing(4)
        line.addWidget(self.filter_line)
        line.addWidget(self.summary)
        layout.addLayout(line)
        layout.addWidget(view)

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self._theme = theme
        delegate = self.view.itemDelegate()
        if isinstance(delegate, _StatusDelegate):
            delegate.theme = theme
        self._show_words()
        self.view.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(350, 600)

    def _show_words(self) -> None:
        words = {look: self._theme.outcome(look).word for look in Look}
        self.model.set_words(words)
        self._widen()

    def _widen(self) -> None:
        """Room for the status words that there are, and for the usual ones to come."""
        present = {
            Look.OK,
            Look.DISABLED,
            *(look for look, count in self._appearance.counts().items() if count),
        }
        metrics = self.view.fontMetrics()
        widest = max(metrics.horizontalAdvance(self._theme.outcome(look).word) for look in present)
        self.view.setColumnWidth(Column.STATUS, widest + 34)
        digits = metrics.horizontalAdvance("0" * len(str(len(self.document.catalog.entries))))
        self.view.setColumnWidth(Column.NUMBER, max(digits + 20, 34))
        self._share()

    def _share(self) -> None:
        """The type has the room that it needs, but never more than the id has."""
        view = self.view
        room = view.width() - view.verticalScrollBar().sizeHint().width()
        room -= view.columnWidth(Column.NUMBER) + view.columnWidth(Column.STATUS)
        view.setColumnWidth(Column.TYPE, max(min(self._type_width, room // 2), 60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._share()

    @Slot()
    def _show_looks(self) -> None:
        """The recording is another one: what the filter finds may be as well."""
        self.model.rearrange()
        self._widen()
        if self.filter_line.text():
            self._filter()
        else:
            self._summarise()

    @Slot(object)
    def _show_changed_looks(self, diff: dict[int, Look]) -> None:
        self.model.update_looks(diff)
        self._summarise()

    @Slot()
    def _filter(self) -> None:
        text = self.filter_line.text().strip()
        recording = self.document.replay.recording
        visible: frozenset[int] | None = None
        problem = ""
        if text and recording is not None:
            try:
                visible = frozenset(select(text, recording))
            except QueryError as error:
                problem = str(error)
        self.model.set_visible(visible)
        self._show_selection()
        self._summarise(problem)
        self.filtered.emit(visible)

    def _summarise(self, problem: str = "") -> None:
        if problem:
            self.summary.setText(problem)
            return
        shown, total = self.model.rowCount(), len(self.document.catalog.entries)
        counts = self._appearance.counts()
        parts = [
            f"{counts[look]} {self._theme.outcome(look).word}"
            for look in (Look.OK, Look.ERROR, Look.VICTIM, Look.MAY, Look.SKIP, Look.DISABLED)
            if counts[look]
        ]
        head = plugins(total) if shown == total else self.tr("{0} of {1}").format(shown, total)
        if not shown and total:
            head = self.tr("nothing found")
        self.summary.setText(" · ".join([head, *parts]))

    @Slot()
    def _select_found(self) -> None:
        self.document.select(map(self.model.position_at, range(self.model.rowCount())))

    @Slot(QItemSelection, QItemSelection)
    def _tell_selection(self, *_: object) -> None:
        if not self._echo:
            self._echo = True
            rows = self.view.selectionModel().selectedRows()
            self.document.select(self.model.position_at(index.row()) for index in rows)
            self._echo = False

    @Slot()
    def _show_selection(self) -> None:
        if self._echo:
            return
        self._echo = True
        chosen = QItemSelection()
        first: AnyIndex | None = None
        for position in sorted(self.document.selection)[:5000]:
            index = self.model.index(self.model.row_of(position), 0)
            if index.isValid():
                chosen.select(index, index)
                first = first or index
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
        if first is not None:
            self.view.selectionModel().setCurrentIndex(first, flags.NoUpdate)
            self.view.scrollTo(first)
        self._echo = False

    @Slot(QPoint)
    def _ask_menu(self, point: QPoint) -> None:
        index = self.view.indexAt(point)
        position = index.data(POSITION_ROLE) if index.isValid() else -1
        self.menu_requested.emit(position, self.view.viewport().mapToGlobal(point))
