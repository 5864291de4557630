"""TODO"""

from .impact_card import headline
from .pane import CanvasPane
from .preview import Preview

__all__ = [
    "CanvasPane",
    "Preview",
    "headline",
]
