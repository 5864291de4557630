"""Causes for a boot that was observed: from the words of its errors to the plugins where they began.

In come the steps of a boot without causes; ``Attribution`` walks them in the order of the boot and gives each failed or
skipped one its causes. First it runs the plugin's known lookups by the rules of prediction and takes the one whose
words match (``error_match``). If none does, it follows the words through the lookups of others to whoever said them
first (``error_origin``), then asks which absent plugin they name (``named_missing``, ``absent_provider``), then which
unseen plugin may be behind them (``suspect``). What nothing explains is the plugin's own failure.
"""

from .attribution import Attribution
from .named_missing import missing_names

__all__ = [
    "Attribution",
    "missing_names",
]
