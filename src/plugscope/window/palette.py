"""The command palette: any action or plugin by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from .text import one_line


class Offer(Struct, frozen=True):
    """Something to choose: a name, a remark, and what to do."""

    name: str
    remark: str
    act: Callable[[], None]


_SHOWN = 60


class Palette(QDialog):
    """A line to type in and the offers that match it, best first."""

    def __init__(self, offers: Sequence[Offer], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offers = offers
        self.setAccessibleName(self.tr("Command palette"))
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Go to a plugin, or name an action"))
        self.line.setAccessibleName(self.tr("Name"))
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
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
        ranked = sorted(
            ((_rank(offer, words), number) for number, offer in enumerate(self._offers)),
        )
        self._shown = [self._offers[number] for rank, number in ranked if rank < 9][:_SHOWN]
        self.list.clear()
        for offer in self._shown:
            item = QListWidgetItem(
                one_line(f"{offer.name}    {offer.remark}" if offer.remark else offer.name, 90)
            )
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _choose(self, *_: object) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            self.accept()
            self._shown[row].act()


def _rank(offer: Offer, words: Sequence[str]) -> int:
    """0 is best, 9 is no match."""
    name = offer.name.casefold()
    whole = f"{name} {offer.remark.casefold()}"
    if not all(word in whole for word in words):
        return 9
    if not words:
        return 5
    first = words[0]
    if name == first:
        return 0
    if name.startswith(first):
        return 1
    return 2 if any(part.startswith(first) for part in name.replace(".", " ").split()) else 3
