"""The panel with the root causes of a boot and what is to be said of its source."""

from .panel import Problems

__all__ = [
    "Problems",
]
