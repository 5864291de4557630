"""What mouse and keys do on the canvas, one module for each way to ask."""

from .keyboard import CANVAS_KEYS, act_of
from .pointing import PointedSurface
from .tip import tip_of
from .travel import along, first_of

__all__ = [
    "CANVAS_KEYS",
    "PointedSurface",
    "act_of",
    "along",
    "first_of",
    "tip_of",
]
