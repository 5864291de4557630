"""A page of the inspector: sections of text, code, pairs and links to other plugins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from .page_item import Code, Item, Link, Pairs, Paragraph, Section
from .setting_box import SettingBox

_MOST_SPARE = 24
"""So many items of a kind are kept for the next time: a new one is ten times as dear as another text."""


class Page(QScrollArea):
    """Written from top to bottom, as a whole. ``link_activated`` names a URI, ``location_activated`` a line
    (``FILE:line``).

    What is written anew takes the items that stand there, so that little changes where little else is said.
    """

    link_activated = Signal(str)
    location_activated = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        self._layout = QVBoxLayout(self._body)
        self._layout.setContentsMargins(14, 8, 12, 14)
        self._layout.setSpacing(4)
        self._layout.addStretch()
        self.setWidget(self._body)
        self._items: list[Item] = []
        self._spare: dict[str, list[Item]] = {}
        self._written = 0

    @contextmanager
    def rewritten(self) -> Iterator[None]:
        """What is written in the block stands in the place of all that was there."""
        self._written = 0
        self._layout.setEnabled(False)  # else each item that comes or goes has all of them placed anew
        try:
            yield
        finally:
            while len(self._items) > self._written:
                self._put_by(self._items.pop())
            self._layout.setEnabled(True)
        self.verticalScrollBar().setValue(0)

    def section(self, title: str) -> None:
        """A heading."""
        self._write("section", Section, (title,))

    def text(self, text: str, role: str = "") -> None:
        """A paragraph."""
        self._write(f"text {role}", lambda kind: Paragraph(kind, role), (text,))

    def code(self, text: str) -> None:
        """Foreign text as it is, in a monospaced face; long text scrolls."""
        size = self.font().pointSizeF() - 1
        self._write("code", lambda kind: Code(kind, size), (text,))

    def settings(self, lines: Sequence[str], locations: Sequence[str], *, quiet: bool = False) -> None:
        """Lines of a configuration, and behind each where it comes from ("": nowhere)."""
        size = self.font().pointSizeF() - 1
        self._write(f"settings {quiet}", lambda kind: SettingBox(kind, size, quiet), (*lines, *locations))

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and values."""
        words = [word for pair in pairs for word in pair]
        wraps = tuple(len(name) > 24 for name in words[::2])
        self._write(f"pairs {wraps}", lambda kind: Pairs(kind, wraps), words)

    def link(self, text: str, uri: str, remark: str) -> None:
        """Another plugin, to go to, with a remark."""
        self._write("link", lambda kind: Link(kind, self.link_activated.emit), (text, uri, remark))

    def location(self, text: str, location: str, remark: str) -> None:
        """A line of a file, to go to, with a remark."""
        self._write(
            "location", lambda kind: Link(kind, self.location_activated.emit), (text, location, remark)
        )

    def _write(self, kind: str, make: Callable[[str], Item], words: Sequence[str]) -> None:
        index = self._written
        self._written += 1
        if index < len(self._items) and self._items[index].kind != kind:
            self._make_room(index, kind)
        if index == len(self._items) or self._items[index].kind != kind:
            spare = self._spare.get(kind)
            item = spare.pop() if spare else make(kind)
            item.say(*words)
            self._items.insert(index, item)
            self._layout.insertWidget(index, item.widget)
            item.widget.show()
        else:
            self._items[index].say(*words)

    def _make_room(self, index: int, kind: str) -> None:
        """Something of another kind stands there: if one of this kind comes later, it moves up."""
        later = (n for n in range(index, len(self._items)) if self._items[n].kind == kind)
        for item in reversed(self._items[index : next(later, index)]):
            self._items.remove(item)
            self._put_by(item)

    def _put_by(self, item: Item) -> None:
        self._layout.removeWidget(item.widget)
        item.widget.hide()
        spare = self._spare.setdefault(item.kind, [])
        if len(spare) < _MOST_SPARE:
            spare.append(item)
        else:
            item.widget.deleteLater()
