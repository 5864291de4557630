"""The window around the canvas: panels, timeline, inspector, dialogs. Widgets are told things and decide nothing."""

from .first_paint import FirstPaint
from .main_window import MainWindow
from .theme_choice import theme_name

__all__ = [
    "FirstPaint",
    "MainWindow",
    "theme_name",
]
