"""TODO"""

from .docks import Docks
from .layout import DockLayout

__all__ = [
    "DockLayout",
    "Docks",
]
