"""The boot as a row of ticks, one a step: a scrubber that always shows where the replay is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from plugscope.boot import full_name
from plugscope.session import Look, Replay, Theme
from plugscope.window.widget import tip

from .scrub import cursor_for
from .tick_look import HEIGHTS, urgency


class TickBar(QWidget):
    """Ticks in their outcomes' colours; higher for failures, so that shape tells as well. Click or drag to go."""

    go_requested = Signal(int)

    def __init__(self, replay: Replay, theme: Theme) -> None:
        super().__init__()
        self._replay = replay
        self._theme = theme
        self._looks: list[Look] = []
        self._columns: list[Look] = []
        self._cursor = 0
        self.setMinimumHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline"))
        replay.recording_changed.connect(self._take)
        replay.cursor_changed.connect(self._describe)
        replay.breakpoints_changed.connect(self.update)
        self._take()

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self._theme = theme
        self.update()

    def _take(self) -> None:
        self._looks = self._replay.looks
        self._columns = []
        self._describe()
        self.update()

    def _describe(self) -> None:
        before, self._cursor = self._cursor, self._replay.cursor
        self.setAccessibleDescription(f"{self._cursor} / {len(self._looks)}")
        left, right = (4 + at * self._pitch() for at in sorted((before, self._cursor)))
        margin = self._pitch() + 6
        self.update(QRectF(left - margin, 0, right - left + 2 * margin, self.height()).toAlignedRect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._columns = []
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 40)

    def _pitch(self) -> float:
        return (self.width() - 8) / max(len(self._looks), 1)

    def _index_at(self, x: float) -> int:
        return max(0, min(int((x - 4) / self._pitch()), len(self._looks) - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        if not self._looks:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._pitch() >= 4)
        if self._pitch() < 3:
            self._paint_columns(painter, event.rect())
        else:
            self._paint_ticks(painter, self._pitch())
        self._paint_cursor(painter)

    def _paint_ticks(self, painter: QPainter, pitch: float) -> None:
        gap = 1.0 if pitch < 8 else 2.0
        points = self._replay.breakpoints.positions
        steps = self._replay.steps
        for number, look in enumerate(self._looks):
            rect = self._tick(4 + number * pitch, pitch - gap, look)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(look, number < self._replay.cursor))
            painter.drawRoundedRect(rect, 2, 2)
            if steps[number].position in points:
                painter.setBrush(self._theme.outcome(Look.ERROR).colour)
                painter.drawEllipse(QPointF(rect.center().x(), 4), 2.5, 2.5)

    def _tick(self, left: float, width: float, look: Look) -> QRectF:
        height = HEIGHTS.get(look, 14)
        return QRectF(left, self.height() - 6 - height, width, height)

    def _paint_columns(self, painter: QPainter, dirty: QRect) -> None:
        """Thousands of steps: a column of pixels shows the most urgent of those that fall into it."""
        total, width = len(self._looks), self.width() - 8
        if width <= 0:
            return
        if not self._columns:
            self._columns = most_urgent(self._looks, width)
        split = -(-self._replay.cursor * width // total)
        first, last = max(dirty.left() - 4, 0), min(dirty.right() - 2, width)
        bottom = self.height() - 6
        for done, start, end in ((True, first, min(split, last)), (False, max(split, first), last)):
            colours = {look: self._colour(look, done) for look in set(self._columns)}
            for look, left, right in _runs(self._columns, start, end):
                height = HEIGHTS.get(look, 14)
                painter.fillRect(4 + left, bottom - height, right - left, height, colours[look])

    def _colour(self, look: Look, done: bool) -> QColor:
        colour = QColor(self._theme.outcome(look).colour)
        if not done:
            colour.setAlphaF(0.28)
        return colour

    def _paint_cursor(self, painter: QPainter) -> None:
        pitch = self._pitch()
        x = 4 + self._replay.cursor * pitch
        painter.setPen(QPen(self._theme.accent, 2))
        current = self._replay.cursor - 1
        if pitch >= 3 and current >= 0:
            rect = self._tick(4 + current * pitch, pitch - (1.0 if pitch < 8 else 2.0), self._looks[current])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 3, 3)
        else:
            painter.drawLine(QPointF(x, 8), QPointF(x, self.height() - 4))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._looks and event.button() == Qt.MouseButton.LeftButton:
            self.go_requested.emit(self._index_at(event.position().x()) + 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._looks and event.buttons() & Qt.MouseButton.LeftButton:
            self.go_requested.emit(self._index_at(event.position().x()) + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cursor, total = self._replay.cursor, len(self._looks)
        wanted = cursor_for(event.key(), cursor, total)
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.go_requested.emit(wanted)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._looks:
            step = self._replay.steps[self._index_at(event.pos().x())]
            word = self._theme.outcome(self._looks[step.index]).word
            QToolTip.showText(
                event.globalPos(),
                tip(f"{step.index + 1}  {full_name(step.entry.registration)}\n{word}"),
                self,
            )
            return True
        return super().event(event)


def most_urgent(looks: list[Look], width: int) -> list[Look]:
    """The most urgent look of those that fall into each of so many columns."""
    total = len(looks)
    edges = [column * total // width for column in range(width + 1)]
    return [max(looks[start : end + 1], key=urgency) for start, end in pairwise(edges)]


def _runs(columns: list[Look], start: int, end: int) -> Iterator[tuple[Look, int, int]]:
    """Equal neighbours as one: look, first column, the column after the last."""
    left = start
    for column in range(start + 1, end + 1):
        if column == end or columns[column] is not columns[left]:
            yield columns[left], left, column
            left = column
