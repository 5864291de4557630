"""A boot for real: the plan's Python plugins, initialised in a worker process that can be stopped.

``run`` goes step by step, ``host`` talks to the worker, ``process`` starts and ends it, ``output`` keeps what it
prints.
"""

from .host import LoadRefused, Worker
from .run import Run

__all__ = [
    "LoadRefused",
    "Run",
    "Worker",
]
