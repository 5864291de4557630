"""The bar above the canvas: what is open, of which boot of a log or for which release, and what is done most.

``BootChoice`` and ``ReleaseChoice`` are there for documents that have such a choice, and only request another one.
"""

from .boot_choice import boot_name
from .release_choice import why
from .toolbar import Toolbar

__all__ = [
    "Toolbar",
    "boot_name",
    "why",
]
