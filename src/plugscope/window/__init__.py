"""The window around the canvas: panels, toolbar, menus, dialogs. Widgets are told things and decide nothing.

``MainWindow`` shows one document: the canvas first, then, once that has been painted, the ``panels`` around it. What a
user can do is a row of the table in ``action``, and what it does a handler in ``controller``; both know the window as a
``WindowContext`` (``context``). Every other package is a panel or a kind of widget.
"""

from .first_paint import FirstPaint
from .main_window import MainWindow
from .theme_choice import theme_name

__all__ = [
    "FirstPaint",
    "MainWindow",
    "theme_name",
]
