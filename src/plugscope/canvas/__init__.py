"""Drawing the graph, and its gestures."""

from .graph_canvas import GraphCanvas
from .paint import paint_picture, picture_size
from .scene import Focus

__all__ = [
    "Focus",
    "GraphCanvas",
    "paint_picture",
    "picture_size",
]
