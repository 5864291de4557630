"""TODO"""

from .panel import LogPanel

__all__ = [
    "LogPanel",
]
