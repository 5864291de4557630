"""Labels for foreign text: plain, selectable, wrapped."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def label(text: str = "", role: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """A label that never takes its text for markup."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def selectable(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """A label whose text can be selected and copied, with the mouse and the keyboard."""
    made = label(text, role, wrap=wrap)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setCursor(Qt.CursorShape.IBeamCursor)
    return made


def breakable(text: str) -> str:
    """A long dotted or slashed name with places where a line may end (zero-width spaces)."""
    return "".join(f"{char}\u200b" if char in "./-_:=" else char for char in text)
