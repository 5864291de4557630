"""All that a user can do, as data: each action has an id, a row in one table, and a ``QAction`` made of that row.

What an action does is in ``plugscope.window.controller``; what is here knows no document.
"""

from .action_id import ActionId
from .actions import Actions, name_of
from .spec import ActionSpec, Menu, Need
from .table import ACTIONS

__all__ = [
    "ACTIONS",
    "ActionId",
    "ActionSpec",
    "Actions",
    "Menu",
    "Need",
    "name_of",
]
