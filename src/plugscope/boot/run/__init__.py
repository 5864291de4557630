"""A boot that is really run: a plan and a ``Worker`` go in, steps and a recording come out.

``Worker`` (``host``) starts the child process (``process``), asks it to load and run, and copes with a child that
hangs, crashes or says nothing; ``output`` sorts what the plugins print by step. ``Run`` turns each message of the
child (``plugscope.worker``) into a step and gives it its causes.
"""

from .host import LoadRefused, Worker
from .run import Run

__all__ = [
    "LoadRefused",
    "Run",
    "Worker",
]
