"""The canvas in the window: a ``CanvasPane`` keeps it told of the document, and passes its requests on.

``pane`` listens to the document and its ``Appearance`` and asks Graphviz for a better picture; ``impact_card`` floats
over it and says what the user's changes would do; ``preview`` is the graph alone, for catalogs so large that the rest
takes a moment.
"""

from .impact_card import headline
from .pane import CanvasPane
from .preview import Preview

__all__ = [
    "CanvasPane",
    "Preview",
    "headline",
]
