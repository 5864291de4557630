"""Which part of the picture is seen.

A ``View`` is a scale and an offset, and never changes. ``camera`` makes the next one (fit, zoom, pan), ``motion``
glides there, and ``Viewport`` is the widget that has a camera and knows where things are in it.
"""

from .view import View
from .viewport import Viewport

__all__ = [
    "View",
    "Viewport",
]
