"""The log panel: the lines of the boot, with a filter, and the way from a plugin to its lines and back.

``panel`` has the lines read beside the event loop (``plugscope.sources.log.read_lines``) and follows the selection;
``model`` makes rows of them, and ``view`` is the list that shows the rows.
"""

from .panel import LogPanel

__all__ = [
    "LogPanel",
]
