"""Qt's actions, made of the table."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from plugscope.session import Theme
from plugscope.window.widget import ui_icon

from .action_id import ActionId
from .spec import ActionSpec, Need
from .table import ACTIONS

_CONTEXT = "Action"


class Actions(dict[ActionId, QAction]):
    """A ``QAction`` for each row of the table, by id."""

    def __init__(self, parent: QObject) -> None:
        super().__init__()
        self._there: frozenset[Need] | None = None
        for spec in ACTIONS:
            action = QAction(_translated(spec.text), parent)
            action.setObjectName(spec.id)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(spec.checkable)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            tip = _translated(spec.tip) if spec.tip else action.text().rstrip("…")
            action.setToolTip(f"{tip} ({keys})" if keys else tip)
            self[spec.id] = action

    def recolour(self, theme: Theme) -> None:
        """Draw the icons in the theme's text colour."""
        for spec in ACTIONS:
            if spec.icon:
                self[spec.id].setIcon(ui_icon(spec.icon, theme.text))

    def enable(self, present: Iterable[Need]) -> None:
        """Enable what has all it needs."""
        there = frozenset(present)
        if there == self._there:
            return
        self._there = there
        for spec in ACTIONS:
            self[spec.id].setEnabled(there.issuperset(spec.needs))


def name_of(spec: ActionSpec) -> str:
    """What it is called, whatever it would do now."""
    return _translated(spec.text).rstrip("…")


def _translated(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
