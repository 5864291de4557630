"""The replay below the canvas, and the ordering before it.

``Timeline`` shows transport, ticks and the sentence of the step: ``tick_bar`` has a tick a step, ``clock_bar``
(``clock_scale``, ``clock_words``) the same by the daemon's clock; ``scrub`` and ``tick_look`` are the keys and the look
of both.
``ordering`` shows the walk that found the order, move by move.
"""

from .ordering import Ordering
from .timeline import Timeline

__all__ = [
    "Ordering",
    "Timeline",
]
