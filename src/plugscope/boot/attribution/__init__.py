"""TODO"""

from .attribution import Attribution
from .named_missing import claims_of

__all__ = [
    "Attribution",
    "claims_of",
]
