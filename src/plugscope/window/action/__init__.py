"""TODO"""

from .action import DEEDS, MENUS, Actions, name_of

__all__ = [
    "DEEDS",
    "MENUS",
    "Actions",
    "name_of",
]
