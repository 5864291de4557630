"""Small dialogs: the theme, the keys, trust, and what this program is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from plugscope import __version__
from plugscope.canvas import CANVAS_KEYS
from plugscope.window.action import ACTIONS, Menu, name_of
from plugscope.window.context import WindowContext
from plugscope.window.theme_choice import CHOICES, apply_theme
from plugscope.window.widget import app_icon, label


def choose_theme(context: WindowContext) -> None:
    """Have the user choose the theme, which is used at once and remembered."""
    menu = QMenu(context.as_window())
    now = context.settings.get("theme", "system")
    for key, name in CHOICES.items():
        action = menu.addAction(name, partial(apply_theme, context, key))
        action.setCheckable(True)
        action.setChecked(key == now)
    menu.popup(QCursor.pos())


def show_shortcuts(context: WindowContext) -> None:
    """All keys on one page."""
    dialog = _dialog(context, context.as_window().tr("Keyboard shortcuts"))
    body = QWidget()
    grid = QGridLayout(body)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    row = 0
    for menu in (*Menu, None):
        grid.addWidget(label(menu or context.as_window().tr("On the canvas"), "section"), row, 0, 1, 2)
        row += 1
        if menu is None:
            rows = list(CANVAS_KEYS)
        else:
            rows = [(_keys(spec.keys), name_of(spec)) for spec in ACTIONS if spec.menu is menu and spec.keys]
        for keys, text in rows:
            grid.addWidget(label(keys, "quiet"), row, 0)
            grid.addWidget(label(text), row, 1)
            row += 1
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(body)
    dialog.layout().insertWidget(0, area)  # type: ignore[union-attr]  # it is the QVBoxLayout made below
    dialog.resize(520, 600)
    dialog.open()


def _keys(keys: tuple[str, ...]) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return "  or  ".join(QKeySequence(key).toString(native) for key in keys)


def show_about(context: WindowContext) -> None:
    """Show what this program is, and its version."""
    dialog = _dialog(context, context.as_window().tr("About Plugscope"))
    row = QHBoxLayout()
    mark = label()
    mark.setPixmap(app_icon().pixmap(64, 64))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.addWidget(label(f"Plugscope {__version__}", "title"))
    words.addWidget(
        label(
            context.as_window().tr("What a plugin system will do when it starts, what it did, and why."),
            "quiet",
            wrap=True,
        )
    )
    words.addWidget(label(context.as_window().tr("Free software under the Apache License 2.0."), "faint"))
    row.addLayout(words, 1)
    dialog.layout().insertLayout(0, row)  # type: ignore[union-attr]  # it is the QVBoxLayout made below
    dialog.open()


def show_trusted(context: WindowContext) -> None:
    """See and revoke which Python paths may be run."""
    dialog = _dialog(context, context.as_window().tr("Trusted code"))
    text = context.as_window().tr(
        "These Python paths may be imported and run, in a worker process that is no security sandbox:"
    )
    names = QListWidget()
    names.addItems(context.settings.trusted)
    names.setAccessibleName(context.as_window().tr("Trusted paths"))
    revoke = QPushButton(context.as_window().tr("Revoke"))
    revoke.setEnabled(False)
    names.currentRowChanged.connect(lambda row: revoke.setEnabled(row >= 0))

    def take_back() -> None:
        item = names.takeItem(names.currentRow())
        if item is not None:
            context.settings.revoke(item.text())

    revoke.clicked.connect(take_back)
    layout = dialog.layout()
    layout.insertWidget(0, label(text, wrap=True))  # type: ignore[union-attr]  # it is the QVBoxLayout made below
    layout.insertWidget(1, names)  # type: ignore[union-attr]
    layout.insertWidget(2, revoke, 0, Qt.AlignmentFlag.AlignLeft)  # type: ignore[union-attr]
    dialog.resize(520, 320)
    dialog.open()


def _dialog(context: WindowContext, title: str) -> QDialog:
    dialog = QDialog(context.as_window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    layout = QVBoxLayout(dialog)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    layout.addWidget(buttons)
    return dialog
