"""Changing a configuration: which lines disable or enable plugins, proposed, shown and written with a way back."""

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
