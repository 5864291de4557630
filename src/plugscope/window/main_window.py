"""The main window: puts the panels around the canvas and remembers how."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from plugscope.layout import Graph, lane_picture
from plugscope.session import Appearance, Document, Opener, Settings, SourceDocument, Theme
from plugscope.sources import Opened

from .action import ACTIONS, Actions, Menu
from .canvas import CanvasPane, Preview
from .context import PanelsContext
from .controller import Controllers, can_take
from .dock import DockLayout, Docks
from .first_paint import FirstPaint
from .idle_work import Turns, imported
from .panel_state import PanelState
from .toolbar import Toolbar
from .welcome import Welcome
from .widget import Notice, app_icon, one_line, palette_of, style_of

_AT_ONCE = 1_000
"""Up to so many plugins are predicted within a frame."""
_PANELS = ("table", "comparison", "inspector", "timeline", "problems", "log", "panels")
"""The rooms that are imported for the panels."""


class MainWindow(QMainWindow):
    """One window, one document at a time. ``actions`` are all that can be done, by id."""

    def __init__(self, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.settings = settings
        self.theme = theme
        self.document: Document | None = None
        self.pane: CanvasPane | None = None
        self.panels: PanelsContext | None = None
        self._preview: Preview | None = None
        self._state = PanelState()
        self._retired: list[Document] = []
        self.opener = Opener(settings, self)
        self.actions_by_id = Actions(self)
        self.notice = Notice(theme)
        self.welcome = Welcome()
        self.stack = QStackedWidget()
        self.docks = Docks(self)
        self.dock_layout = DockLayout(self, self.docks, settings)
        self.progress = QProgressBar()
        self.toolbar = Toolbar(self.actions_by_id)
        self.controllers = Controllers(self)
        self.controllers.opening.wire_welcome(self.welcome)
        self.toolbar.boot_choice.boot_requested.connect(self.controllers.opening.open_boot)
        self.toolbar.release_choice.release_requested.connect(self.controllers.opening.open_release)
        self.toolbar.causes_requested.connect(lambda: self.show_dock("problems"))
        self._build()
        self.set_theme(theme)
        self.dock_layout.restore()
        self.controllers.update_actions()

    def as_window(self) -> QMainWindow:
        """Itself, as the parent of dialogs."""
        return self

    # Building

    def _build(self) -> None:
        self.setWindowTitle("Plugscope")
        QTimer.singleShot(
            100, self, lambda: self.setWindowIcon(app_icon())
        )  # seven drawings: after the paint
        self.setAcceptDrops(True)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.stack, 1)
        self.stack.addWidget(self.welcome)
        self.setCentralWidget(centre)
        self.dock_layout.offer("log", False)
        self.dock_layout.offer("differences", False)
        self._build_menus()
        self.addToolBar(self.toolbar)
        self.progress.setRange(0, 0)
        self.progress.setFixedWidth(120)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.statusBar().addPermanentWidget(self.progress)
        self.statusBar().setSizeGripEnabled(False)

    def _build_menus(self) -> None:
        bar = self.menuBar()
        for name in Menu:
            menu = bar.addMenu(self.tr(f"&{name}"))
            menu.setToolTipsVisible(True)
            for spec in ACTIONS:
                if spec.menu is name:
                    menu.addAction(self.actions_by_id[spec.id])
            if name is Menu.VIEW:
                self.controllers.menus.add_depth_menu(menu)
                menu.addSeparator()
                for dock in self.docks.values():
                    menu.addAction(dock.toggleViewAction())
            if name is Menu.FILE:
                self.controllers.menus.add_recent_menu(menu)
            if name is Menu.EDIT:
                self.controllers.menus.add_semantics_menu(menu)

    # The document

    def show_first(self, opened: Opened) -> None:
        """Paint the graph of what has just been read as soon as can be; all else comes when it has been painted."""
        if len(opened.catalog.entries) <= _AT_ONCE:
            self.show_document(self.opener.document(opened), panels_later=True)
            return
        picture = lane_picture(Graph(opened.catalog))
        self._preview = preview = Preview(picture, self.theme.telling_apart(picture.graph.types))
        self.stack.addWidget(preview)
        self.stack.setCurrentWidget(preview)
        self.dock_layout.show_docks()
        FirstPaint(preview, partial(self.opener.prepare, opened, picture))

    def show_document(self, document: Document, *, panels_later: bool = False) -> None:
        """Show another document; ``panels_later``: the canvas now, what is around it when that has been painted."""
        old, before = self.pane, self.document
        is_again = before is not None and before.source.text == document.source.text
        if not is_again:
            self._state = PanelState()
        elif self.panels is not None:
            self._state = self.panels.state
        if before is not None and is_again:
            document.resume(before)
        elif before is not None:
            self._remember_toggles()
        document.setParent(self)
        appearance = Appearance(document, document)
        self.document = document
        self.panels = None
        self.pane = CanvasPane(document, appearance, self._theme_of(document), self.actions_by_id)
        self.stack.addWidget(self.pane)
        self.stack.setCurrentWidget(self.pane)
        if self._preview is not None:
            self.stack.removeWidget(self._preview)
            self._preview.deleteLater()
            self._preview = None
        if old is not None:
            self.pane.resume(old)
            old.shut()
            self.stack.removeWidget(old)
            old.deleteLater()
        if before is not None:
            before.replay.pause()
            self._retired.append(before)
        self.controllers.wire(document, self.pane)
        self.dock_layout.offer("log", document.log is not None)
        self.dock_layout.offer("differences", not document.can_change)
        self.toolbar.show_document(document)
        self.setWindowTitle(f"{one_line(document.title, 80)} – Plugscope")
        fill = self._fill_docks(document, appearance)
        if panels_later:
            self.dock_layout.show_docks()
            FirstPaint(self.pane.canvas, partial(Turns, fill, self))
        else:
            deque(fill, maxlen=0)
        self.pane.canvas.setFocus()

    def _fill_docks(self, document: Document, appearance: Appearance) -> Iterator[None]:
        """Make the panels and put them into their docks, one a step; stops if another document is shown meanwhile."""
        yield from imported(_PANELS)
        from .panels import Panels

        pane = self.pane
        if document is not self.document or pane is None:
            return
        panels, theme = Panels(document), self.theme
        for key, panel in panels.make(appearance, self._theme_of(document), self.actions_by_id):
            self.docks.put(key, panel)
            yield
            if document is not self.document:
                return
        self.panels = panels
        if self.theme is not theme:  # it changed while they were made
            panels.set_theme(self._theme_of(document))
        panels.wire(pane, self.controllers)
        panels.set_state(self._state)
        panels.problems.count_changed.connect(self._tell_causes)
        panels.problems.refresh()
        if self.stack.currentWidget() is pane:
            self.dock_layout.show_docks()
        while self._retired:  # their panels stood there until now
            self._retired.pop().deleteLater()

    def show_welcome(self) -> None:
        """Show the start page, or go back from it to the document that is open behind it."""
        if self.pane is not None and self.stack.currentWidget() is self.welcome:
            self.stack.setCurrentWidget(self.pane)
            self.dock_layout.show_docks()
            return
        if self.stack.currentWidget() is self.pane:
            self.dock_layout.keep_docks()
        self.welcome.show_recent(self.settings.recent)
        self.stack.setCurrentWidget(self.welcome)
        for dock in self.docks.values():
            dock.hide()

    def show_dock(self, key: str) -> None:
        """Bring a panel to the front."""
        self.docks.bring(key)

    @Slot(int)
    def _tell_causes(self, count: int) -> None:
        self.toolbar.show_causes(count)
        word = self.tr("Causes and problems")
        self.docks["problems"].setWindowTitle(f"{word} ({count})" if count else word)

    def busy(self, text: str) -> None:
        """Say what is going on; "" when it is over."""
        self.progress.setVisible(bool(text))
        self.statusBar().showMessage(one_line(text)) if text else self.statusBar().clearMessage()

    # The look

    def set_theme(self, theme: Theme) -> None:
        """Use other colours everywhere."""
        self.theme = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette_of(theme))
            app.setStyleSheet(style_of(theme))
        self.actions_by_id.recolour(theme)
        self.notice.set_theme(theme)
        if self.document is not None:
            theme = self._theme_of(self.document)
        if self.pane is not None:
            self.pane.set_theme(theme)
        if self.panels is not None:
            self.panels.set_theme(theme)
        self.toolbar.set_causes_icon(self.controllers.problem_icon())

    def _theme_of(self, document: Document) -> Theme:
        """The window's theme, with the document's types told apart."""
        return self.theme.telling_apart(document.picture.graph.types)

    # Remembering

    def closeEvent(self, event: QCloseEvent) -> None:
        self.controllers.stop()
        self.remember()
        if self.pane is not None:
            self.pane.shut()
        event.accept()

    def remember(self) -> None:
        """Write down the state of the window and of the document."""
        if self.document is not None and self.stack.currentWidget() is self.pane:
            self.dock_layout.keep_docks()
        self.dock_layout.keep_geometry()
        self._remember_toggles()

    def _remember_toggles(self) -> None:
        if isinstance(self.document, SourceDocument):
            self.settings.set_overrides_in(self.document.source.text, self.document.remembered())

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            _take_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if can_take(event.mimeData()):
            _take_copy(event)
            self.controllers.opening.take(event.mimeData())


def _take_copy(event: QDropEvent) -> None:
    """Whoever drags a file in order to move it would delete it when told that it was taken."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
