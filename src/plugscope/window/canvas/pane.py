"""The canvas with what floats over it: the impact card and the zoom buttons."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from plugscope.canvas import GraphCanvas
from plugscope.layout import Picture
from plugscope.session import Appearance, Document, Flag, LayoutJob, Theme
from plugscope.window.action import ActionId
from plugscope.window.widget import label

from .impact_card import ImpactCard

_MANY = 300
_MOST_FOR_DOT = 2_000
_MOST_RESOLVED = 100
_READABLE, _MOST_READABLE = 0.63, 250


class CanvasPane(QWidget):
    """Keeps the canvas told, and passes its requests on to the document."""

    menu_requested = Signal(int, QPoint)

    def __init__(
        self, document: Document, appearance: Appearance, theme: Theme, actions: Mapping[ActionId, QAction]
    ) -> None:
        super().__init__()
        self._document = document
        self._appearance = appearance
        self.canvas = GraphCanvas(self)
        self.canvas.set_theme(theme)
        self.card = ImpactCard(document, theme, self)
        self._nothing = label(self.tr("There are no plugins in it."), "quiet", self)
        self._nothing.setVisible(not document.catalog.entries)
        self._zoom_label = label("100%", "quiet")
        self._controls = self._build_controls(actions)
        self._resolved = False
        self._depth: int | None = None
        self._refined = False
        self._resumed = False
        self._layout = LayoutJob(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask_for_picture)
        self._layout.finished.connect(self._take_picture)
        self._wire()
        self._show_picture()
        self._show_all_looks()
        self._show_selection()
        self._show_step()

    def _wire(self) -> None:
        document, canvas = self._document, self.canvas
        canvas.selection_requested.connect(document.select)
        canvas.menu_requested.connect(self.menu_requested)
        canvas.zoom_changed.connect(self._tell_zoom)
        canvas.focus_requested.connect(self._look_at)
        canvas.ghost_requested.connect(canvas.show_tip)
        canvas.activated.connect(self._bring_near)
        document.selection_changed.connect(self._show_selection)
        document.replay.cursor_changed.connect(self._show_step)
        document.replay.recording_changed.connect(self._show_step)
        document.replay.breakpoints_changed.connect(self._show_all_looks)
        document.marks_changed.connect(self._show_all_looks)
        self._appearance.reset.connect(self._show_all_looks)
        self._appearance.changed.connect(self._show_changed_looks)
        self.card.undo_requested.connect(document.undo_stack.undo)
        self.card.show_requested.connect(self._show_them)

    def _build_controls(self, actions: Mapping[ActionId, QAction]) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("role", "card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(1)
        for name in (ActionId.ZOOM_OUT, None, ActionId.ZOOM_IN, ActionId.FIT):
            if name is None:
                self._zoom_label.setFixedWidth(46)
                self._zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
                row.addWidget(self._zoom_label)
                continue
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        return frame

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self.canvas.set_theme(theme)
        self.card.set_theme(theme)

    def set_depth(self, depth: int | None) -> None:
        """How far a selection reaches up and down the graph; ``None`` is all the way."""
        self._depth = depth
        self._show_selection()

    @property
    def is_resolved(self) -> bool:
        """Whether edges go from plugin to plugin."""
        return self._resolved

    def set_resolved(self, resolved: bool) -> bool:
        """Draw plugin to plugin, or through the types. ``False`` if there are too many plugins for it."""
        if resolved and len(self._document.catalog.entries) > _MOST_RESOLVED:
            return False
        self._resolved = resolved
        self._show_picture()
        return True

    def resume(self, before: CanvasPane) -> None:
        """Go on where another one was, if it has the same plugins: nothing moves on reloading, or to another boot."""
        picture, graph = before.canvas.picture, self._document.picture.graph
        if before.is_resolved or not graph.is_like(picture.graph):
            return
        self._resumed = True
        if before._refined:
            self._refined = True
            self._soon.stop()
            self.canvas.set_picture(replace(picture, graph=graph))
        self.canvas.resume(before.canvas)

    def shut(self) -> None:
        """End the layout worker, and start none any more."""
        self._soon.stop()
        self._layout.cancel()
        self._layout.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        first = self.canvas.width() < 200
        self.canvas.setGeometry(self.rect())
        if first:
            self.show_start()
        self.card.move(14, 14)
        self.card.fit(self.width() - 28)
        self._nothing.resize(self._nothing.sizeHint())
        self._nothing.move(self.rect().center() - self._nothing.rect().center())
        size = self._controls.sizeHint()
        self._controls.setGeometry(14, self.height() - size.height() - 14, size.width(), size.height())
        self._controls.raise_()

    def show_start(self) -> None:
        """The whole graph; or, where its ids could not be read, its beginning, which stands left."""
        if self._resumed:
            return
        few = len(self._document.catalog.entries) <= _MOST_READABLE
        self.canvas.show_start(_READABLE if few else 0.0)

    def _show_picture(self) -> None:
        """Lanes at once; Graphviz's picture when the worker answers."""
        picture = self._document.picture
        self.canvas.set_picture(picture)
        if picture.graph.size <= _MOST_FOR_DOT:
            self._soon.start()

    @Slot()
    def _ask_for_picture(self) -> None:
        self._layout.start(self._document.picture.graph, resolved=self._resolved)

    @Slot(object)
    def _take_picture(self, picture: Picture) -> None:
        self.canvas.set_picture(picture)
        if not self._refined:
            self._refined = True
            self.show_start()

    @Slot()
    def _show_all_looks(self) -> None:
        states = [int(look) for look in self._appearance.looks]
        for flag, positions in self._flags():
            for position in positions:
                if position < len(states):
                    states[position] |= flag
        self.canvas.set_looks(states)

    @Slot(object)
    def _show_changed_looks(self, diff: dict[int, int]) -> None:
        if len(diff) > _MANY:
            self._show_all_looks()
            return
        states = dict(diff)
        for flag, positions in self._flags():
            for position in states.keys() & positions:
                states[position] |= flag
        self.canvas.update_looks(states)

    def _flags(self) -> tuple[tuple[Flag, frozenset[int]], ...]:
        document = self._document
        return (Flag.BREAKPOINT, document.replay.breakpoints.positions), (Flag.CHANGED, document.marked)

    @Slot()
    def _show_selection(self) -> None:
        selection = self._document.selection
        self.canvas.set_selection(selection)
        if len(selection) == 1 and not self.canvas.underMouse():
            # Chosen elsewhere: what is shown in the table is shown here too.
            self.canvas.ensure_visible(next(iter(selection)))
        if selection and len(selection) <= 50:
            neighbours = self._document.neighbours
            up = neighbours.upstream(selection, self._depth)
            down = neighbours.downstream(selection, self._depth)
            self.canvas.set_focus(selection, frozenset(up), frozenset(down))
        else:
            self.canvas.set_focus()

    @Slot()
    def _show_step(self) -> None:
        replay = self._document.replay
        step = replay.current if 0 < replay.cursor < len(replay.steps) or replay.is_playing else None
        self.canvas.set_current(None if step is None else step.position)
        if step is None:
            self.canvas.set_lookup_arrows([])
            return
        known = self._document.plan.position
        arrows = [
            (step.position, known[uri], not made.error)
            for made in step.lookups
            for uri in made.found[:40]
            if uri in known
        ]
        self.canvas.set_lookup_arrows(arrows[:200])
        self.canvas.ensure_visible(step.position)

    @Slot(int, object)
    def show_move(self, position: int, stack: tuple[int, ...]) -> None:
        """A move of the ordering: its plugin, and arrows down the stack."""
        self.canvas.set_current(position)
        self.canvas.set_lookup_arrows([(tail, head, True) for tail, head in pairwise(stack)])
        self.canvas.ensure_visible(position)

    @Slot(frozenset)
    def _look_at(self, positions: frozenset[int]) -> None:
        """Bring these into view, as large as possible."""
        if positions:
            self.canvas.fit_selection()

    @Slot(int)
    def _bring_near(self, position: int) -> None:
        self._document.select([position])
        self.canvas.fit_selection()

    @Slot(float)
    def _tell_zoom(self, scale: float) -> None:
        self._zoom_label.setText(f"{scale * 100:.0f}%")

    @Slot(object)
    def _show_them(self, positions: list[int]) -> None:
        self._document.select(positions)
        self.canvas.fit_selection()
