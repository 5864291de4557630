"""Where everything stands in a TOML document, and values that know it."""

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
