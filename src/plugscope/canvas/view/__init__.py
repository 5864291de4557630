"""Which part of the picture is shown, how it moves there, and its scroll bars."""

from .view import View
from .viewport import Viewport

__all__ = [
    "View",
    "Viewport",
]
