"""A large graph before anything is known of its boot: the first thing to see, for the moment that predicting takes."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from plugscope.canvas import GraphCanvas
from plugscope.layout import Picture
from plugscope.session import Theme


class Preview(GraphCanvas):
    """The whole graph, to look around in."""

    def __init__(self, picture: Picture, theme: Theme) -> None:
        super().__init__()
        self.set_theme(theme)
        self.set_picture(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_start(0.0)
