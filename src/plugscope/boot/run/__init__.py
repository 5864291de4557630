"""TODO"""

from .host import LoadRefused, Worker
from .run import Run

__all__ = [
    "LoadRefused",
    "Run",
    "Worker",
]
