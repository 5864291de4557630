"""Settings on a page of the inspector: as in a configuration, with where each comes from behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QPalette,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)

from plugscope.window.widget import FittedBox, visible

from .page_item import Item

_JOINED = str.maketrans({" ": "\u00a0", "-": "\u2011"})
_PARTED = str.maketrans({"\u00a0": " ", "\u2011": "-"})
"""A location is not broken in the middle; what is copied is as it was written."""


class SettingBox(Item):
    """Lines of settings. The words are the lines, and behind them as many locations, "" where there is none."""

    def __init__(self, kind: str, size: float, quiet: bool) -> None:
        self._box = box = _Box(size, quiet)
        super().__init__(kind, box)

    def _show(self, *words: str) -> None:
        count = len(words) // 2
        lines = [visible(line).replace("\n", " ") for line in words[:count]]
        self._box.show_lines(lines, [visible(location) for location in words[count:]])


class _Box(FittedBox):
    """The lines, with their locations in a fainter colour."""

    def __init__(self, size: float, quiet: bool) -> None:
        super().__init__(size)
        self._locations = _Locations(self.document())
        self._quiet = quiet

    def show_lines(self, lines: list[str], locations: list[str]) -> None:
        self._locations.starts = [len(line) for line in lines]
        self._colour()
        text = "\n".join(
            f"{line}  {f'# {location}'.translate(_JOINED)}" if location else line
            for line, location in zip(lines, locations, strict=True)
        )
        self.show_text(text)
        self.setAccessibleName(f"{len(lines)} lines of settings")

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText().translate(_PARTED))
        return data

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
            self._locations.rehighlight()

    def _colour(self) -> None:
        # The application's: the style sheet makes that of an editor half transparent.
        faint = QGuiApplication.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
        strong = self.palette().color(QPalette.ColorRole.Text)
        self._locations.set_colours(faint if self._quiet else strong, faint)


class _Locations(QSyntaxHighlighter):
    """Draws what stands behind a setting in a fainter colour."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.starts: list[int] = []
        """How long each line is without its location."""
        self._line, self._location = QTextCharFormat(), QTextCharFormat()

    def set_colours(self, line: QColor, location: QColor) -> None:
        """The colours from the next time on."""
        self._line.setForeground(line)
        self._location.setForeground(location)

    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        start = self.starts[number] if number < len(self.starts) else len(text)
        self.setFormat(0, start, self._line)
        self.setFormat(start, len(text) - start, self._location)
