"""Two boots side by side: the dialog that asks with what to compare, and the panel of all differences.

``row`` says of each plugin that differs how it was and how it is (an impact goes in, groups of rows come out);
``panel`` shows them.
"""

from .dialog import CompareDialog
from .panel import Differences
from .row import differences

__all__ = [
    "CompareDialog",
    "Differences",
    "differences",
]
