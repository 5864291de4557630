"""Causes and problems: the few things that explain the rest, and what can be said before anything starts.

``panel`` takes the document's diagnosis, impact and diagnostics and has a row made of each (``row``); ``model`` shows
rows, with those below them, as a tree.
"""

from .panel import Problems

__all__ = [
    "Problems",
]
