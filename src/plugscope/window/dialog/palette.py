"""The command palette: any action or plugin by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from plugscope.window.widget import one_line


class Offer(Struct, frozen=True):
    """Something to choose: a name, a remark, and what to do."""

    name: str
    remark: str
    act: Callable[[], None]


_SHOWN = 60
_REMARK = Qt.ItemDataRole.UserRole
_NO_MATCH = 9


class _OfferDelegate(QStyledItemDelegate):
    """Draws the remark at the right, fainter than the name."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(option.font)
        room: QRect = option.rect.adjusted(8, 0, -10, 0)
        painter.drawText(room, int(_RIGHT), index.data(_REMARK) or "")
        painter.restore()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Palette(QDialog):
    """A line to type in and the offers that match it, best first.

    Where nothing has the words in it, what has their letters in that order is offered.
    """

    def __init__(self, offers: Sequence[Offer], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offers = offers
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Command palette"))
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Go to a plugin, or name an action"))
        self.line.setAccessibleName(self.tr("Name"))
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line has the keys, and passes on what moves
        self.list.setItemDelegate(_OfferDelegate(self.list))
        self.list.setAccessibleName(self.tr("Matches"))
        self.line.textChanged.connect(self._match)
        self.line.returnPressed.connect(self._choose)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self._shown: list[Offer] = []
        self._match("")
        width = min(560, parent.width() - 40)
        self.resize(QSize(width, 380))
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - width) // 2, corner.y() + 70)
        # A popup is no active window: what is typed goes to whom it says itself, or to nobody.
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key()), 0
            )
            if step and self.list.count():
                row = max(0, min(self.list.currentRow() + step, self.list.count() - 1))
                self.list.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)

    def _match(self, text: str) -> None:
        words = text.casefold().split()
        self._shown = self._ranked(lambda offer: _rank(offer, words))
        if not self._shown:
            letters = re.compile(".*?".join(map(re.escape, "".join(words))), re.DOTALL)
            self._shown = self._ranked(
                lambda offer: 0 if letters.search(offer.name.casefold()) else _NO_MATCH
            )
        self.list.clear()
        for offer in self._shown:
            item = QListWidgetItem(one_line(offer.name, 70))
            item.setData(_REMARK, offer.remark)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one_line(offer.name)}, {offer.remark}")
            self.list.addItem(item)
        if not self._shown:
            nothing = QListWidgetItem(self.tr("Nothing is called that"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)

    def _ranked(self, rank: Callable[[Offer], int]) -> list[Offer]:
        ranked = sorted((rank(offer), number) for number, offer in enumerate(self._offers))
        return [self._offers[number] for place, number in ranked[:_SHOWN] if place < _NO_MATCH]

    def _choose(self, *_: object) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            self.accept()
            self._shown[row].act()


def _rank(offer: Offer, words: Sequence[str]) -> int:
    """0 is best, ``_NO_MATCH`` the last."""
    name = offer.name.casefold()
    whole = f"{name} {offer.remark.casefold()}"
    if not all(word in whole for word in words):
        return _NO_MATCH
    if not words:
        return 5
    first = words[0]
    if name == first:
        return 0
    if name.startswith(first):
        return 1
    return 2 if any(part.startswith(first) for part in name.replace(".", " ").split()) else 3
