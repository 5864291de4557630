"""TODO"""

from .dialog import CompareDialog
from .panel import Differences
from .row import differences

__all__ = [
    "CompareDialog",
    "Differences",
    "differences",
]
