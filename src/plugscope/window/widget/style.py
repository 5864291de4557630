"""The theme as a palette and a style sheet."""

from __future__ import annotations

import re

from PySide6.QtGui import QFont, QFontDatabase, QPalette

from plugscope.installation import resource
from plugscope.session import Theme


def palette_of(theme: Theme) -> QPalette:
    """The palette that widgets without a rule of their own follow."""
    palette = QPalette()
    group = QPalette.ColorGroup.All
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, theme.panel),
        (role.WindowText, theme.text),
        (role.Base, theme.panel),
        (role.AlternateBase, theme.surface),
        (role.Text, theme.text),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.surface),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.text3),
        (role.Highlight, theme.accent_soft),
        (role.HighlightedText, theme.text),
        (role.Link, theme.accent),
        (role.Mid, theme.line),
        (role.Midlight, theme.line2),
    ):
        palette.setColor(group, name, colour)
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, theme.text3)
    return palette


def fixed_font(size: float) -> QFont:
    """The monospaced face, for URIs, code and output."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(size)
    return font


def style_of(theme: Theme) -> str:
    """The style sheet: hairlines, two greys, one accent."""
    colours = {role: getattr(theme, role).name() for role in _ROLES}
    colours["arrow"] = str(resource("themes", "arrow.svg")).replace("\\", "/")
    colours["accent_text"] = "#10141a" if theme.dark else "#ffffff"
    sheet = resource("themes", "window.qss").read_text("utf-8")
    return re.sub(r"@(\w+)", lambda found: colours[found[1]], sheet)


_ROLES = (
    "canvas",
    "surface",
    "panel",
    "line",
    "line2",
    "text",
    "text2",
    "text3",
    "accent",
    "accent_soft",
)
