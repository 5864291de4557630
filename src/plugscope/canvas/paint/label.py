"""Texts on cards: made fit once, kept laid out."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGlyphRun, QPainter, QTextLayout

_KEPT = 6000


def one_line(text: str) -> str:
    """A text as it can stand on one line: control characters and line ends become visible blanks."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else "␣" for sign in text)


class Label:
    """A text that fits. ``width`` is in pixels at 100%."""

    __slots__ = ("_ascent", "_runs", "text", "width")

    def __init__(self, text: str, width: float, ascent: float, runs: list[QGlyphRun]) -> None:
        self.text = text
        self.width = width
        self._ascent = ascent
        self._runs = runs

    def draw(self, painter: QPainter, x: float, baseline: float, *, as_text: bool = False) -> None:
        """Draw it with the painter's pen. ``as_text`` keeps it a text in vector files, in the painter's font.

        Glyph runs cost the same at every zoom, where a QStaticText would be laid out again for each.
        """
        if as_text:
            painter.drawText(QPointF(x, baseline), self.text)
            return
        at = QPointF(x, baseline - self._ascent)
        for run in self._runs:
            painter.drawGlyphRun(at, run)


class Labels:
    """Labels of one font, by text and room. The font is looked up when first used: each costs some milliseconds."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._kept: dict[tuple[str, int], Label] = {}

    @cached_property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.font)

    def kept(self, text: str, room: float) -> Label | None:
        """The label if it has been made before."""
        return self._kept.get((text, int(room)))

    def fit(self, text: str, room: float, *, at_end: bool = False) -> Label:
        """The text, where there is less room with its middle elided, or its end."""
        key = (text, int(room))
        label = self._kept.get(key)
        if label is None:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            label = self._kept[key] = self._make(one_line(text), room, at_end)
        return label

    def _make(self, text: str, room: float, at_end: bool) -> Label:
        width = self._metrics.horizontalAdvance(text)
        if width > room:
            mode = Qt.TextElideMode.ElideRight if at_end else Qt.TextElideMode.ElideMiddle
            text = self._metrics.elidedText(text, mode, room)
            width = self._metrics.horizontalAdvance(text)
        layout = QTextLayout(text, self.font)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        runs = layout.glyphRuns()
        return Label(text, width, line.ascent() if line.isValid() else 0.0, runs)


def font_of(family: str, size: float, *, bold: bool = False) -> QFont:
    """A font by its size in whole pixels at 100%; the painter scales it, so without hinting."""
    font = QFont(family)
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
