"""A box of monospaced text that is as high as its lines."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from .style import fixed_font

_MOST_LINES = 16
_PADDING = 22


class FittedBox(QPlainTextEdit):
    """Read only; its lines are wrapped as they must, and from the seventeenth on they scroll."""

    def __init__(self, size: float) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFont(fixed_font(size))
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.setPlainText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rows = 0
        block = self.document().firstBlock()
        while block.isValid() and rows < _MOST_LINES:
            self.blockBoundingRect(block)  # lays it out
            rows += max(block.layout().lineCount(), 1)
            block = block.next()
        high = int(self.fontMetrics().lineSpacing() * min(max(rows, 1), _MOST_LINES) + _PADDING)
        if high != self.height() or high != self.minimumHeight():
            self.setFixedHeight(high)
