"""A unified diff to be read: monospaced, coloured, and plain text."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from plugscope.session import Look, Theme
from plugscope.window.widget import fixed_font, visible

_TAB = 4


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
