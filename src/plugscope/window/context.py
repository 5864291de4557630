"""What the handlers need of the main window."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QMainWindow

from plugscope.session import Document, Opener, Settings, Theme

from .action import Actions
from .canvas import CanvasPane
from .dock import Docks
from .panel_state import PanelState
from .widget import Notice


class PanelsContext(Protocol):
    """The panels, as their window and its handlers see them: they are made after the first paint."""

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""

    def find(self) -> None:
        """Put the cursor into the search field."""

    def found(self) -> frozenset[int] | None:
        """The positions that the search names; ``None`` without one."""

    def show_line(self, line: int) -> None:
        """Show a line (from 1) of the log."""

    @property
    def state(self) -> PanelState:
        """What is to be kept while another document is shown."""


class WindowContext(Protocol):
    """The window, as its handlers see it."""

    settings: Settings
    theme: Theme
    document: Document | None
    pane: CanvasPane | None
    panels: PanelsContext | None
    opener: Opener
    actions_by_id: Actions
    notice: Notice
    docks: Docks

    def show_document(self, document: Document, *, panels_later: bool = False) -> None:
        """Show another document; its panels after the first paint if ``panels_later``."""

    def show_welcome(self) -> None:
        """Show the start page."""

    def show_dock(self, key: str) -> None:
        """Bring a panel to the front."""

    def busy(self, text: str) -> None:
        """Say what is being waited for."""

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""

    def as_window(self) -> QMainWindow:
        """The window, as the parent of a dialog."""

    def close(self) -> bool:
        """Close the window; says whether it did."""
