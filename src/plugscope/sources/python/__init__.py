"""TODO"""

from .catalog import load_catalog

__all__ = [
    "load_catalog",
]
