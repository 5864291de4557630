"""The canvas as it stands in the window: with its bars, the card on an impact, and the preview of a toggle."""

from .impact_card import headline
from .pane import CanvasPane
from .preview import Preview

__all__ = [
    "CanvasPane",
    "Preview",
    "headline",
]
