"""Disabling and enabling plugins in a configuration file, and changing not one byte besides.

``change`` edits the list in the text. ``proposal`` works out what a change comes to (the diff, what else it does),
and changes nothing; ``writing`` makes the backup and replaces the file, in one step.
"""

from .change import ChangeRefused, Naming, change_disabled, naming_of, snippet, written
from .proposal import Proposal, listed_in, propose, release_of
from .writing import obstacle, save, take_back, write_new

__all__ = [
    "ChangeRefused",
    "Naming",
    "Proposal",
    "change_disabled",
    "listed_in",
    "naming_of",
    "obstacle",
    "propose",
    "release_of",
    "save",
    "snippet",
    "take_back",
    "write_new",
    "written",
]
