"""Python modules, files and packages: a worker imports the target, and what it registered becomes a catalog.

A face of its own because it needs the worker's host, which other sources do not.
"""

from .catalog import load_catalog

__all__ = [
    "load_catalog",
]
