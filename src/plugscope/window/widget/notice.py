"""A bar for what the program has to say or ask, in the window instead of before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from plugscope.session import Look, Theme

from .icon import ui_icon
from .text import label, one_line, selectable

_MOST = 360
_WORDS_BESIDE = 420
"""Pixels that the words and the marks need beside the buttons."""

_ICONS = {"progress": "play"}
"""Kinds that have the icon of something else."""

Choice = tuple[str, Callable[[], None]]


class Notice(QFrame):
    """Shows one message at a time, with buttons for the answers. Hidden when there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "bar")
        self.mark = label()
        self.text = selectable()
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        self.close_button = QToolButton()
        self.close_button.setAccessibleName(self.tr("Dismiss"))
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 7, 8, 7)
        layout.setSpacing(10)
        layout.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(8)
        self._words.addWidget(self.text, 1)
        self._words.addLayout(self._buttons)
        layout.addLayout(self._words, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._kind = "info"
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The buttons beside the words where both have room, else below them."""
        beside = self.width() - self._buttons.sizeHint().width() >= _WORDS_BESIDE
        directions = QBoxLayout.Direction
        self._words.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        side = Qt.AlignmentFlag.AlignRight if beside else Qt.AlignmentFlag.AlignLeft
        self._words.setAlignment(self._buttons, side | Qt.AlignmentFlag.AlignTop)

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self._theme = theme
        self._draw()

    def _draw(self) -> None:
        look = {"error": Look.ERROR, "warning": Look.MAY, "trust": Look.MAY}.get(self._kind)
        colour = self._theme.accent if look is None else self._theme.outcome(look).ink
        self.mark.setPixmap(
            ui_icon(_ICONS.get(self._kind, self._kind), colour).pixmap(
                QSize(18, 18), self.devicePixelRatioF()
            )
        )
        self.close_button.setIcon(ui_icon("close", self._theme.text2))
        self.close_button.ensurePolished()
        # Beside the first line, as the button is.
        self.mark.setFixedHeight(self.close_button.sizeHint().height())

    @property
    def is_progress(self) -> bool:
        """Whether it only says that something is going on."""
        return self._kind == "progress"

    def say(self, text: str, kind: str = "info", choices: Sequence[Choice] = ()) -> None:
        """Show a message.

        ``kind``: info, warning, error, trust, reload, or progress (for what goes on). A choice hides the bar and calls
        its function.
        """
        self._kind = kind
        self.text.setText("\n".join(one_line(line, _MOST) for line in text.split("\n")))
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        before: QWidget = self.text
        for word, act in choices:
            button = QPushButton(word)
            button.clicked.connect(self.hide)
            button.clicked.connect(act)
            self._buttons.addWidget(button)
            QWidget.setTabOrder(
                before, button
            )  # else made last, they would be reached last in the whole window
            before = button
        QWidget.setTabOrder(before, self.close_button)
        self._draw()
        self._arrange()
        self.setAccessibleName(text)
        self.show()
