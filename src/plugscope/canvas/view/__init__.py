"""TODO"""

from .view import View
from .viewport import Viewport

__all__ = [
    "View",
    "Viewport",
]
