"""The graph as a widget. It is told what to show, tells what was done to it, and decides nothing.

``GraphCanvas`` is built in layers, each a class over the one before it: ``view`` (a viewport with a camera),
``surface`` (shows a picture), ``input`` (mouse), ``graph_canvas`` (keys). What it was told is a ``Scene`` (``scene``);
``paint`` draws a scene into any painter, so that exports look like the window. ``minimap`` is the whole picture in a
corner, ``accessible`` the same for assistive technology.
"""

from .graph_canvas import GraphCanvas
from .input import CANVAS_KEYS
from .paint import paint_picture, picture_size
from .scene import Focus

__all__ = [
    "CANVAS_KEYS",
    "Focus",
    "GraphCanvas",
    "paint_picture",
    "picture_size",
]
