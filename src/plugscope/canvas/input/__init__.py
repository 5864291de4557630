"""TODO"""

from .keyboard import act_of
from .pointing import PointedSurface
from .tip import tip_of
from .travel import along, first_of

__all__ = [
    "PointedSurface",
    "act_of",
    "along",
    "first_of",
    "tip_of",
]
