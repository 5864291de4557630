"""Painting a picture: boxes, cards, lines and marks, in less detail the farther one looks from."""

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
