"""A page of the inspector: sections of text, code, pairs and links to other plugins."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from .style import fixed_font
from .text import label, on_button, one_line, selectable, tip


class Page(QScrollArea):
    """Filled from top to bottom; cleared as a whole. ``link_activated`` names a URI."""

    link_activated = Signal(str)

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

    def clear(self) -> None:
        """Take everything away."""
        while self._layout.count() > 1:
            item = self._layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.verticalScrollBar().setValue(0)

    def _add(self, widget: QWidget) -> None:
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def section(self, title: str) -> None:
        """A heading."""
        self._add(label(title, "section"))

    def text(self, text: str, role: str = "") -> None:
        """A paragraph."""
        self._add(selectable(text, role))

    def code(self, text: str) -> None:
        """Foreign text as it is, in a monospaced face; long text scrolls."""
        box = QPlainTextEdit()
        box.setReadOnly(True)
        box.setFont(fixed_font(self.font().pointSizeF() - 1))
        box.setPlainText(text)
        box.setTabChangesFocus(True)
        box.setAccessibleName(one_line(text, 80))
        lines = min(max(len(text) // 30 + text.count("\n") + 1, 2), 14)
        box.setFixedHeight(int(box.fontMetrics().lineSpacing() * lines + 18))
        self._add(box)

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and values."""
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(3)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, value in pairs:
            form.addRow(label(one_line(name, 60), "quiet", wrap=len(name) > 24), selectable(value))
        self._add(holder)

    def link(self, text: str, uri: str, remark: str) -> None:
        """Another plugin, to go to, with a remark."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        button = QPushButton(on_button(text, 36))
        button.setProperty("flat", "true")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolTip(tip(uri))
        button.clicked.connect(lambda: self.link_activated.emit(uri))
        row.addWidget(button)
        told = label(remark, "quiet", wrap=True)
        told.setMinimumWidth(20)
        row.addWidget(told, 1)
        self._add(holder)
