"""The commands: one module a group of verbs, each a thin layer over the rooms below."""

from .headless import show
from .main import run

__all__ = [
    "run",
    "show",
]
