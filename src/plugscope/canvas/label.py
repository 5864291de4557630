"""Texts on cards: made fit once, kept laid out."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText

_KEPT = 6000


def one_line(text: str) -> str:
    """A text as it can stand on one line: control characters and line ends become visible blanks."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else "␣" for sign in text)


class Label:
    """A text that fits. ``width`` is in pixels at 100%."""

    __slots__ = ("_laid_out", "ascent", "text", "width")

    def __init__(self, text: str, width: float, ascent: float) -> None:
        self.text = text
        self.width = width
        self.ascent = ascent
        self._laid_out: QStaticText | None = None

    def draw(self, painter: QPainter, x: float, baseline: float, *, as_text: bool = False) -> None:
        """Draw it with the painter's font and pen. ``as_text`` keeps it a text in vector files."""
        if as_text:
            painter.drawText(QPointF(x, baseline), self.text)
            return
        if self._laid_out is None:
            self._laid_out = QStaticText(self.text)
            self._laid_out.setTextFormat(Qt.TextFormat.PlainText)
            self._laid_out.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        painter.drawStaticText(QPointF(x, baseline - self.ascent), self._laid_out)


class Labels:
    """Labels of one font, by text and room."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self._kept: dict[tuple[str, int], Label] = {}

    @property
    def ascent(self) -> float:
        return self._metrics.ascent()

    def fit(self, text: str, room: float) -> Label:
        """The text, with its middle elided where there is less room."""
        key = (text, int(room))
        label = self._kept.get(key)
        if label is None:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            label = self._kept[key] = self._make(one_line(text), room)
        return label

    def _make(self, text: str, room: float) -> Label:
        width = self._metrics.horizontalAdvance(text)
        if width > room:
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
            width = self._metrics.horizontalAdvance(text)
        return Label(text, width, self._metrics.ascent())


def font_of(family: str, size: float, *, bold: bool = False) -> QFont:
    """A font by its size in whole pixels at 100%; the painter scales it, so without hinting."""
    font = QFont(family)
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
