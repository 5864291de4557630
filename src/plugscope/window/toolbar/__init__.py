"""TODO"""

from .boot_choice import boot_name
from .release_choice import why
from .toolbar import Toolbar

__all__ = [
    "Toolbar",
    "boot_name",
    "why",
]
