"""Drawing the graph, and its gestures."""

from .accessible import make_accessible
from .graph_canvas import GraphCanvas
from .painting import paint_picture, picture_size
from .scene import Focus

__all__ = ["Focus", "GraphCanvas", "make_accessible", "paint_picture", "picture_size"]
