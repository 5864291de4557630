"""Small widgets and drawings that several panels share."""

from .fitted_box import FittedBox
from .icon import app_icon, ui_icon
from .mark import mark_icon
from .notice import Notice
from .style import fixed_font, palette_of, style_of
from .text import label, on_button, one_line, plugins, selectable, tip, visible

__all__ = [
    "FittedBox",
    "Notice",
    "app_icon",
    "fixed_font",
    "label",
    "mark_icon",
    "on_button",
    "one_line",
    "palette_of",
    "plugins",
    "selectable",
    "style_of",
    "tip",
    "ui_icon",
    "visible",
]
