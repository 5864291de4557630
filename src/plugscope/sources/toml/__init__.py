"""TODO"""

from .location import NOWHERE, Leaf, Location, Table, dotted, located
from .position import Stuck, Walk, positions

__all__ = [
    "NOWHERE",
    "Leaf",
    "Location",
    "Stuck",
    "Table",
    "Walk",
    "dotted",
    "located",
    "positions",
]
