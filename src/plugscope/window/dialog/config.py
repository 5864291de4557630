"""What would be written to a configuration, to be looked at before it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from plugscope.session import Look, Theme
from plugscope.sources.config import Proposal
from plugscope.window.widget import fixed_font, label, one_line, selectable, ui_icon, visible

_MOST_REMARKS = 4
"""So many have room beside the change; the list of problems has the others, too."""
_MOST_WORDS = 300
_TAB = 4


class ConfigDialog(QDialog):
    """Shows a change and the file that it changes. ``write_requested`` says to write it, ``other_requested`` to change
    another file instead."""

    write_requested = Signal()
    other_requested = Signal()

    def __init__(self, proposal: Proposal, target: Path, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Write to config"))
        self._proposal = proposal
        self._theme = theme
        self.file = selectable(str(target), "heading")
        self.file.setAccessibleName(self.tr("File to change"))
        self.effect = label("", "quiet", wrap=True)
        self.view = DiffView(theme)
        self.view.setAccessibleName(self.tr("What would change in it"))
        self.view.show_diff(proposal.diff)
        self.nothing = label(self.tr("The file says so already: there is nothing to write."), "quiet")
        self.view.setVisible(proposal.changes)
        self.nothing.setVisible(not proposal.changes)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(4)
        words = self.tr("First a copy of it as it is now is made beside it: {0}. No other file is touched.")
        self.backup = label(words.format(f"{target.name}.bak-{self.tr('DATE-TIME')}"), "quiet", wrap=True)
        self._build()
        self.resize(720, 520)
        (self.view if proposal.changes else self.write).setFocus()

    def _build(self) -> None:
        other = QPushButton(self.tr("Another file…"))
        other.setAutoDefault(False)
        other.clicked.connect(self._ask_for_other)
        head = QHBoxLayout()
        head.addWidget(self.file, 1)
        head.addWidget(other, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.copy = buttons.addButton(self.tr("Copy diff"), QDialogButtonBox.ButtonRole.ActionRole)
        self.write = buttons.addButton(self.tr("Write"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.write.setDefault(True)
        self.write.setEnabled(self._proposal.changes)
        self.copy.setEnabled(self._proposal.changes)
        self.copy.clicked.connect(self._copy)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.effect)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._remarks)
        layout.addWidget(self.backup)
        layout.addWidget(buttons)

    def tell(self, effect: str, remarks: Sequence[str], obstacle: str) -> None:
        """Say what comes of the change, what to know about it, and why it cannot be written ("" if it can)."""
        self.effect.setText(effect)
        self.effect.setVisible(bool(effect))
        if obstacle:
            self.write.setEnabled(False)
            self._add(obstacle, "error", Look.ERROR)
        for remark in remarks[:_MOST_REMARKS]:
            self._add(remark, "warning", Look.MAY)
        if len(remarks) > _MOST_REMARKS:
            self._add(self.tr("and {0} more").format(len(remarks) - _MOST_REMARKS), "warning", Look.MAY)
        self.backup.setVisible(self.write.isEnabled())

    def _add(self, text: str, mark: str, look: Look) -> None:
        sign = label()
        sign.setPixmap(
            ui_icon(mark, self._theme.outcome(look).ink).pixmap(QSize(16, 16), self.devicePixelRatioF())
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(selectable(one_line(text, _MOST_WORDS)), 1, Qt.AlignmentFlag.AlignTop)
        self._remarks.addLayout(row)

    @Slot()
    def _accept(self) -> None:
        self.accept()
        self.write_requested.emit()

    @Slot()
    def _ask_for_other(self) -> None:
        self.reject()
        self.other_requested.emit()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._proposal.diff)


class DiffView(QPlainTextEdit):
    """Shows a diff that cannot be edited. Long lines are wrapped: what is added to a list stands at their end."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFont(fixed_font(self.font().pointSizeF()))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self._colours = _Colours(self.document(), theme)

    def show_diff(self, text: str) -> None:
        """Show another diff. How lines end is not shown: it stays as it is."""
        text = text.replace("\r\n", "\n").expandtabs(_TAB)
        self.setPlainText(visible(text).rstrip("\n"))


class _Colours(QSyntaxHighlighter):
    """A colour for each kind of line; the sign in front says the same."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats = (
            (("--- ", "+++ "), _format(theme.text2, bold=True)),
            (("@@",), _format(theme.accent)),
            (("+",), _format(theme.outcome(Look.OK).ink)),
            (("-",), _format(theme.outcome(Look.ERROR).ink)),
            (("\\",), _format(theme.text3)),
        )

    def highlightBlock(self, text: str) -> None:
        for starts, form in self._formats:
            if text.startswith(starts):
                self.setFormat(0, len(text), form)
                return


def _format(colour: QColor, *, bold: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(colour)
    if bold:
        made.setFontWeight(QFont.Weight.DemiBold)
    return made
