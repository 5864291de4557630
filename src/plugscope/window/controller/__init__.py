"""TODO"""

from .handler import Handlers
from .opening import can_take

__all__ = [
    "Handlers",
    "can_take",
]
