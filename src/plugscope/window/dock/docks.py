"""The docks around the canvas: where each stands, and putting a document's panels into them."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_BELOW = Qt.DockWidgetArea.BottomDockWidgetArea

_DOCKS = (
    ("plugins", "Plugins", _LEFT),
    ("legend", "Types", _LEFT),
    ("inspector", "Inspector", _RIGHT),
    ("timeline", "Replay", _BELOW),
    ("problems", "Causes and problems", _BELOW),
    ("ordering", "Ordering", _BELOW),
    ("log", "Log", _BELOW),
    ("differences", "Differences", _BELOW),
)


class Docks(dict[str, QDockWidget]):
    """All of them, by key, hidden until there is something to show."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__()
        options = QMainWindow.DockOption
        window.setDockOptions(options.AllowTabbedDocks | options.AnimatedDocks | options.GroupedDragging)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for key, title, area in _DOCKS:
            dock = QDockWidget(QCoreApplication.translate("Docks", title), window)
            dock.setObjectName(key)
            if area == _BELOW:
                dock.setTitleBarWidget(QWidget(dock))  # its tab says the same
            self[key] = dock
            window.addDockWidget(area, dock)
            dock.hide()
        window.splitDockWidget(self["legend"], self["plugins"], Qt.Orientation.Vertical)
        for one, other in pairwise(key for key, _, area in _DOCKS if area == _BELOW):
            window.tabifyDockWidget(self[one], self[other])
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            window.setCorner(corner, _BELOW)

    def put(self, key: str, panel: QWidget) -> None:
        """Put a panel into its dock, in place of the one that is there."""
        replaced = self[key].widget()
        self[key].setWidget(panel)
        if replaced is not None:
            replaced.deleteLater()

    def front(self) -> str:
        """Which of the panels that lie behind each other is seen; "" if none is."""
        keys = (key for key, _, area in _DOCKS if area == _BELOW)
        return next((key for key in keys if not self[key].visibleRegion().isEmpty()), "")

    def bring(self, key: str) -> None:
        """Bring a panel to the front."""
        self[key].show()
        self[key].raise_()
        panel = self[key].widget()
        if panel is not None:
            panel.setFocus()
