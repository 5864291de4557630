"""TODO"""

from .inspector import Inspector

__all__ = [
    "Inspector",
]
