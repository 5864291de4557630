"""What the window remembers of itself: where it stood, how its panels were arranged, which were hidden.

A list below the canvas that is brought to the front gets room for its rows, once.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QMainWindow

from plugscope.session import Settings

from .docks import Docks

_VERSION = 4
"""Of the arrangement: an older one with other panels is not restored."""

_LEAST_WIDE, _LEAST_HIGH = 0.25, 0.12
"""Of the window is the canvas's."""
_KEY = "height_below"
_SHARE = 32
"""Percent of the window's height. The replay needs less, and so it is not given before a list is looked at."""

_LISTS = ("problems", "ordering", "log", "differences")


class DockLayout:
    """Keeps a window's arrangement in the settings."""

    def __init__(self, window: QMainWindow, docks: Docks, settings: Settings) -> None:
        self._window = window
        self._docks = docks
        self._settings = settings
        self._below = DockHeight(window, docks, settings)
        self._arranged = False
        self._absent: set[str] = set()

    def restore(self) -> None:
        """As it was the last time. All panels are hidden: there is nothing to show in them yet."""
        self._window.resize(1360, 860)
        self._window.restoreGeometry(self._bytes("geometry"))
        self._arranged = self._window.restoreState(self._bytes("window_state"), _VERSION)
        for dock in self._docks.values():
            dock.hide()

    def show_docks(self) -> None:
        """Show the panels that the user did not hide, as large as they were or as suits the window. What is in front
        stays there; at first it is the replay."""
        front = self._docks.front()
        hidden = self._settings.get("hidden_docks", [])
        for key, dock in self._docks.items():
            dock.setVisible(key not in self._absent and (not isinstance(hidden, list) or key not in hidden))
        self._docks[front if front and not self._docks[front].isHidden() else "timeline"].raise_()
        if self._arranged:
            # How wide they have become is known when they have been laid out.
            QTimer.singleShot(0, self._window, self._leave_room)
            return
        self._arranged = True
        self._arrange_sides()
        self._arrange_below()

    def _arrange_sides(self) -> None:
        """As wide as suits the window."""
        docks, resize, width = self._docks, self._window.resizeDocks, self._window.width()
        sides = [min(width * 31 // 100, 350), min(width * 29 // 100, 340)]
        resize([docks["plugins"], docks["inspector"]], sides, Qt.Orientation.Horizontal)
        resize([docks["legend"], docks["plugins"]], [180, 420], Qt.Orientation.Vertical)

    def _arrange_below(self) -> None:
        """As high as the replay needs it."""
        self._window.resizeDocks([self._docks["timeline"]], [120], Qt.Orientation.Vertical)
        self._below.forget()

    def _leave_room(self) -> None:
        """Panels that were arranged on a larger screen must not leave the canvas without any."""
        centre, window = self._window.centralWidget(), self._window
        if centre is None:
            return
        if centre.width() < window.width() * _LEAST_WIDE:
            self._arrange_sides()
        if centre.height() < window.height() * _LEAST_HIGH:
            self._arrange_below()

    def offer(self, key: str, there: bool) -> None:
        """Have a panel that not every document has, or do without it until there is one that has it."""
        self._docks[key].toggleViewAction().setVisible(there)
        if there:
            self._absent.discard(key)
        else:
            self._absent.add(key)
            self._docks[key].hide()

    def keep_docks(self) -> None:
        """Write down how the panels are arranged, while there are some to see."""
        before = self._settings.get("hidden_docks", [])
        hidden = [
            key
            for key, dock in self._docks.items()
            if (dock.isHidden() if key not in self._absent else isinstance(before, list) and key in before)
        ]
        self._settings.put("hidden_docks", hidden)
        self._settings.put("window_state", _text(self._window.saveState(_VERSION)))

    def keep_geometry(self) -> None:
        """Write down where the window stands."""
        self._settings.put("geometry", _text(self._window.saveGeometry()))

    def _bytes(self, key: str) -> QByteArray:
        value = self._settings.get(key)
        return QByteArray.fromBase64(value.encode()) if isinstance(value, str) else QByteArray()


def _text(value: QByteArray) -> str:
    return bytes(value.toBase64().data()).decode()


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
