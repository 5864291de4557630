"""The timeline under the canvas: the steps as ticks or by the clock, and the walk that orders them."""

from .ordering import Ordering
from .timeline import Timeline

__all__ = [
    "Ordering",
    "Timeline",
]
