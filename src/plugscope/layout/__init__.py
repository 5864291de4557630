"""Where things stand: a catalog goes in, a ``Picture`` (rectangles and curves) comes out. Without Qt.

``graph`` makes the drawable graph of a catalog. ``lanes`` lays out any graph at once, in process (``layer`` finds the
layers, ``grid`` the boxes of types). For a better picture ``sketch`` says what to ask Graphviz, which runs in a process
of its own (``worker``; ``host`` asks it and waits, the window asks through ``plugscope.session.LayoutJob``). ``card``
and ``metrics`` know how large a card is; ``geometry``, ``edges``, ``rect`` and ``curve`` hold the coordinates.
"""

from .card import BAND_WIDTH, ID_SIZE, MARK_SIZE, PADDING, TYPE_SIZE
from .curve import requirement
from .edges import Edges
from .geometry import Box, GridPlaces
from .graph import EVERYTHING, Ghost, GhostKind, Graph
from .host import WINDOW_LIMIT_S, WORKER, best_picture, picture_from
from .lanes import add_spokes, lane_picture
from .metrics import text_width
from .picture import Hub, Picture
from .rect import Rect, union
from .sketch import LayoutError, Sketch, sketch_of

__all__ = [
    "BAND_WIDTH",
    "EVERYTHING",
    "ID_SIZE",
    "MARK_SIZE",
    "PADDING",
    "TYPE_SIZE",
    "WINDOW_LIMIT_S",
    "WORKER",
    "Box",
    "Edges",
    "Ghost",
    "GhostKind",
    "Graph",
    "GridPlaces",
    "Hub",
    "LayoutError",
    "Picture",
    "Rect",
    "Sketch",
    "add_spokes",
    "best_picture",
    "lane_picture",
    "picture_from",
    "requirement",
    "sketch_of",
    "text_width",
    "union",
]
