"""The docks around the canvas: where each panel stands, and what is remembered of that.

``Docks`` has one dock a panel, by key; ``DockLayout`` keeps their arrangement in the settings and offers those that a
document has something for; ``height`` gives the lists below the canvas room for their rows.
"""

from .docks import Docks
from .layout import DockLayout

__all__ = [
    "DockLayout",
    "Docks",
]
