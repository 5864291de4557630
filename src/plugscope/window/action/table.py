"""The one table of everything a user can do, in the order of the menus."""

from __future__ import annotations

from .boot_table import BOOT_ACTIONS
from .document_table import DOCUMENT_ACTIONS

ACTIONS = (*DOCUMENT_ACTIONS, *BOOT_ACTIONS)
