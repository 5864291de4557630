"""The inspector: everything about one plugin, as it was at the replay's cursor."""

from __future__ import annotations

import json
from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from plugscope.boot import Entry, Outcome, Step
from plugscope.boot.narration import short_name, tell_lookup, why_here
from plugscope.boot.query import Neighbours
from plugscope.plugin import Meta, short_type
from plugscope.session.appearance import Appearance
from plugscope.session.document import Document
from plugscope.session.look import Look
from plugscope.session.theme import Theme

from .icon import icon
from .mark import MARK_ICONS
from .style import fixed_font
from .text import breakable, label, selectable


class Inspector(QWidget):
    """Shows the selected plugin, or the current step's when nothing is selected."""

    select_requested = Signal(str)

    def __init__(self, document: Document, appearance: Appearance, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self._appearance = appearance
        self._theme = theme
        self._position = -1
        self._key: tuple[object, ...] = ()
        self.title = selectable("", "title")
        self.uri = selectable("", "quiet")
        self.uri.setFont(fixed_font(self.font().pointSizeF() - 1))
        self.mark = QLabel()
        self.mark.setFixedSize(18, 18)
        self.status = label("", "heading")
        self.place = label("", "quiet")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Facts about the plugin"))
        self.pages = [_Page() for _ in range(6)]
        self.overview = _Page()
        self.overview.link_activated.connect(self.select_requested)
        self._build()
        for signal in (document.selection_changed, document.plan_changed, document.run_changed):
            signal.connect(self.refresh)
        document.replay.cursor_changed.connect(self.refresh)
        document.replay.recording_changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.mark)
        row.addWidget(self.status)
        row.addWidget(self.place)
        row.addStretch()
        head = QVBoxLayout()
        head.setContentsMargins(14, 10, 12, 6)
        head.setSpacing(3)
        head.addWidget(self.title)
        head.addWidget(self.uri)
        head.addLayout(row)
        for page, name in zip(
            self.pages,
            (
                self.tr("Why"),
                self.tr("Lookups"),
                self.tr("Meta"),
                self.tr("Config"),
                self.tr("Output"),
                self.tr("About"),
            ),
            strict=True,
        ):
            self.tabs.addTab(page, name)
            page.link_activated.connect(self.select_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.overview, 1)

    def sizeHint(self) -> QSize:
        return QSize(340, 600)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self._key = ()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is to be shown now."""
        position = self._wanted()
        document = self._document
        step = document.step_of(position) if position >= 0 else None
        reached = step is not None and step.index < document.replay.cursor
        key = (position, id(step), reached, id(document.plan))
        if key == self._key:
            return
        self._key, self._position = key, position
        self.tabs.setVisible(position >= 0)
        self.overview.setVisible(position < 0)
        if position < 0:
            self._show_overview()
            return
        entry = document.catalog.entries[position]
        look = self._appearance.looks[position]
        self.title.setText(breakable(entry.registration.id))
        self.uri.setText(breakable(entry.uri))
        outcome = self._theme.outcome(look)
        self.mark.setPixmap(
            icon(MARK_ICONS[look], outcome.ink).pixmap(QSize(18, 18), self.devicePixelRatioF())
        )
        self.status.setText(outcome.word)
        palette = self.status.palette()
        palette.setColor(QPalette.ColorRole.WindowText, outcome.ink)
        self.status.setPalette(palette)
        total = len(document.replay.steps)
        self.place.setText(
            self.tr("step {0} of {1}").format(step.index + 1, total) if step is not None else ""
        )
        self._fill(position, entry, step if reached else None, look)

    def _wanted(self) -> int:
        selection = self._document.selection
        if selection:
            return min(selection)
        replay = self._document.replay
        current = replay.current
        return -1 if current is None or replay.cursor == len(replay.steps) else current.position

    def _show_overview(self) -> None:
        """Nothing is selected: the boot as a whole."""
        document = self._document
        recording = document.replay.recording or document.predicted
        self.title.setText(breakable(document.title))
        self.uri.setText(breakable(document.source.text))
        self.mark.clear()
        self.place.clear()
        self.status.setText(self.tr("{0} semantics").format(document.catalog.semantics))
        page = self.overview
        page.clear()
        page.section(self.tr("Boot"))
        if recording.boot.ok:
            page.text(self.tr("It comes up: {0} plugins have their turn.").format(len(recording.steps)))
        else:
            page.code(recording.boot.error)
        counts = self._appearance.counts()
        page.section(self.tr("Plugins"))
        page.pairs((self._theme.outcome(look).word, str(counts[look])) for look in Look if counts[look])
        causes = document.diagnosis().root_causes
        if causes:
            page.section(self.tr("Causes"))
        for cause in causes[:20]:
            reason = str(cause.reason).replace("-", " ")
            took = self.tr(", takes {0} along").format(len(cause.victims)) if cause.victims else ""
            page.link(short_name(cause.uri, document.plan) or self.tr("the boot"), cause.uri, reason + took)
        page.section(self.tr("Try"))
        page.text(self.tr("Click a plugin to see why it stands where it stands, and what it looks up."))
        page.text(self.tr("Press D to leave it out, and see who fails for want of it."))
        page.text(self.tr("Press . and , to step through the boot and back."))

    def _fill(self, position: int, entry: Entry, step: Step | None, look: Look) -> None:
        why, lookups, meta, config, output, about = self.pages
        for page in self.pages:
            page.clear()
        self._fill_why(why, position, step, look)
        self._fill_lookups(lookups, entry, step)
        self._fill_meta(meta, step)
        self._fill_config(config, entry, step)
        self._fill_output(output, step)
        self._fill_about(about, position, entry)

    def _fill_why(self, page: _Page, position: int, step: Step | None, look: Look) -> None:
        plan = self._document.plan
        if step is not None and step.error and step.outcome is not Outcome.OK:
            page.section(self.tr("Error") if step.failed else self.tr("Why it skips"))
            page.code(step.error)
        if step is not None and any(cause.uri != step.uri for cause in step.causes):
            page.section(self.tr("It began with"))
            for cause in step.causes:
                page.link(short_name(cause.uri, plan), cause.uri, str(cause.reason).replace("-", " "))
        if step is not None and len(step.chain) > 1:
            page.section(self.tr("Error chain"))
            for kind, text in step.chain:
                page.text(f"{kind}: {text}")
        if look is Look.PENDING:
            page.section(self.tr("Outcome"))
            page.text(self.tr("Its turn is still to come. Can you tell what will happen?"))
        if position in plan.disabled:
            self._fill_disabled(page, position)
            return
        page.section(self.tr("Starts here because"))
        page.text(why_here(plan, position))
        for puller, via in plan.trail(position):
            page.link(short_name(puller, plan), puller, self.tr("requires {0}").format(short_type(via)))
        if step is not None and step.notes:
            page.section(self.tr("Worth knowing"))
            for note in step.notes:
                page.text(f"It {note}.")

    def _fill_disabled(self, page: _Page, position: int) -> None:
        """Who disabled it, and who fails for want of it."""
        document = self._document
        page.section(self.tr("Disabled"))
        by_user = position in document.toggled
        page.text(self.tr("By you, here.") if by_user else self.tr("By the source."))
        uri = document.catalog.entries[position].uri
        victims = next((c.victims for c in document.diagnosis().root_causes if c.uri == uri), [])
        page.section(self.tr("Fail for want of it ({0})").format(len(victims)))
        for victim in victims[:60]:
            page.link(short_name(victim, document.plan), victim, "")
        if not victims:
            page.text(self.tr("nobody"))

    def _fill_lookups(self, page: _Page, entry: Entry, step: Step | None) -> None:
        plan = self._document.plan
        made = [] if step is None else step.lookups
        for number, lookup in enumerate(made, 1):
            page.section(
                f"{number}. {short_type(lookup.lookup.type)}{'.' + lookup.lookup.id if lookup.lookup.id else ''}"
            )
            page.text(f"It {tell_lookup(lookup, plan)}.")
            found = lookup.found
            for uri in found[:12]:
                page.link(short_name(uri, plan), uri, "")
            if len(found) > 12:
                page.text(self.tr("and {0} more").format(len(found) - 12))
            for evidence in lookup.lookup.evidence[:4]:
                page.text(self.tr("known from: {0}").format(evidence), "faint")
        if not made and step is not None:
            text = (
                self.tr("It makes no lookups.")
                if entry.lookups is not None
                else self.tr("Its lookups are not known.")
            )
            page.text(text)
        if step is None:
            page.text(self.tr("Not initialised yet."))
            for declared in entry.lookups or ():
                page.text(f"· {declared}", "quiet")

    def _fill_meta(self, page: _Page, step: Step | None) -> None:
        if step is None or step.meta is None:
            page.text(self.tr("No Meta yet: it is filled in by the init function."))
            return
        before, after = step.meta_before or Meta(), step.meta
        page.section(self.tr("Exports"))
        page.pairs(after.exports.items() or [(self.tr("none"), "")])
        page.section(self.tr("Capabilities"))
        page.text(", ".join(after.capabilities) or self.tr("none"))
        page.section(self.tr("Platforms"))
        page.text(", ".join(map(str, after.platforms)) or self.tr("none"))
        page.section(self.tr("Before its init"))
        empty = not (before.exports or before.capabilities or before.platforms)
        page.text(self.tr("all of it empty") if empty else json.dumps(before.exports))

    def _fill_config(self, page: _Page, entry: Entry, step: Step | None) -> None:
        config = entry.config if step is None else step.config
        if config is None:
            config = entry.registration.config
        page.section(self.tr("Config"))
        if config:
            page.code(json.dumps(config, indent=2, ensure_ascii=False, default=str))
        else:
            page.text(self.tr("none"))
        recording = self._document.replay.recording
        if step is not None and recording is not None:
            page.section(self.tr("Context"))
            address = step.address or recording.plan.catalog.address
            page.pairs(
                (name, value)
                for name, value in (
                    ("root", recording.root_of(step)),
                    ("state", recording.state_of(step)),
                    ("address", address),
                )
                if value
            )

    def _fill_output(self, page: _Page, step: Step | None) -> None:
        if step is None:
            page.text(self.tr("Nothing yet."))
            return
        if step.duration_ms is not None:
            page.text(self.tr("Took {0} ms.").format(f"{step.duration_ms:.3g}"))
        if step.returned:
            page.text(self.tr("Returned {0}.").format(step.returned))
        page.section(self.tr("Output"))
        if step.output:
            page.code(step.output)
        else:
            page.text(
                self.tr("none") if self._document.run is not None else self.tr("none: it was not really run")
            )
        if step.traceback:
            page.section(self.tr("Traceback"))
            page.code(step.traceback)

    def _fill_about(self, page: _Page, position: int, entry: Entry) -> None:
        registration = entry.registration
        page.section(self.tr("Registration"))
        page.pairs(
            (name, value)
            for name, value in (
                ("type", str(registration.type)),
                ("id", registration.id),
                (self.tr("registered as number"), str(position + 1)),
                (self.tr("declared at"), entry.place),
                (self.tr("init function"), entry.init_fn),
                (self.tr("known from"), str(entry.known)),
            )
            if value
        )
        neighbours = Neighbours(self._document.plan)
        page.section(self.tr("Requires"))
        for name in registration.requires:
            page.text(short_type(name) if name != "*" else self.tr("everything else"))
        if not registration.requires:
            page.text(self.tr("nothing"))
        self._fill_neighbours(page, self.tr("Which are"), neighbours.required_by(position))
        self._fill_neighbours(page, self.tr("Required by"), neighbours.requirers_of(position))

    def _fill_neighbours(self, page: _Page, title: str, positions: list[int]) -> None:
        if not positions:
            return
        page.section(f"{title} ({len(positions)})")
        for position in positions[:40]:
            uri = self._document.catalog.entries[position].uri
            page.link(self._document.name_of(position), uri, "")
        if len(positions) > 40:
            page.text(self.tr("and {0} more").format(len(positions) - 40))


class _Page(QScrollArea):
    """One tab: sections of text, code, pairs and links to other plugins."""

    link_activated = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        self._layout = QVBoxLayout(self._body)
        self._layout.setContentsMargins(14, 8, 12, 14)
        self._layout.setSpacing(4)
        self._layout.addStretch()
        self.setWidget(self._body)

    def clear(self) -> None:
        """Take everything away."""
        while self._layout.count() > 1:
            item = self._layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.verticalScrollBar().setValue(0)

    def _add(self, widget: QWidget) -> None:
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def section(self, title: str) -> None:
        """A heading."""
        self._add(label(title, "section"))

    def text(self, text: str, role: str = "") -> None:
        """A paragraph."""
        self._add(selectable(breakable(text) if " " not in text else text, role))

    def code(self, text: str) -> None:
        """Foreign text as it is, in a monospaced face; long text scrolls."""
        box = QPlainTextEdit()
        box.setReadOnly(True)
        box.setFont(fixed_font(self.font().pointSizeF() - 1))
        box.setPlainText(text)
        box.setTabChangesFocus(True)
        box.setAccessibleName(text[:80])
        lines = min(max(len(text) // 38 + text.count("\n") + 1, 2), 14)
        box.setFixedHeight(int(box.fontMetrics().lineSpacing() * lines + 18))
        self._add(box)

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and values."""
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(3)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, value in pairs:
            form.addRow(label(name, "quiet"), selectable(breakable(value)))
        self._add(holder)

    def link(self, text: str, uri: str, remark: str) -> None:
        """Another plugin, to go to, with a remark."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        shown = text if len(text) <= 36 else f"{text[:18]}…{text[-17:]}"
        button = QPushButton(shown.replace("&", "&&"))
        button.setProperty("flat", "true")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolTip(uri)
        button.clicked.connect(lambda: self.link_activated.emit(uri))
        row.addWidget(button)
        told = label(remark, "quiet", wrap=True)
        told.setMinimumWidth(20)
        row.addWidget(told, 1)
        self._add(holder)
