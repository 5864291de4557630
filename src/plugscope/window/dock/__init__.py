"""The panels around the canvas: where they stand, how high they are, and how that is remembered."""

from .docks import Docks
from .layout import DockLayout

__all__ = [
    "DockLayout",
    "Docks",
]
