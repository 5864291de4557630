"""TODO"""

from .attribution import Attribution
from .named_missing import missing_names

__all__ = [
    "Attribution",
    "missing_names",
]
