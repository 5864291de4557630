"""The dialogs, made by the action that shows them: the command palette, where to save, what to write to a
configuration (``config``), and the small ones (``dialogs``).
"""

from .config import ConfigDialog
from .dialogs import choose_theme, show_about, show_shortcuts, show_trusted
from .palette import Offer, Palette
from .saving import ask_where, refusal

__all__ = [
    "ConfigDialog",
    "Offer",
    "Palette",
    "ask_where",
    "choose_theme",
    "refusal",
    "show_about",
    "show_shortcuts",
    "show_trusted",
]
