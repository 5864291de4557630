"""What a page of the inspector consists of: each item can say something else in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from plugscope.window.widget import FittedBox, label, on_button, one_line, selectable, tip


class Item:
    """One thing on a page. Those of one ``kind`` can take each other's place."""

    def __init__(self, kind: str, widget: QWidget) -> None:
        self.kind = kind
        self.widget = widget
        self._said: tuple[str, ...] | None = None

    def say(self, *words: str) -> None:
        """Show these words from now on."""
        if words != self._said:
            self._said = words
            self._show(*words)

    def _show(self, *words: str) -> None:
        raise NotImplementedError


class Paragraph(Item):
    """A text that can be selected."""

    def __init__(self, kind: str, role: str) -> None:
        self._label = selectable("", role)
        super().__init__(kind, self._label)

    def _show(self, *words: str) -> None:
        self._label.setText(words[0])


class Section(Item):
    """A heading."""

    def __init__(self, kind: str) -> None:
        self._label = label("", "section")
        super().__init__(kind, self._label)

    def _show(self, *words: str) -> None:
        self._label.setText(words[0])


class Code(Item):
    """Foreign text as it is, in a monospaced face; long text scrolls."""

    def __init__(self, kind: str, size: float) -> None:
        self._box = FittedBox(size)
        super().__init__(kind, self._box)

    def _show(self, *words: str) -> None:
        self._box.show_text(words[0])
        self._box.setAccessibleName(one_line(words[0], 80))


class Pairs(Item):
    """Names and values, a name and a value in turn; ``wraps`` tells of each name whether it is long: above its value.

    No form layout: it keeps the heights of what it said before.
    """

    def __init__(self, kind: str, wraps: tuple[bool, ...]) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        self._labels = []
        for wrap in wraps:
            name, value = label("", "quiet", wrap=wrap), selectable()
            row = grid.rowCount()
            if wrap:
                grid.addWidget(name, row, 0, 1, 2)
                grid.addWidget(value, row + 1, 0, 1, 2)
            else:
                grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(value, row, 1)
            self._labels += [name, value]
        super().__init__(kind, holder)

    def _show(self, *words: str) -> None:
        for number, (part, text) in enumerate(zip(self._labels, words, strict=True)):
            part.setText(text if number % 2 else one_line(text, 60))


class Link(Item):
    """Another plugin, to go to, with a remark. The words are its name, its URI and the remark."""

    def __init__(self, kind: str, go: Callable[[str], object]) -> None:
        self._go, self._uri = go, ""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._button = QPushButton()
        self._button.setProperty("flat", "true")
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.clicked.connect(self._activate)
        row.addWidget(self._button)
        self._remark = label("", "quiet", wrap=True)
        self._remark.setMinimumWidth(20)
        row.addWidget(self._remark, 1)
        super().__init__(kind, holder)

    def _show(self, *words: str) -> None:
        name, self._uri, remark = words
        self._button.setText(on_button(name, 36))
        self._button.setToolTip(tip(self._uri))
        self._remark.setText(remark)

    def _activate(self) -> None:
        self._go(self._uri)
