"""What several panels are made of: labels that show foreign text as it is (``text``), icons (``icon``, ``mark``,
``drawn_icon``), the bar for messages and questions (``notice``), a box for code (``fitted_box``), and the theme as a
style sheet (``style``).
"""

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
