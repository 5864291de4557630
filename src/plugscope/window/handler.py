"""What each action does, and what the panels ask for: the wiring between the window and the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu

from plugscope.boot.query import Neighbours
from plugscope.plugin import Semantics, short_type
from plugscope.session.document import Document
from plugscope.session.job import Job
from plugscope.session.loading import run_job
from plugscope.session.look import Look
from plugscope.session.replay import Breakpoints

from . import ask
from .canvas_pane import CanvasPane
from .frame import Frame
from .icon import icon
from .inspector import Inspector
from .legend import Legend
from .opening import OpeningTalk
from .palette import Offer, Palette
from .plugin_table import PluginTable
from .problems import Problems
from .snippet import disabled_plugins


class Handlers(QObject):
    """One method an action, named after it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame.as_window())
        self._frame = frame
        self._job: Job | None = None
        self._neighbours: Neighbours | None = None
        self._table: PluginTable | None = None
        self._legend: Legend | None = None
        self._recent: QMenu | None = None
        self._semantics: dict[Semantics, QAction] = {}
        self.talk = OpeningTalk(frame, self)
        for name, action in frame.actions_by_id.items():
            act: Callable[[], None] = getattr(self, f"do_{name}", None) or getattr(self.talk, f"do_{name}")
            action.triggered.connect(partial(_call, act))

    # Wiring a document

    def wire(
        self,
        document: Document,
        pane: CanvasPane,
        table: PluginTable,
        legend: Legend,
        inspector: Inspector,
        problems: Problems,
    ) -> None:
        """Connect the panels of a document that is shown for the first time."""
        self._neighbours = Neighbours(document.plan)
        self._table, self._legend = table, legend
        pane.menu_requested.connect(self.show_menu)
        pane.card.copy_requested.connect(self.do_copy_toml)
        table.menu_requested.connect(self.show_menu)
        table.filtered.connect(pane.canvas.set_filter)
        table.activated.connect(lambda _: self.do_fit_selection())
        legend.filter_requested.connect(self._filter_type)
        legend.menu_requested.connect(self.show_type_menu)
        for widget in (inspector, problems):
            widget.select_requested.connect(self.go_to)
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
        self.update_actions()

    @Slot()
    def update_actions(self) -> None:
        """Enable what can be done now, and name what undo would do."""
        actions, document = self._frame.actions_by_id, self._frame.document
        present: list[str] = []
        if document is not None:
            present.append("document")
            present += ["selection"] if document.selection else []
            present += ["steps"] if document.replay.steps else []
            present += ["run"] if document.can_run and self._job is None else []
        actions.enable(present)
        if document is None:
            return
        stack = document.undo_stack
        actions["undo"].setEnabled(stack.canUndo())
        actions["redo"].setEnabled(stack.canRedo())
        actions["undo"].setText(f"{self.tr('Undo')} {stack.undoText()}".strip())
        actions["redo"].setText(f"{self.tr('Redo')} {stack.redoText()}".strip())
        actions["enable_all"].setEnabled(bool(document.toggled))
        actions["show_prediction"].setEnabled(document.run is not None)
        actions["break_error"].setChecked(document.replay.breakpoints.first_error)
        actions["break_skip"].setChecked(document.replay.breakpoints.first_skip)
        playing = document.replay.is_playing
        actions["play"].setIcon(icon("pause" if playing else "play", self._frame.theme.text))
        for semantics, action in self._semantics.items():
            action.setChecked(document.catalog.semantics is semantics)

    def problem_icon(self) -> QIcon:
        """The icon for causes."""
        return icon("error", self._frame.theme.outcome(Look.ERROR).ink)

    def stop(self) -> None:
        """The window closes: end what still runs."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
        self._frame.opener.cancel()

    @property
    def _document(self) -> Document:
        document = self._frame.document
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
        _copy(disabled_plugins(self._document))
        self._frame.as_window().statusBar().showMessage(self.tr("Copied disabled_plugins"), 3000)

    def do_select_all(self) -> None:
        self._document.select(range(len(self._document.catalog.entries)))

    def do_select_upstream(self) -> None:
        if self._neighbours is not None:
            chosen = self._document.selection
            self._document.select(chosen | self._neighbours.upstream(chosen))

    def do_select_downstream(self) -> None:
        if self._neighbours is not None:
            chosen = self._document.selection
            self._document.select(chosen | self._neighbours.downstream(chosen))

    # View

    def do_find(self) -> None:
        if self._table is not None:
            self._frame.show_dock("plugins")
            self._table.filter_line.setFocus()
            self._table.filter_line.selectAll()

    def do_palette(self) -> None:
        actions = self._frame.actions_by_id
        offers = [
            Offer(action.text().rstrip("…"), action.shortcut().toString(), action.trigger)
            for action in actions.values()
            if action.isEnabled() and action.objectName() != "palette"
        ]
        if self._frame.document is not None:
            document = self._frame.document
            offers[:0] = [
                Offer(document.name_of(position), self.tr("plugin"), partial(self._go, position))
                for position in range(min(len(document.catalog.entries), 20_000))
            ]
        Palette(offers, self._frame.as_window()).show()

    def do_fit(self) -> None:
        if self._frame.pane is not None:
            self._frame.pane.canvas.fit()

    def do_fit_selection(self) -> None:
        if self._frame.pane is not None:
            self._frame.pane.canvas.fit_selection()

    def do_zoom_in(self) -> None:
        if self._frame.pane is not None:
            self._frame.pane.canvas.zoom_in()

    def do_zoom_out(self) -> None:
        if self._frame.pane is not None:
            self._frame.pane.canvas.zoom_out()

    def do_minimap(self) -> None:
        if self._frame.pane is not None:
            self._frame.pane.canvas.set_minimap_visible(not self._frame.actions_by_id["minimap"].isChecked())

    def do_resolved(self) -> None:
        action, pane = self._frame.actions_by_id["resolved"], self._frame.pane
        if pane is not None and not pane.set_resolved(action.isChecked()):
            action.setChecked(False)
            self._frame.notice.say(
                self.tr("Plugin to plugin is for up to 100 plugins: above, it is a thicket.")
            )

    def do_theme(self) -> None:
        ask.theme(self._frame)

    # Replay

    def do_restart(self) -> None:
        self._document.replay.restart()

    def do_step_back(self) -> None:
        self._document.replay.step_back()

    def do_step(self) -> None:
        self._document.replay.step()

    def do_play(self) -> None:
        self._document.replay.toggle_play()

    def do_run_to_breakpoint(self) -> None:
        self._document.replay.run_to_breakpoint()

    def do_run_to_end(self) -> None:
        self._document.replay.run_to_end()

    def do_run_to_cursor(self) -> None:
        step = self._document.step_of(min(self._document.selection))
        if step is not None:
            self._document.replay.pause()
            self._document.replay.go(step.index + 1)

    def do_breakpoint(self) -> None:
        self._document.toggle_breakpoints(self._document.selection)

    def do_break_error(self) -> None:
        points = self._document.replay.breakpoints
        self._change_breakpoints(points, first_error=not points.first_error)

    def do_break_skip(self) -> None:
        points = self._document.replay.breakpoints
        self._change_breakpoints(points, first_skip=not points.first_skip)

    def _change_breakpoints(self, points: Breakpoints, **change: bool) -> None:
        from dataclasses import replace

        self._document.change_breakpoints(replace(points, **change))  # type: ignore[arg-type]  # its two flags

    def do_show_prediction(self) -> None:
        self._document.show_prediction()

    def do_run(self) -> None:
        document = self._document
        self._job = run_job(document.source, document.plan)
        total = len(document.plan.sequence)
        self._frame.busy(self.tr("Running {0} plugins…").format(total))
        self._job.told.connect(self._tell_step)
        self._job.returned.connect(document.take_run)
        self._job.errored.connect(self._run_failed)
        self._job.finished.connect(self._run_finished)
        cancel = (self.tr("Cancel"), self._job.cancel)
        self._frame.notice.say(self.tr("Running the plugins in a worker process…"), "play", [cancel])
        self.update_actions()
        self._job.start()

    @Slot(object)
    def _tell_step(self, step: object) -> None:
        self._frame.busy(self.tr("Running: {0}").format(getattr(step, "uri", "")))

    @Slot(object)
    def _run_failed(self, error: object) -> None:
        self._frame.notice.say(str(error), "error")

    @Slot()
    def _run_finished(self) -> None:
        self._job = None
        self._frame.busy("")
        if self._frame.notice.is_progress:
            self._frame.notice.hide()
        self.update_actions()

    # Help

    def do_shortcuts(self) -> None:
        ask.shortcuts(self._frame)

    def do_about(self) -> None:
        ask.about(self._frame)

    # What the panels ask for

    @Slot(str)
    def go_to(self, uri: str) -> None:
        """Select a plugin by URI, and bring it into view; a bare type selects all of it."""
        document = self._document
        position = document.plan.position.get(uri)
        if position is not None:
            self._go(position)
            return
        members = [n for n, entry in enumerate(document.catalog.entries) if entry.registration.type == uri]
        if members:
            document.select(members)
        else:
            self._frame.as_window().statusBar().showMessage(
                self.tr("{0} is not registered").format(uri), 4000
            )

    def _go(self, position: int) -> None:
        self._document.select([position])
        if self._frame.pane is not None:
            self._frame.pane.canvas.ensure_visible(position)

    @Slot(str)
    def _filter_type(self, name: str) -> None:
        if self._table is not None:
            self._table.filter_line.setText(f"type=={name}" if name else "")

    @Slot(int, QPoint)
    def show_menu(self, position: int, where: QPoint) -> None:
        """The context menu of a plugin, or of the canvas for -1."""
        actions, document = self._frame.actions_by_id, self._document
        menu = QMenu(self._frame.as_window())
        if position >= len(document.catalog.entries):
            position = -1
        if position >= 0:
            if position not in document.selection:
                document.select([position])
            off = position in document.disabled
            menu.addAction(self.tr("Enable") if off else self.tr("Disable"), actions["toggle"].trigger)
            entry = document.catalog.entries[position]
            name = short_type(entry.registration.type)
            menu.addAction(
                self.tr("Disable or enable all of {0}").format(name),
                partial(document.toggle_type, entry.registration.type),
            )
            menu.addSeparator()
            for key in (
                "run_to_cursor",
                "breakpoint",
                "",
                "fit_selection",
                "select_upstream",
                "select_downstream",
                "",
                "copy_uri",
                "copy_toml",
            ):
                menu.addAction(actions[key]) if key else menu.addSeparator()
        else:
            for key in ("fit", "zoom_in", "zoom_out", "minimap", "resolved", "", "select_all", "export"):
                menu.addAction(actions[key]) if key else menu.addSeparator()
        menu.popup(where)

    @Slot(str, QPoint)
    def show_type_menu(self, name: str, where: QPoint) -> None:
        """The context menu of a type in the legend."""
        document = self._document
        menu = QMenu(self._frame.as_window())
        menu.addAction(
            self.tr("Disable or enable all of {0}").format(short_type(name)),
            partial(document.toggle_type, name),
        )
        points = document.replay.breakpoints
        stop = menu.addAction(self.tr("Stop replay at this type"))
        stop.setCheckable(True)
        stop.setChecked(name in points.types)
        stop.triggered.connect(lambda: document.change_breakpoints(points.type_toggled(name)))
        menu.popup(where)

    # Menus that are made as needed

    def add_recent_menu(self, menu: QMenu) -> None:
        """The sources opened last."""
        self._recent = QMenu(self.tr("Open recent"), menu)
        self._recent.aboutToShow.connect(self._fill_recent)
        menu.insertMenu(self._frame.actions_by_id["welcome"], self._recent)

    @Slot()
    def _fill_recent(self) -> None:
        if self._recent is None:
            return
        self._recent.clear()
        for source in self._frame.settings.recent:
            self._recent.addAction(source.replace("&", "&&"), partial(self._frame.opener.open, source))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("Nothing yet")).setEnabled(False)
        else:
            self._recent.addSeparator()
            self._recent.addAction(self.tr("Clear list"), self._frame.settings.clear_recent)

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
        if self._frame.document is not None:
            self._frame.document.set_semantics(semantics)


def _call(act: Callable[[], None], *_: object) -> None:
    act()


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
