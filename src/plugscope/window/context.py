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
        """Use other colours."""

    def find(self) -> None:
        """Begin to type what to find."""

    def found(self) -> frozenset[int] | None:
        """The positions that the filter lets through; ``None`` for all."""

    def show_line(self, line: int) -> None:
        """Go to a line of the log (from 1)."""

    @property
    def state(self) -> PanelState:
        """What the user set in them."""


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
        """Show another document; ``panels_later``: what is around the canvas once that has been painted."""

    def show_welcome(self) -> None:
        """Show the start page, or go back from it."""

    def show_dock(self, key: str) -> None:
        """Bring a panel to the front, by its key."""

    def busy(self, text: str) -> None:
        """Say what is going on; "" when it is over."""

    def set_theme(self, theme: Theme) -> None:
        """Use other colours everywhere."""

    def as_window(self) -> QMainWindow:
        """The window as a widget, to be the parent of dialogs."""

    def close(self) -> bool:
        """Close the window; ``False`` if it stays."""
