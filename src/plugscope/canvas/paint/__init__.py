"""Painting: a scene and a theme go in, and the visible part of the picture is drawn with any ``QPainter``.

``PicturePainter`` chooses by the zoom how much detail is drawn (cards, cells, blocks) and has each part drawn:
``boxes`` and ``cards`` (``face``, ``label`` and ``marks`` are parts of a card), ``lines`` (``edge_index``: those that
can be seen), and ``crowd`` where there are thousands of types. ``palette`` holds the pens and brushes.
``paint_picture`` draws all of a picture for exports.
"""

from .crowd import CROWDED
from .marks import draw_mark
from .painter import PicturePainter, paint_picture, picture_size

__all__ = [
    "CROWDED",
    "PicturePainter",
    "draw_mark",
    "paint_picture",
    "picture_size",
]
