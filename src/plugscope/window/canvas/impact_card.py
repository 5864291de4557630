"""What the user's changes would do, beside the act: a card over the canvas."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from plugscope.boot import Certainty, Outcome, short_name
from plugscope.session import Document, Theme
from plugscope.window.widget import label, one_line, plugins, ui_icon

_WIDTH = 370


class ImpactCard(QFrame):
    """Says how many would fail, skip and move; hidden while nothing is toggled."""

    show_requested = Signal(object)
    undo_requested = Signal()
    copy_requested = Signal()
    write_requested = Signal()

    def __init__(self, document: Document, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.setProperty("role", "card")
        self.headline = label("", "heading", wrap=True)
        self.detail = label("", "quiet", wrap=True)
        self.close_button = QToolButton()
        self.close_button.setAccessibleName(self.tr("Dismiss"))
        self.close_button.clicked.connect(self.hide)
        self.show_button = self._link(self.tr("Show them"), self._show_all)
        self.undo_button = self._link(self.tr("Undo"), self.undo_requested.emit)
        self.copy_button = self._link(self.tr("Copy TOML"), self.copy_requested.emit)
        self.write_button = self._link(self.tr("Write…"), self.write_requested.emit)
        self.write_button.setToolTip(self.tr("Write the change to a containerd configuration"))
        self._build()
        self.set_theme(theme)
        document.replay.recording_changed.connect(self.refresh)
        self.refresh()

    def _link(self, text: str, act: object) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("flat", "true")
        button.clicked.connect(act)
        return button

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.headline, 1)
        head.addWidget(self.close_button)
        links = QHBoxLayout()
        links.setSpacing(8)
        for button in (self.show_button, self.undo_button, self.copy_button, self.write_button):
            links.addWidget(button)
        links.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.detail)
        layout.addLayout(links)
        self.setFixedWidth(_WIDTH)

    def fit(self, room: int) -> None:
        """Be no wider than the pane has room for."""
        self.setFixedWidth(max(min(_WIDTH, room), 180))
        self.adjustSize()

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self.close_button.setIcon(ui_icon("close", theme.text3))

    @Slot()
    def refresh(self) -> None:
        """Tell the impact anew."""
        document = self._document
        if not document.toggled:
            self.hide()
            return
        self.headline.setText(headline(document))
        self.detail.setText(details(document))
        self.show_button.setVisible(bool(document.impact.changes))
        self.adjustSize()
        self.show()
        self.raise_()

    def _show_all(self) -> None:
        known = self._document.plan.position
        self.show_requested.emit([known[change.uri] for change in self._document.impact.changes])


def headline(document: Document) -> str:
    """One sentence: how many would fail without what is off, or come back with what is on."""
    impact, positions = document.impact, sorted(document.toggled)
    off = [position for position in positions if position in document.disabled]
    names = [one_line(document.name_of(position), 48) for position in (off or positions)]
    what = " and ".join(names[:2]) if len(names) <= 2 else f"{names[0]} and {len(names) - 1} more"
    preposition = "without" if off else "with"
    fails = impact.to(Outcome.ERROR)
    sure = [change for change in fails if change.certainty is Certainty.WILL]
    if not document.predicted.boot.ok and document.baseline.boot.ok:
        return f"The boot would abort {preposition} {what}: {one_line(document.predicted.boot.error, 240)}"
    if document.predicted.boot.ok and not document.baseline.boot.ok:
        return f"The boot would come up {preposition} {what}"
    if sure:
        return f"{plugins(len(sure))} would fail {preposition} {what}"
    if fails:
        return f"{plugins(len(fails))} may fail {preposition} {what}"
    healed = [change for change in impact.to(Outcome.OK) if change.before is Outcome.ERROR]
    if healed:
        return f"{plugins(len(healed))} would start after all {preposition} {what}"
    if not document.predicted.boot.ok:
        return f"The boot aborts all the same {preposition} {what}"
    return f"Nothing else fails {preposition} {what}"


def details(document: Document) -> str:
    """What else changes, in a sentence: failures that are not sure, skips, and who moves in the order."""
    impact = document.impact
    parts = []
    maybe = [c for c in impact.to(Outcome.ERROR) if c.certainty is not Certainty.WILL]
    if maybe and len(maybe) < len(impact.to(Outcome.ERROR)):
        parts.append(f"{len(maybe)} more may fail")
    skips = impact.to(Outcome.SKIP)
    if skips:
        parts.append(f"{plugins(len(skips))} would skip")
    healed = impact.to(Outcome.OK)
    if healed and impact.to(Outcome.ERROR):
        parts.append(f"{plugins(len(healed))} would start")
    if impact.moved:
        names = ", ".join(one_line(short_name(uri, document.plan), 32) for uri in impact.moved[:3])
        more = f" and {len(impact.moved) - 3} more" if len(impact.moved) > 3 else ""
        parts.append(f"the order changes: {names}{more} {'moves' if len(impact.moved) == 1 else 'move'}")
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]}." if told else "The order of the others stays as it is."
