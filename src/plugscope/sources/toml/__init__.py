"""TODO"""

from .location import NOWHERE, Leaf, Place, Table, dotted, placed
from .position import Stuck, Walk, positions

__all__ = [
    "NOWHERE",
    "Leaf",
    "Place",
    "Stuck",
    "Table",
    "Walk",
    "dotted",
    "placed",
    "positions",
]
