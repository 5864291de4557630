"""The panel about the selected plugin: its facts, its part of the boot, and its settings line by line."""

from .inspector import Inspector

__all__ = [
    "Inspector",
]
