"""The panels around the canvas: each document has its own."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from plugscope.boot import quoted
from plugscope.session import Appearance, Comparison, Document, Theme

from .action import Actions
from .canvas import CanvasPane
from .comparison import Differences
from .controller import Controllers
from .inspector import Inspector
from .log import LogPanel
from .panel_state import PanelState
from .problems import Problems
from .table import Legend, PluginTable
from .timeline import Ordering, Timeline


class Panels(QObject):
    """The widgets that go into the docks, and what they tell each other and the canvas."""

    table: PluginTable
    legend: Legend
    inspector: Inspector
    timeline: Timeline
    problems: Problems
    ordering: Ordering

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self.differences: Differences | None = None
        self.log: LogPanel | None = None

    def make(self, appearance: Appearance, theme: Theme, actions: Actions) -> Iterator[tuple[str, QWidget]]:
        """Make them one by one, each with the key of its dock: whoever has no time for all takes one at a time."""
        document = self._document
        self.table = PluginTable(document, appearance, theme)
        yield "plugins", self.table
        self.legend = Legend(document, theme)
        yield "legend", self.legend
        self.inspector = Inspector(document, appearance, theme)
        yield "inspector", self.inspector
        self.timeline = Timeline(document, theme, actions)
        yield "timeline", self.timeline
        self.problems = Problems(document, theme)
        yield "problems", self.problems
        self.ordering = Ordering(document)
        yield "ordering", self.ordering
        if document.log is not None:
            self.log = LogPanel(document, document.log, theme)
        yield "log", self.log or QWidget()
        if isinstance(document, Comparison):
            self.differences = Differences(document, theme)
        yield "differences", self.differences or QWidget()

    def wire(self, pane: CanvasPane, controllers: Controllers) -> None:
        """Connect them with each other, with the canvas, and with what does the work."""
        table, legend = self.table, self.legend
        table.menu_requested.connect(controllers.menus.show_menu)
        table.filtered.connect(pane.canvas.set_filter)
        table.filter_line.textChanged.connect(self._filter_typed)
        table.activated.connect(pane.canvas.fit_selection)
        legend.filter_requested.connect(self._filter_type)
        legend.menu_requested.connect(controllers.menus.show_type_menu)
        self.inspector.select_requested.connect(controllers.view.go_to)
        self.problems.select_requested.connect(controllers.view.go_to)
        self.ordering.move_shown.connect(pane.show_move)
        if self.differences is not None:
            self.differences.select_requested.connect(controllers.view.go_to)
        if self.log is not None:
            self.log.reached.connect(pane.canvas.ensure_visible)
            self.inspector.location_requested.connect(controllers.view.show_location)
            self.problems.location_requested.connect(controllers.view.show_location)

    def show_line(self, line: int) -> None:
        """Go to a line of the log."""
        if self.log is not None:
            self.log.go_to(line)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        for panel in (self.table, self.legend, self.inspector, self.timeline, self.problems):
            panel.set_theme(theme)
        for offered in (self.log, self.differences):
            if offered is not None:
                offered.set_theme(theme)

    def find(self) -> None:
        """Begin to type what to find."""
        self.table.filter_line.setFocus()
        self.table.filter_line.selectAll()

    @property
    def state(self) -> PanelState:
        """What the user set in them."""
        log = self.log
        return PanelState(
            self.table.filter_line.text(),
            "" if log is None else log.filter_line.text(),
            log is not None and log.only_plugins.isChecked(),
            log is not None and log.as_written.isChecked(),
            self.timeline.clock_override,
        )

    def set_state(self, state: PanelState) -> None:
        """Set in the panels what was set in those of before."""
        self.table.filter_line.setText(state.text)
        if self.log is not None:
            self.log.filter_line.setText(state.lines)
            self.log.only_plugins.setChecked(state.only_plugins)
            self.log.as_written.setChecked(state.as_written)
        if state.by_clock is not None:
            self.timeline.by_clock.setChecked(state.by_clock)

    def found(self) -> frozenset[int] | None:
        """The positions that the filter lets through; ``None`` for all."""
        return self.table.model.visible

    @Slot(str)
    def _filter_typed(self, text: str) -> None:
        if not text.startswith("type=="):
            self.legend.clear()

    @Slot(str)
    def _filter_type(self, name: str) -> None:
        self.table.filter_line.setText(f"type=={quoted(name)}" if name else "")
