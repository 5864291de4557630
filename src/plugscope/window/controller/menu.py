"""The menus that are made when they are needed: of a plugin, of a type, and of what changes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from plugscope.plugin import Semantics, short_type
from plugscope.session import Document, SourceDocument
from plugscope.window.action import ActionId
from plugscope.window.context import WindowContext
from plugscope.window.widget import on_button

_OF_PLUGIN = (
    ActionId.RUN_TO_CURSOR,
    ActionId.BREAKPOINT,
    None,
    ActionId.FIT_SELECTION,
    ActionId.SELECT_UPSTREAM,
    ActionId.SELECT_DOWNSTREAM,
    None,
    ActionId.COPY_URI,
    ActionId.COPY_TOML,
)
_OF_CANVAS = (
    ActionId.FIT,
    ActionId.ZOOM_IN,
    ActionId.ZOOM_OUT,
    ActionId.MINIMAP,
    ActionId.RESOLVED,
    None,
    ActionId.SELECT_ALL,
    ActionId.EXPORT,
)


class Menus(QObject):
    """Makes the context menus of plugins and types, and the submenus: recent sources, how far to look, semantics."""

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._recent: QMenu | None = None
        self._semantics: dict[Semantics, QAction] = {}
        self.depth: int | None = None

    @property
    def _document(self) -> Document:
        document = self._context.document
        assert document is not None, "there is no menu without a document"
        return document

    def update(self, document: Document) -> None:
        """Check what holds now."""
        for semantics, action in self._semantics.items():
            action.setChecked(document.catalog.semantics is semantics)
            action.setEnabled(document.can_change)

    @Slot(int, QPoint)
    def show_menu(self, position: int, where: QPoint) -> None:
        """The context menu of a plugin, of a type for a node above the plugins, or of the canvas for -1."""
        actions, document = self._context.actions_by_id, self._document
        pane = self._context.pane
        graph = document.picture.graph if pane is None else pane.canvas.picture.graph
        if position >= graph.first_type_node:
            self.show_type_menu(graph.types[position - graph.first_type_node], where)
            return
        menu = _context_menu(self._context)
        if position >= graph.size:
            position = -1
        if position >= 0:
            if position not in document.selection:
                document.select([position])
            self._add_toggle(menu)
            self._add_type_toggle(menu, document.catalog.entries[position].registration.type)
            menu.addSeparator()
            for key in _OF_PLUGIN:
                menu.addAction(actions[key]) if key else menu.addSeparator()
        else:
            for key in _OF_CANVAS:
                menu.addAction(actions[key]) if key else menu.addSeparator()
        menu.popup(where)

    @Slot(str, QPoint)
    def show_type_menu(self, name: str, where: QPoint) -> None:
        """The context menu of a type in the legend."""
        document = self._document
        menu = _context_menu(self._context)
        self._add_type_toggle(menu, name)
        points = document.replay.breakpoints
        stop = menu.addAction(self.tr("Stop replay at this type"))
        stop.setCheckable(True)
        stop.setChecked(name in points.types)
        stop.triggered.connect(lambda: document.change_breakpoints(points.type_toggled(name)))
        menu.popup(where)

    def _add_toggle(self, menu: QMenu) -> None:
        """What D does to the selection: of some that are disabled and some that are not, all are enabled."""
        document, toggle = self._document, self._context.actions_by_id[ActionId.TOGGLE]
        off = document.selection & document.disabled
        count = len(off or document.selection)
        verb = self.tr("Enable") if off else self.tr("Disable")
        what = self.tr("{0} {1} plugins").format(verb, count) if count > 1 else verb
        action = menu.addAction(what, toggle.trigger)
        action.setShortcut(toggle.shortcut())
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetShortcut
        )  # it is the window's; here it is to be read
        action.setEnabled(document.can_change)

    def _add_type_toggle(self, menu: QMenu, name: str) -> None:
        document = self._document
        members = document.members_of(name)
        verb = self.tr("Enable") if members and members <= document.disabled else self.tr("Disable")
        text = self.tr("{0} all {1} of {2}").format(verb, len(members), on_button(short_type(name)))
        action = menu.addAction(text)
        action.setEnabled(document.can_change and bool(members))
        if isinstance(document, SourceDocument):
            action.triggered.connect(partial(document.toggle_type, name))

    def add_recent_menu(self, menu: QMenu) -> None:
        """The sources opened last."""
        self._recent = QMenu(self.tr("Open recent"), menu)
        self._recent.aboutToShow.connect(self._fill_recent)
        menu.insertMenu(self._context.actions_by_id[ActionId.WELCOME], self._recent)

    @Slot()
    def _fill_recent(self) -> None:
        if self._recent is None:
            return
        self._recent.clear()
        for source in self._context.settings.recent:
            self._recent.addAction(on_button(source, 80), partial(self._context.opener.open, source))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("Nothing yet")).setEnabled(False)
        else:
            self._recent.addSeparator()
            self._recent.addAction(self.tr("Clear list"), self._context.settings.clear_recent)

    def add_depth_menu(self, menu: QMenu) -> None:
        """How far the focus of a selection reaches."""
        submenu = menu.addMenu(self.tr("Focus reaches"))
        group = QActionGroup(submenu)
        for depth, name in (
            (1, self.tr("1 step")),
            (2, self.tr("2 steps")),
            (3, self.tr("3 steps")),
            (None, self.tr("all the way")),
        ):
            action = submenu.addAction(name)
            action.setCheckable(True)
            action.setChecked(depth == self.depth)
            action.triggered.connect(partial(self._focus_to, depth))
            group.addAction(action)

    def _focus_to(self, depth: int | None) -> None:
        self.depth = depth
        if self._context.pane is not None:
            self._context.pane.set_depth(depth)

    def add_semantics_menu(self, menu: QMenu) -> None:
        """Which era's rules hold."""
        submenu = menu.addMenu(self.tr("Semantics"))
        group = QActionGroup(submenu)
        names = {
            Semantics.CLASSIC: self.tr("classic: containerd 1.0 to 1.2"),
            Semantics.V1: self.tr("v1: containerd 1.3 to 1.7"),
            Semantics.V2_0: self.tr("v2.0: containerd 2.0 to 2.2"),
            Semantics.V2: self.tr("v2: containerd 2.3 and later"),
        }
        for semantics, name in names.items():
            action = submenu.addAction(name)
            action.setCheckable(True)
            action.triggered.connect(partial(self._use, semantics))
            group.addAction(action)
            self._semantics[semantics] = action

    def _use(self, semantics: Semantics) -> None:
        if isinstance(self._context.document, SourceDocument):
            self._context.document.set_semantics(semantics)


def _context_menu(context: WindowContext) -> QMenu:
    menu = QMenu(context.as_window())
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
