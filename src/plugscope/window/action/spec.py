"""What there is to say of an action: the row of a table."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from .action_id import ActionId


class Menu(StrEnum):
    """The menus, in their order."""

    FILE = "File"
    EDIT = "Edit"
    VIEW = "View"
    REPLAY = "Replay"
    HELP = "Help"


class Need(StrEnum):
    """What must be there for an action to be enabled.

    ``DOCUMENT``: an open one; ``SOURCE``: one of a single source, not two laid over each other, as ``COMPARISON`` is;
    ``EXPECTATION``: one that says what to expect; ``DAEMON``: one that a daemon stands behind; ``RUN``: plugins that
    can really be run.
    """

    DOCUMENT = "document"
    SOURCE = "source"
    COMPARISON = "comparison"
    EXPECTATION = "expectation"
    SELECTION = "selection"
    STEPS = "steps"
    RUN = "run"
    DAEMON = "daemon"


class ActionSpec(Struct, frozen=True):
    """One thing a user can do: stable id, menu text, the menu it is in, keys, icon, tip, and what it needs."""

    id: ActionId
    text: str
    menu: Menu
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    needs: tuple[Need, ...] = (Need.DOCUMENT,)
    checkable: bool = False
