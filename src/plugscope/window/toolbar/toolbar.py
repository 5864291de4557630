"""The bar above the canvas: what is open and of which boot or release, what is done most, how many causes there are."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from plugscope.session import Document
from plugscope.window.action import ActionId
from plugscope.window.widget import label, one_line, tip

from .boot_choice import BootChoice
from .release_choice import ReleaseChoice, shown_title

_BUTTONS = (
    *(ActionId.OPEN, ActionId.RELOAD, None, ActionId.UNDO, ActionId.REDO, None),
    *(ActionId.TOGGLE, ActionId.BREAKPOINT, None, ActionId.EXPORT, ActionId.THEME),
)
"""The actions with a button; ``None`` is a line between two."""


class Toolbar(QToolBar):
    """Fixed, with the choices that a document does not have left out."""

    causes_requested = Signal()

    def __init__(self, actions: Mapping[ActionId, QAction]) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Main"))
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.source_label = label("", "quiet")
        self.boot_choice = BootChoice()
        self.release_choice = ReleaseChoice()
        self.causes_button = QToolButton()
        self._build(actions)

    def _build(self, actions: Mapping[ActionId, QAction]) -> None:
        name = label("Plugscope", "heading")
        name.setContentsMargins(6, 0, 4, 0)
        self.addWidget(name)
        self.source_label.setContentsMargins(6, 0, 10, 0)
        self.addWidget(self.source_label)
        self._boot_action = self._add_hidden(self.boot_choice)
        self._release_action = self._add_hidden(self.release_choice)
        for key in _BUTTONS:
            if key:
                self.addAction(actions[key])
            else:
                self.addSeparator()
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spacer)
        self.causes_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.causes_button.setToolTip(self.tr("Show causes and problems"))
        self.causes_button.clicked.connect(self.causes_requested)
        self._causes_action = self._add_hidden(self.causes_button)
        self.addAction(actions[ActionId.PALETTE])

    def _add_hidden(self, widget: QWidget) -> QAction:
        action = self.addWidget(widget)
        action.setVisible(False)
        return action

    def show_document(self, document: Document) -> None:
        """Say what is open, and offer its boots and releases."""
        self._boot_action.setVisible(self.boot_choice.show_log(document.log))
        self._release_action.setVisible(self.release_choice.show_document(document))
        self.source_label.setText(one_line(shown_title(document), 40))
        self.source_label.setToolTip(tip(document.source.text))

    def show_causes(self, count: int) -> None:
        """Say how many causes there are, if any."""
        self._causes_action.setVisible(count > 0)
        self.causes_button.setText(self.tr("1 cause") if count == 1 else self.tr("{0} causes").format(count))

    def set_causes_icon(self, icon: QIcon) -> None:
        """The mark of a cause, in other colours."""
        self.causes_button.setIcon(icon)
