"""With what to compare: a containerd release, a file, the running daemon, what was open lately."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from plugscope.sources.boot_log import BootLog
from plugscope.window.toolbar import boot_name
from plugscope.window.widget import label


class CompareDialog(QDialog):
    """Emits ``chosen`` with the text of a source, and which boot of it (-1: the last).

    ``offered`` are texts of sources. ``log`` is the log of the source that is open, whose text is ``own``: its other
    boots are offered first.
    """

    chosen = Signal(str, int)

    def __init__(self, offered: Sequence[str], log: BootLog | None, parent: QWidget, own: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Compare"))
        self.source = QComboBox()
        self.source.setEditable(True)
        self.source.setAccessibleName(self.tr("With what"))
        self._add_boots(own, log)
        self.source.addItems(offered)
        self.source.setMinimumContentsLength(44)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        file = QPushButton(self.tr("Choose a file…"))
        file.setAutoDefault(False)
        file.clicked.connect(self._choose_file)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(self.tr("Compare"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.source, 1)
        row.addWidget(file)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        words = self.tr(
            "What is open is the boot before. After it comes that of a release, log, config or daemon:"
        )
        self.words = label(words, wrap=True)
        layout.addWidget(self.words)
        layout.addLayout(row)
        layout.addWidget(buttons)

    def ask(self, title: str, words: str, spec: str) -> None:
        """Ask for something else than what to compare with."""
        self.setWindowTitle(title)
        self.words.setText(words)
        self.go.setText(spec)

    def _add_boots(self, own: str, log: BootLog | None) -> None:
        if log is not None and log.file is not None:
            for mark in reversed(log.boots):
                if mark.number != log.number:
                    name = f"{PurePath(log.name).name}: {boot_name(mark, log)}"
                    self.source.addItem(name, (own, mark.number))

    @Slot()
    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Compare with"))
        if name:
            self.source.setEditText(name)

    @Slot()
    def _accept(self) -> None:
        text, boot = self.source.currentText().strip(), -1
        offered = self.source.itemData(self.source.findText(text, Qt.MatchFlag.MatchExactly))
        if isinstance(offered, tuple):
            text, boot = offered
        if text:
            self.chosen.emit(text, boot)
            self.accept()
