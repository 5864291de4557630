"""The command line: arguments in, text or JSON and an exit code out.

``main`` collects the verbs; each ``…_verb`` module holds a few of them, a thin layer over the rooms below. ``opened``
opens the source that a verb is about, with the options that all of them have (``option``), and ``terminal`` writes
what they say. ``headless`` is what the window does on a machine without a display.
"""

from .headless import show
from .main import run

__all__ = [
    "run",
    "show",
]
