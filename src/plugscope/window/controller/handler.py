"""What each action does, and what the panels ask for: the wiring between the window and the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QIcon

from plugscope.session import Document, Look, Theme
from plugscope.window.canvas import CanvasPane
from plugscope.window.context import WindowContext
from plugscope.window.widget import mark_icon, on_button, ui_icon

from .comparison import ComparisonController
from .daemon_watch import DaemonWatchController, can_watch
from .menu import Menus
from .opening import OpeningController
from .replay import ReplayController


class Handlers(QObject):
    """One method an action, named after it. What only an action needs is imported by it: the first paint waits."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.as_window())
        self._context = context
        self._drawn = "", ""
        self.menus = Menus(context, self)
        self.opening = OpeningController(context, self)
        self.replay = ReplayController(context, self)
        self.comparing = ComparisonController(context, self)
        self.watching = DaemonWatchController(context, self)
        self.parts: tuple[QObject, ...] = (self, self.opening, self.replay, self.comparing, self.watching)
        self.replay.running_changed.connect(self.update_actions)
        for name, action in context.actions_by_id.items():
            owner = next(part for part in self.parts if hasattr(part, f"do_{name}"))
            act: Callable[[], None] = getattr(owner, f"do_{name}")
            action.triggered.connect(partial(_call, act))
        context.actions_by_id["minimap"].setChecked(True)

    # Wiring a document

    def wire(self, document: Document, pane: CanvasPane) -> None:
        """Connect a document that is shown for the first time, and its canvas."""
        self.replay.cancel()
        pane.canvas.set_minimap_visible(self._context.actions_by_id["minimap"].isChecked())
        self.do_resolved()
        pane.set_depth(self.menus.depth)
        pane.menu_requested.connect(self.menus.show_menu)
        pane.card.copy_requested.connect(self.do_copy_toml)
        pane.card.write_requested.connect(self.do_write_config)
        for signal in (
            document.selection_changed,
            document.plan_changed,
            document.run_changed,
            document.replay.breakpoints_changed,
            document.replay.playing_changed,
            document.replay.cursor_changed,
            document.undo_stack.indexChanged,
        ):
            signal.connect(self.update_actions)
        self.watching.wire(document)
        self.update_actions()

    @Slot()
    def update_actions(self) -> None:
        """Enable what can be done now, and name what undo would do."""
        actions, document = self._context.actions_by_id, self._context.document
        present: list[str] = []
        if document is not None:
            present.append("document")
            present += ["source"] if document.can_change else ["comparison"]
            expects = document.can_change and (document.observed is None or bool(document.over))
            present += ["expectation"] if expects else []
            present += ["selection"] if document.selection else []
            present += ["steps"] if document.replay.steps else []
            present += ["daemon"] if can_watch(document) else []
            present += ["run"] if document.can_run and not self.replay.is_running else []
        actions.enable(present)
        if document is None:
            return
        stack = document.undo_stack
        actions["undo"].setEnabled(stack.canUndo())
        actions["redo"].setEnabled(stack.canRedo())
        actions["undo"].setText(f"{self.tr('Undo')} {on_button(stack.undoText())}".strip())
        actions["redo"].setText(f"{self.tr('Redo')} {on_button(stack.redoText())}".strip())
        actions["enable_all"].setEnabled(bool(document.toggled))
        actions["write_config"].setEnabled(bool(document.toggled))
        actions["show_prediction"].setEnabled(document.run is not None)
        actions["break_error"].setChecked(document.replay.breakpoints.first_error)
        actions["break_skip"].setChecked(document.replay.breakpoints.first_skip)
        self._draw_play("pause" if document.replay.is_playing else "play", self._context.theme)
        self.menus.update(document)

    def _draw_play(self, name: str, theme: Theme) -> None:
        """Another icon has all buttons of an action drawn anew: not at every step."""
        if (name, theme.name) != self._drawn:
            self._drawn = name, theme.name
            self._context.actions_by_id["play"].setIcon(ui_icon(name, theme.text))

    def problem_icon(self) -> QIcon:
        """The icon for causes."""
        return mark_icon(Look.ERROR, self._context.theme)

    def stop(self) -> None:
        """The window closes: end what still runs."""
        self.replay.stop()
        self.comparing.cancel()
        self.watching.stop()
        self._context.opener.cancel()

    @property
    def _document(self) -> Document:
        document = self._context.document
        assert document is not None, "the action is disabled without a document"
        return document

    # Edit

    def do_undo(self) -> None:
        self._document.undo_stack.undo()

    def do_redo(self) -> None:
        self._document.undo_stack.redo()

    def do_toggle(self) -> None:
        self._document.toggle(self._document.selection)

    def do_enable_all(self) -> None:
        self._document.enable_all()

    def do_copy_uri(self) -> None:
        entries = self._document.catalog.entries
        _copy("\n".join(entries[position].uri for position in sorted(self._document.selection)))

    @Slot()
    def do_copy_toml(self) -> None:
        from .config_change import copy_setting

        copy_setting(self._context, self._document)

    @Slot()
    def do_write_config(self) -> None:
        from .config_change import ask_to_write

        ask_to_write(self._context, self._document)

    def do_copy_report(self) -> None:
        self._copy_report(masked=False)

    def do_copy_masked_report(self) -> None:
        self._copy_report(masked=True)

    def _copy_report(self, *, masked: bool) -> None:
        from plugscope.export.text import report_of

        recording = self._document.replay.recording or self._document.predicted
        _copy(report_of(recording, masked=masked))
        self._context.as_window().statusBar().showMessage(self.tr("Copied the causes as Markdown"), 3000)

    def do_select_all(self) -> None:
        """All that the filter lets through."""
        shown = None if self._context.panels is None else self._context.panels.found()
        self._document.select(range(len(self._document.catalog.entries)) if shown is None else shown)

    def do_select_upstream(self) -> None:
        chosen = self._document.selection
        self._document.select(chosen | self._document.neighbours.upstream(chosen))

    def do_select_downstream(self) -> None:
        chosen = self._document.selection
        self._document.select(chosen | self._document.neighbours.downstream(chosen))

    # View

    def do_find(self) -> None:
        if self._context.panels is not None:
            self._context.show_dock("plugins")
            self._context.panels.find()

    def do_palette(self) -> None:
        from plugscope.window.dialog import Offer, Palette

        actions = self._context.actions_by_id
        offers = [
            Offer(action.text().replace("&&", "&").rstrip("…"), action.shortcut().toString(), action.trigger)
            for action in actions.values()
            if action.isEnabled() and action.objectName() != "palette"
        ]
        if self._context.document is not None:
            document = self._context.document
            offers[:0] = [
                Offer(document.name_of(position), self.tr("plugin"), partial(self._go, position))
                for position in range(min(len(document.catalog.entries), 20_000))
            ]
            offers += [
                Offer(
                    f"{self.tr('Enable') if position in document.disabled else self.tr('Disable')} "
                    f"{document.name_of(position)}",
                    "",
                    partial(document.toggle, [position]),
                )
                for position in range(min(len(document.catalog.entries), 2_000))
            ]
        Palette(offers, self._context.as_window()).show()

    def do_fit(self) -> None:
        if self._context.pane is not None:
            self._context.pane.canvas.fit()

    def do_fit_selection(self) -> None:
        if self._context.pane is not None:
            self._context.pane.canvas.fit_selection()

    def do_zoom_in(self) -> None:
        if self._context.pane is not None:
            self._context.pane.canvas.zoom_in()

    def do_zoom_out(self) -> None:
        if self._context.pane is not None:
            self._context.pane.canvas.zoom_out()

    def do_minimap(self) -> None:
        if self._context.pane is not None:
            self._context.pane.canvas.set_minimap_visible(self._context.actions_by_id["minimap"].isChecked())

    def do_resolved(self) -> None:
        action, pane = self._context.actions_by_id["resolved"], self._context.pane
        if pane is None or action.isChecked() == pane.is_resolved:
            return
        if not pane.set_resolved(action.isChecked()):
            action.setChecked(False)
            self._context.notice.say(
                self.tr("Plugin to plugin is for up to 100 plugins: above, it is a thicket.")
            )

    def do_theme(self) -> None:
        from plugscope.window.dialog import choose_theme

        choose_theme(self._context)

    # Help

    def do_shortcuts(self) -> None:
        from plugscope.window.dialog import show_shortcuts

        show_shortcuts(self._context)

    def do_about(self) -> None:
        from plugscope.window.dialog import show_about

        show_about(self._context)

    # What the panels ask for

    @Slot(str)
    def go_to(self, uri: str) -> None:
        """Select a plugin by URI, and bring it into view; a bare type selects all of it."""
        document = self._document
        position = document.plan.position.get(uri)
        if position is not None:
            self._go(position)
            return
        members = document.members_of(uri)
        if members:
            document.select(members)
        else:
            self._context.as_window().statusBar().showMessage(
                self.tr("{0} is not registered").format(uri), 4000
            )

    @Slot(str)
    def show_location(self, location: str) -> None:
        """Go to the line of the log that a place (``FILE:line``) names."""
        log, panels = self._document.log, self._context.panels
        line = 0 if log is None else log.line_of(location)
        if line and panels is not None:
            self._context.show_dock("log")
            panels.show_line(line)

    def _go(self, position: int) -> None:
        self._document.select([position])
        if self._context.pane is not None:
            self._context.pane.canvas.ensure_visible(position)


def _call(act: Callable[[], None], *_: object) -> None:
    act()


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
