"""The ordering, move by move: the walk with its stack, before anything starts."""

from __future__ import annotations

from itertools import islice
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from plugscope.boot import Move, Plan, WalkEvent, order_moves, short_name, tell_move
from plugscope.session import Document
from plugscope.window.widget import label, selectable

AnyIndex = QModelIndex | QPersistentModelIndex
_MOST_MOVES = 20_000


class _Moves(QAbstractListModel):
    """A sentence a move, indented by the depth of the stack."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self.events: list[WalkEvent] = []

    def show(self, plan: Plan, events: list[WalkEvent]) -> None:
        """Replace all moves."""
        self.beginResetModel()
        self._plan, self.events = plan, events
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.events)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._plan is None:
            return None
        event = self.events[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            depth = len(event.stack) - (event.move in (Move.TURN, Move.PULLED)) + (event.move is Move.PLACED)
            sentence = " ".join(tell_move(event, self._plan).split())
            return f"{'    ' * min(max(depth, 0), 12)}{sentence}"
        return None


class Ordering(QWidget):
    """The list of moves and the stack at the chosen one. ``move_shown`` carries the stack, the last on top."""

    move_shown = Signal(int, object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._stale = True
        self.model = _Moves(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(self.tr("Moves of the ordering"))
        self.view.selectionModel().currentChanged.connect(self._tell)
        self.stack = selectable("", "quiet")
        self.stack.setAccessibleName(self.tr("Stack"))
        self.remark = label("", "faint", wrap=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._refresh_now)
        self._build()
        document.replay.recording_changed.connect(self.refresh)

    def _build(self) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(12, 8, 12, 8)
        side.addWidget(label(self.tr("Being worked on"), "section"))
        side.addWidget(self.stack)
        side.addStretch()
        side.addWidget(self.remark)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 3)
        layout.addLayout(side, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._stale:  # a panel behind another's tab is "visible", but it is not painted
            self._soon.start()

    @Slot()
    def refresh(self) -> None:
        """Walk anew, once it can be seen."""
        self._stale = True
        self.update()

    @Slot()
    def _refresh_now(self) -> None:
        if not self._stale:
            return
        self._stale = False
        plan = self._document.plan
        moves = order_moves(plan.catalog.registrations, plan.semantics, plan.disabled)
        events = list(islice(moves, _MOST_MOVES))
        self.model.show(plan, events)
        self.stack.setText(self.tr("Choose a move to see the stack."))
        cut = len(events) == _MOST_MOVES
        self.remark.setText(self.tr("Only the first {0} moves are shown.").format(_MOST_MOVES) if cut else "")

    @Slot(QModelIndex, QModelIndex)
    def _tell(self, index: QModelIndex, _: QModelIndex) -> None:
        if not index.isValid():
            return
        event = self.model.events[index.row()]
        plan = self._document.plan
        names = [short_name(plan.catalog.entries[position].uri, plan) for position in event.stack]
        self.stack.setText(
            "\n".join(f"{'  ' * depth}{name}" for depth, name in enumerate(names)) or self.tr("nothing")
        )
        self.move_shown.emit(event.position, event.stack)
