"""TODO"""

from .docks import Docks
from .layout import Memory

__all__ = [
    "Docks",
    "Memory",
]
