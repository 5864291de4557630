"""The start page: what was open last, the shipped catalogs, the examples."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from plugscope.sources import catalog_names, examples

from .widget import app_icon, label, on_button, tip


class Welcome(QScrollArea):
    """Asks to open things."""

    open_requested = Signal(str)
    dialog_requested = Signal()
    clear_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(
            Qt.FocusPolicy.ClickFocus
        )  # what is on it can have the keys, and comes into sight then
        self._recent = QVBoxLayout()
        self._is_built = False

    def _build(self) -> None:
        self._body = QWidget()
        self._clear = QPushButton(self.tr("Clear list"))
        self._clear.setProperty("flat", "true")
        self._clear.clicked.connect(self.clear_requested)
        mark = label()
        mark.setPixmap(app_icon().pixmap(QSize(48, 48), self.devicePixelRatioF()))
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label("Plugscope", "big"))
        words.addWidget(
            label(self.tr("What a plugin system will do when it starts, what it did, and why."), "quiet")
        )
        head.addLayout(words, 1)
        opening = QPushButton(self.tr("Open a file…"))
        opening.setDefault(True)
        opening.clicked.connect(self.dialog_requested)
        head.addWidget(opening, 0, Qt.AlignmentFlag.AlignVCenter)
        grid = QGridLayout()
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(20)
        grid.addLayout(self._column(self.tr("containerd releases"), _catalogs()), 0, 0)
        grid.addLayout(self._column(self.tr("Examples"), _examples()), 0, 1)
        recent = QVBoxLayout()
        recent.addWidget(label(self.tr("Opened last"), "section"))
        recent.addLayout(self._recent)
        recent.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        recent.addStretch()
        grid.addLayout(recent, 0, 2)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        page = QWidget()
        page.setMaximumWidth(1040)
        page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(40, 44, 40, 40)
        inner.setSpacing(28)
        inner.addLayout(head)
        inner.addLayout(grid)
        remark = self.tr(
            "Or drop a log, a configuration, a manifest or a Python file anywhere in the window, or paste what one "
            "holds (Ctrl+V). Nothing runs on opening a file."
        )
        inner.addWidget(label(remark, "faint", wrap=True))
        inner.addStretch()
        outer = QHBoxLayout(self._body)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(page, 20)
        outer.addStretch(1)

    def _column(self, title: str, rows: Sequence[tuple[str, str, str]]) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(2)
        layout.addWidget(label(title, "section"))
        for source, name, text in rows:
            layout.addWidget(self._link(source, name))
            if text:
                remark = label(text, "faint", wrap=True)
                remark.setContentsMargins(0, 0, 0, 6)
                layout.addWidget(remark)
        layout.addStretch()
        return layout

    def _link(self, source: str, name: str) -> QPushButton:
        button = QPushButton(on_button(name))
        button.setProperty("flat", "true")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolTip(tip(source))
        button.clicked.connect(lambda: self.open_requested.emit(source))
        return button

    def show_recent(self, sources: Sequence[str]) -> None:
        """List the sources opened last. The page is made now: most starts show a graph and never need it."""
        if not self._is_built:
            self._is_built = True
            self._build()
            self.setWidget(self._body)
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for source in sources:
            shown = source if len(source) <= 44 else f"…{source[-43:]}"
            self._recent.addWidget(self._link(source, shown))
        if not sources:
            self._recent.addWidget(label(self.tr("Nothing yet"), "faint"))
        self._clear.setVisible(bool(sources))


def _catalogs() -> list[tuple[str, str, str]]:
    return [(f"catalog:{name}", name.replace("-", " "), "") for name in reversed(catalog_names())]


def _examples() -> list[tuple[str, str, str]]:
    return [(f"example:{example.name}", example.title, example.text) for example in examples()]
