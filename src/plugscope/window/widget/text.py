"""Foreign text in the window: plain, visible as it is, wrapped anywhere, and copied without what we put into it."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

_BREAK = "\u200b"
_UNSEEN = "␣"
_MOST = 8_000
_BEFORE_A_BREAK = re.compile(r"\.(?!\d)|[/\-_:=]|(?:[^\s./\-_:=]|\.(?=\d)){16}")
"""Not within a number: a version is read as one."""


def visible(text: str) -> str:
    """The text with a sign for what cannot be seen or would turn the rest around. Line ends stay."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in "\n\u200b" else _UNSEEN for char in text)


def one_line(text: str, most: int = 400) -> str:
    """The text on one line of a list, its middle left out where it is longer than ``most`` characters."""
    if len(text) > most:
        text = f"{text[: most // 2]}…{text[-(most - most // 2 - 1) :]}"
    if text and text.isspace():
        return _UNSEEN * min(len(text), 8)
    return visible(text).replace("\n", _UNSEEN)


def on_button(text: str, most: int = 60) -> str:
    """One line for a button or menu, where an ampersand would underline the next letter."""
    return one_line(text, most).replace("&", "&&")


def plugins(count: int) -> str:
    """So many plugins, in words: "1 plugin", "2 plugins"."""
    return "1 plugin" if count == 1 else f"{count} plugins"


def tip(text: str) -> str:
    """A tooltip guesses rich text: foreign text must be shown as it is."""
    from html import escape  # a table of two thousand names that the first paint has no use for

    lines = escape(breakable(visible(text[:1_500]))).split("\n")
    return f"<qt>{'<br>'.join(lines)}</qt>"


def breakable(text: str) -> str:
    """The text with places where a line may end (zero-width spaces): in names, and in words that never end."""
    return _BEFORE_A_BREAK.sub(lambda found: found[0] + _BREAK, text)


class Label(QLabel):
    """Never takes its text for markup, and wraps words of any length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)

    def setText(self, text: str) -> None:
        shown = visible(text[:_MOST])
        super().setText(breakable(shown) if self.wordWrap() else shown)

    def text(self) -> str:
        """What it shows, without the places where lines may end."""
        return super().text().replace(_BREAK, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self._copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy"), self._copy).setEnabled(self.hasSelectedText())
        menu.addAction(self.tr("Copy all"), lambda: _to_clipboard(self.text()))
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        _to_clipboard(self.selectedText())


def _to_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text.replace(_BREAK, "").replace("\u2029", "\n"))


def label(text: str = "", role: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> Label:
    """A label that never takes its text for markup."""
    made = Label(parent)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    made.setText(text)
    if role:
        made.setProperty("role", role)
    return made


def selectable(text: str = "", role: str = "", *, wrap: bool = True) -> Label:
    """A label whose text can be selected and copied, with the mouse and the keyboard."""
    made = label(text, role, wrap=wrap)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setCursor(Qt.CursorShape.IBeamCursor)
    return made
