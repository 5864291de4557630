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

    def set_theme(self, theme: Theme) -> None: ...
    def find(self) -> None: ...
    def found(self) -> frozenset[int] | None: ...
    def show_line(self, line: int) -> None: ...
    @property
    def state(self) -> PanelState: ...


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

    def show_document(self, document: Document, *, panels_later: bool = False) -> None: ...
    def show_welcome(self) -> None: ...
    def show_dock(self, key: str) -> None: ...
    def busy(self, text: str) -> None: ...
    def set_theme(self, theme: Theme) -> None: ...
    def as_window(self) -> QMainWindow: ...
    def close(self) -> bool: ...
