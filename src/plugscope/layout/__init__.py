"""Where things stand: the drawable graph of a catalog, and pictures of it. Without Qt."""

from .edges import Edges
from .graph import EVERYTHING, Ghost, GhostKind, Graph
from .lanes import lanes
from .picture import Hub, Picture
from .places import Box
from .rect import Rect

__all__ = [
    "EVERYTHING",
    "Box",
    "Edges",
    "Ghost",
    "GhostKind",
    "Graph",
    "Hub",
    "Picture",
    "Rect",
    "lanes",
]
