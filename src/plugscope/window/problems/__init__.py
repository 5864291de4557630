"""TODO"""

from .panel import Problems

__all__ = [
    "Problems",
]
