"""The toolbar, with the choice of a boot in a log and of a release for a configuration."""

from .boot_choice import boot_name
from .release_choice import why
from .toolbar import Toolbar

__all__ = [
    "Toolbar",
    "boot_name",
    "why",
]
