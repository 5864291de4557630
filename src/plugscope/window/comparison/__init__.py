"""Comparing two boots: choosing the other one, and the list of what differs."""

from .dialog import CompareDialog
from .panel import Differences
from .row import differences

__all__ = [
    "CompareDialog",
    "Differences",
    "differences",
]
