"""The panel with the lines of the log that a boot was read from."""

from .panel import LogPanel

__all__ = [
    "LogPanel",
]
