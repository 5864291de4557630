"""All controllers, wired to the actions and to the document that is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QIcon

from plugscope.session import Document, Look, Theme
from plugscope.window.action import ActionId, Need
from plugscope.window.canvas import CanvasPane
from plugscope.window.context import WindowContext
from plugscope.window.widget import mark_icon, on_button, ui_icon

from .comparison import ComparisonController
from .daemon_watch import DaemonWatchController, can_watch
from .edit import EditController
from .menu import Menus
from .opening import OpeningController
from .replay import ReplayController
from .saving import SavingController
from .view import ViewController


class Controllers(QObject):
    """What each action does, and what can be done now. Every action has one controller."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.as_window())
        self._context = context
        self._drawn = "", ""
        self.menus = Menus(context, self)
        self.opening = OpeningController(context, self)
        self.saving = SavingController(context, self)
        self.edit = EditController(context, self)
        self.view = ViewController(context, self)
        self.replay = ReplayController(context, self)
        self.comparison = ComparisonController(context, self)
        self.daemon_watch = DaemonWatchController(context, self)
        self.replay.running_changed.connect(self.update_actions)
        self._connect_actions()
        context.actions_by_id[ActionId.MINIMAP].setChecked(True)

    def _connect_actions(self) -> None:
        handled: dict[ActionId, Callable[[], object]] = {}
        for controller in (
            *(self.opening, self.saving, self.edit, self.view),
            *(self.replay, self.comparison, self.daemon_watch),
        ):
            twice = handled.keys() & controller.handlers.keys()
            assert not twice, f"handled twice: {twice}"
            handled.update(controller.handlers)
        for key, action in self._context.actions_by_id.items():
            action.triggered.connect(partial(_call, handled[key]))

    def wire(self, document: Document, pane: CanvasPane) -> None:
        """Connect a document that is shown for the first time, and its canvas."""
        self.replay.cancel()
        pane.canvas.set_minimap_visible(self._context.actions_by_id[ActionId.MINIMAP].isChecked())
        self.view.show_resolved()
        pane.set_depth(self.menus.depth)
        pane.menu_requested.connect(self.menus.show_menu)
        pane.card.copy_requested.connect(self.edit.copy_setting)
        pane.card.write_requested.connect(self.edit.write_config)
        for signal in (
            document.selection_changed,
            document.replay.recording_changed,
            document.replay.breakpoints_changed,
            document.replay.playing_changed,
            document.replay.cursor_changed,
            document.undo_stack.indexChanged,
        ):
            signal.connect(self.update_actions)
        self.daemon_watch.wire(document)
        self.update_actions()

    @Slot()
    def update_actions(self) -> None:
        """Enable what can be done now, and name what undo would do."""
        actions, document = self._context.actions_by_id, self._context.document
        if document is None:
            actions.enable(())
            return
        actions.enable(self._present(document))
        stack = document.undo_stack
        actions[ActionId.UNDO].setEnabled(stack.canUndo())
        actions[ActionId.REDO].setEnabled(stack.canRedo())
        actions[ActionId.UNDO].setText(f"{self.tr('Undo')} {on_button(stack.undoText())}".strip())
        actions[ActionId.REDO].setText(f"{self.tr('Redo')} {on_button(stack.redoText())}".strip())
        actions[ActionId.ENABLE_ALL].setEnabled(bool(document.toggled))
        actions[ActionId.WRITE_CONFIG].setEnabled(bool(document.toggled))
        actions[ActionId.SHOW_PREDICTION].setEnabled(document.run is not None)
        actions[ActionId.BREAK_ERROR].setChecked(document.replay.breakpoints.first_error)
        actions[ActionId.BREAK_SKIP].setChecked(document.replay.breakpoints.first_skip)
        self._draw_play("pause" if document.replay.is_playing else "play", self._context.theme)
        self.menus.update(document)

    def _present(self, document: Document) -> list[Need]:
        """What there is of all that an action may need."""
        expects = document.can_change and (document.observed is None or bool(document.over))
        there = {
            Need.DOCUMENT: True,
            Need.SOURCE: document.can_change,
            Need.COMPARISON: not document.can_change,
            Need.EXPECTATION: expects,
            Need.SELECTION: bool(document.selection),
            Need.STEPS: bool(document.replay.steps),
            Need.DAEMON: can_watch(document),
            Need.RUN: document.can_run and not self.replay.is_running,
        }
        return [need for need, is_there in there.items() if is_there]

    def _draw_play(self, name: str, theme: Theme) -> None:
        """Another icon has all buttons of an action drawn anew: not at every step."""
        if (name, theme.name) != self._drawn:
            self._drawn = name, theme.name
            self._context.actions_by_id[ActionId.PLAY].setIcon(ui_icon(name, theme.text))

    def problem_icon(self) -> QIcon:
        """The icon for causes."""
        return mark_icon(Look.ERROR, self._context.theme)

    def stop(self) -> None:
        """The window closes: end what still runs."""
        self.replay.stop()
        self.comparison.cancel()
        self.daemon_watch.stop()
        self._context.opener.cancel()


def _call(act: Callable[[], object], *_: object) -> None:
    act()
