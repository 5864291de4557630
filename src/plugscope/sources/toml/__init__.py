"""Where the keys and values of a TOML file stand, which no parser tells.

``positions`` (``position``) walks over the text of a document that was parsed, and notes the line and column of
everything; ``located`` (``location``) joins that with the parser's values into tables and leaves that know their
location.
"""

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
