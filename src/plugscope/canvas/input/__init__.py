"""Mouse and keys on the canvas: Qt's events go in, movements of the view and requests come out.

``PointedSurface`` (``pointing``) hands a press to one ``gesture`` until the button is let go, and shows a ``tip`` where
the mouse rests. ``keyboard`` names what a key asks for; ``travel`` finds the next card in an arrow's direction.
"""

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
