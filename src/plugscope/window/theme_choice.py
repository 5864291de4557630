"""Which theme: the system's, or one of ours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from plugscope.session import load_theme

from .context import WindowContext

CHOICES = {
    "system": "Follow the system",
    "light": "Light",
    "dark": "Dark",
    "high-contrast": "High contrast",
}


def theme_name(choice: object) -> str:
    """The theme for a choice; the system's colour scheme decides where it is not one of ours."""
    if choice in ("light", "dark", "high-contrast"):
        return str(choice)
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def apply_theme(context: WindowContext, choice: str) -> None:
    """Use and remember a choice."""
    context.settings.put("theme", choice)
    context.set_theme(load_theme(theme_name(choice)))
