"""How high the panels below the canvas are: a list that is brought to the front gets room for its rows, once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QMainWindow

from plugscope.session import Settings

from .docks import Docks

_KEY = "height_below"
_SHARE = 32
"""Percent of the window's height. The replay needs less, and so it is not given before a list is looked at."""

_LISTS = ("problems", "ordering", "log", "differences")


class DockHeight(QObject):
    """Gives lists their height, until it has done so or the user has dragged the panels' edge. Settings keep that."""

    def __init__(self, window: QMainWindow, docks: Docks, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._docks = docks
        self._settings = settings
        self._pressed = 0
        for key in _LISTS:
            docks[key].visibilityChanged.connect(self._look_soon)
        window.installEventFilter(self)

    def forget(self) -> None:
        """The panels were arranged anew: nobody has chosen how high they are."""
        if self._settings.get(_KEY):
            self._settings.put(_KEY, "")

    @property
    def height(self) -> int:
        """Of what is in front, without its tabs; 0 if nothing is."""
        front = self._docks.front()
        return self._docks[front].height() if front else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The edges between panels are the window's own: what is pressed on a panel does not come here."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = self.height
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed:
            QTimer.singleShot(0, self, self._take_drag)  # the window has not heard of it yet
        return False

    @Slot()
    def _take_drag(self) -> None:
        if self.height and self.height != self._pressed:
            self._settings.put(_KEY, "dragged")
        self._pressed = 0

    @Slot(bool)
    def _look_soon(self, is_seen: bool) -> None:
        if is_seen and not self._settings.get(_KEY):
            QTimer.singleShot(
                0, self, self._look
            )  # panels that are shown one by one are each in front for a moment

    @Slot()
    def _look(self) -> None:
        front, wanted = self._docks.front(), self._window.height() * _SHARE // 100
        if front not in _LISTS or self._settings.get(_KEY):
            return
        self._settings.put(_KEY, "given")
        if self.height < wanted:
            self._window.resizeDocks([self._docks[front]], [wanted], Qt.Orientation.Vertical)
