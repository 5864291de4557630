"""The boot by the daemon's clock: each plugin stands where it started, and silences are seen."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from plugscope.boot import Recording, RecordingKind, Step
from plugscope.session import Document, Look, Theme, look_of_step
from plugscope.sources.boot_log import BootLog, Gap, Timetable, timetable_of
from plugscope.window.widget import tip

from .clock_scale import ClockScale
from .clock_words import clock_words, duration, gap_words, unfinished
from .scrub import cursor_for
from .tick_look import HEIGHTS, urgency

_EDGE = 4
_TEXT = 15
"""Pixels of the line of times below the ticks."""

_NAMED = 0.04
"""The part of the bar that a gap must take to be labelled."""


class ClockBar(QWidget):
    """Ticks at their time, with a bar as long as a plugin took. Click or drag to go to what started last by then.

    ``words`` says what is seen.
    """

    go_requested = Signal(int)

    def __init__(self, document: Document, log: BootLog, theme: Theme) -> None:
        super().__init__()
        self._replay = document.replay
        self._log = log
        self._theme = theme
        self._table: Timetable = timetable_of(log)
        self._scale = ClockScale(self._table)
        self._timed: list[Step] = []
        self.words = ""
        self.setFixedHeight(40 + _TEXT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline by the clock"))
        self._replay.recording_changed.connect(self._take)
        self._replay.cursor_changed.connect(self.update)
        self._take()

    @property
    def is_told(self) -> bool:
        """Whether what the replay shows is what the log tells, and the log tells times."""
        recording = self._replay.recording
        return recording is not None and recording.kind is RecordingKind.OBSERVED and self._table.is_told

    @property
    def ending(self) -> str:
        """In which plugin the boot came to its end, and how, in words; "" if in none."""
        recording = self._replay.recording
        if recording is None or recording.kind is not RecordingKind.OBSERVED:
            return ""
        return unfinished(self._log, recording)[1]

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self._theme = theme
        self.update()

    @Slot()
    def _take(self) -> None:
        recording = self._replay.recording
        if recording is None or not self.is_told:
            self._timed, self.words = [], ""
        else:
            spans = self._table.spans
            steps = (step for step in recording.steps if step.uri in spans)
            self._timed = sorted(steps, key=lambda step: (spans[step.uri][0], step.index))
            self.words = clock_words(self._table, self._scale, self._log, recording)
        self.setAccessibleDescription(self.words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 40 + _TEXT)

    # Where things stand

    def _x(self, seconds: float) -> float:
        return _EDGE + self._scale.place(seconds) * (self.width() - 2 * _EDGE)

    def _step_at(self, x: float) -> Step:
        """The step that started last by then; the first one before that. Of those at one place, the most urgent."""
        spans = self._table.spans
        begun = [step for step in self._timed if self._x(spans[step.uri][0]) <= x + 1] or self._timed[:1]
        last = self._x(spans[begun[-1].uri][0])
        near = [step for step in begun[-12:] if last - self._x(spans[step.uri][0]) < 1]
        return max(near, key=lambda step: (urgency(look_of_step(step)), step.index))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        recording = self._replay.recording
        if recording is None or not self._timed:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPointSizeF(max(font.pointSizeF() - 1.5, 6.0))
        painter.setFont(font)
        bottom = self.height() - _TEXT - 2
        painter.setPen(QPen(self._theme.line2, 1))
        painter.drawLine(QPointF(_EDGE, bottom + 0.5), QPointF(self.width() - _EDGE, bottom + 0.5))
        self._paint_steps(painter, bottom, unfinished(self._log, recording)[0])
        self._paint_gaps(painter, bottom)
        self._paint_cursor(painter, bottom)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.accent, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_steps(self, painter: QPainter, bottom: float, hung: str) -> None:
        looks = [(look_of_step(step), step) for step in self._timed]
        painter.setPen(Qt.PenStyle.NoPen)
        for look, step in sorted(looks, key=lambda one: urgency(one[0])):
            begins, ends = (self._x(second) for second in self._table.spans[step.uri])
            colour = self._colour(look, step.index < self._replay.cursor)
            if step.uri == hung:
                self._paint_hang(painter, begins, max(ends, begins + 14), bottom)
            elif ends - begins > 3:
                faint = QColor(colour)
                faint.setAlphaF(faint.alphaF() * 0.35)
                painter.fillRect(QRectF(begins, bottom - 6, ends - begins, 6), faint)
            height = HEIGHTS.get(look, 14)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(begins - 1, bottom - height, 3, height), 1.5, 1.5)

    def _paint_hang(self, painter: QPainter, left: float, right: float, bottom: float) -> None:
        """Hatched from the start to the end of all that is told, and closed by a stop."""
        right = min(right, self.width() - _EDGE)
        ink = self._theme.outcome(Look.ERROR).ink
        painter.fillRect(QRectF(left, bottom - 12, right - left, 12), QBrush(ink, Qt.BrushStyle.BDiagPattern))
        painter.fillRect(QRectF(right - 3, bottom - 26, 3, 26), ink)

    def _paint_gaps(self, painter: QPainter, bottom: float) -> None:
        """How long the silences are, the longest first, the beginning and the end; and where the scale is broken."""
        metrics = painter.fontMetrics()
        base = self.height() - 4
        taken: list[tuple[float, float]] = []
        for x, text, colour in self._labels():
            width = metrics.horizontalAdvance(text)
            left = min(max(x - width / 2, _EDGE), self.width() - _EDGE - width)
            if any(left < end + 8 and start < left + width + 8 for start, end in taken):
                continue
            taken.append((left, left + width))
            painter.setPen(colour)
            painter.drawText(QPointF(left, base), text)
        for gap in self._scale.shortened:
            middle = self._middle(gap)
            painter.setPen(QPen(self._theme.panel, 5))
            painter.drawLine(QPointF(middle - 3, bottom + 2), QPointF(middle + 3, bottom - 14))
            painter.setPen(QPen(self._theme.text2, 1.2))
            for shift in (-2.5, 2.5):
                painter.drawLine(
                    QPointF(middle - 3 + shift, bottom + 2), QPointF(middle + 3 + shift, bottom - 14)
                )

    def _labels(self) -> Iterator[tuple[float, str, QColor]]:
        """What is written below the ticks and where its middle is; what has no room beside the former is left out."""
        table, theme = self._table, self._theme
        shortened = set(self._scale.shortened)
        named = sorted(table.gaps, key=lambda one: -one.length)[:4]
        for gap in named:
            if gap in shortened:
                yield self._middle(gap), f"≈ {duration(gap.length)}", theme.text2
        if table.begins is not None:
            yield 0, table.begins.clock, theme.text3
        yield self.width(), f"+{duration(table.length)}", theme.text3
        for gap in named:
            width = self._x(gap.start + gap.length) - self._x(gap.start)
            if gap not in shortened and width >= _NAMED * self.width():
                yield self._middle(gap), duration(gap.length), theme.text2

    def _middle(self, gap: Gap) -> float:
        return (self._x(gap.start) + self._x(gap.start + gap.length)) / 2

    def _colour(self, look: Look, done: bool) -> QColor:
        colour = QColor(self._theme.outcome(look).colour)
        if not done:
            colour.setAlphaF(0.28)
        return colour

    def _paint_cursor(self, painter: QPainter, bottom: float) -> None:
        done = [step for step in self._timed if step.index < self._replay.cursor]
        current = max(done, key=lambda step: step.index, default=None)
        x = self._x(0.0 if current is None else self._table.spans[current.uri][0])
        painter.setPen(QPen(self._theme.accent, 1.5))
        painter.drawLine(QPointF(x + 0.5, 3), QPointF(x + 0.5, bottom + 3))

    # Going

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._timed and event.button() == Qt.MouseButton.LeftButton:
            self.go_requested.emit(self._step_at(event.position().x()).index + 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._timed and event.buttons() & Qt.MouseButton.LeftButton:
            self.go_requested.emit(self._step_at(event.position().x()).index + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = cursor_for(event.key(), self._replay.cursor, len(self._replay.steps))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.go_requested.emit(wanted)

    def event(self, event: QEvent) -> bool:
        recording = self._replay.recording
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._timed:
            assert recording is not None, "there are steps"
            QToolTip.showText(event.globalPos(), tip(self._told_at(event.pos().x(), recording)), self)
            return True
        return super().event(event)

    def _told_at(self, x: float, recording: Recording) -> str:
        """The plugin at a place, and the silence that it is in."""
        step = self._step_at(x)
        begins, ends = self._table.spans[step.uri]
        word = self._theme.outcome(look_of_step(step)).word
        took = f", {duration(ends - begins)}" if ends > begins else ""
        lines = [f"{step.index + 1}  {step.uri}", f"{word}, +{duration(begins)}{took}"]
        gap = self._gap_at(x)
        if gap is not None and gap.within != step.uri:
            lines.append(gap_words(gap, recording))
        return "\n".join(lines)

    def _gap_at(self, x: float) -> Gap | None:
        second = self._scale.second((x - _EDGE) / max(self.width() - 2 * _EDGE, 1))
        return next((gap for gap in self._table.gaps if gap.start <= second <= gap.start + gap.length), None)
