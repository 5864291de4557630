"""TODO"""

from .config import ConfigDialog
from .palette import Offer, Palette
from .saving import ask_where, refusal

__all__ = [
    "ConfigDialog",
    "Offer",
    "Palette",
    "ask_where",
    "refusal",
]
