"""TODO"""

from .action import ACTIONS, MENUS, Actions, name_of

__all__ = [
    "ACTIONS",
    "MENUS",
    "Actions",
    "name_of",
]
