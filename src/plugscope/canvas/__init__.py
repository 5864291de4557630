"""Drawing the graph, and its gestures."""

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
