"""TODO"""

from .ordering import Ordering
from .timeline import Timeline

__all__ = [
    "Ordering",
    "Timeline",
]
