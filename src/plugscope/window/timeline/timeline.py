"""The timeline: transport, ticks, and the sentence for the step."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QIntValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from plugscope.boot import Recording, tell_step
from plugscope.session import Document, Replay, Theme
from plugscope.window.action import ActionId
from plugscope.window.widget import label, one_line, selectable, tip

from .clock_bar import ClockBar
from .tick_bar import TickBar

_TRANSPORT = (
    *(ActionId.RESTART, ActionId.STEP_BACK, ActionId.STEP, ActionId.PLAY),
    *(ActionId.RUN_TO_BREAKPOINT, ActionId.RUN_TO_END),
)


class Timeline(QWidget):
    """Shows the replay and asks it to move."""

    def __init__(self, document: Document, theme: Theme, actions: Mapping[ActionId, QAction]) -> None:
        super().__init__()
        self._document = document
        self._replay: Replay = document.replay
        self.ticks = TickBar(self._replay, theme)
        self.ticks.go_requested.connect(self._go)
        self.clock = None if document.log is None else ClockBar(document, document.log, theme)
        self.by_clock = QToolButton()
        self._is_clock_usual = self.clock is not None and bool(self.clock.ending)
        self.clock_words = label("", "quiet", wrap=True)
        self.sentence = selectable()
        self.sentence.setMinimumHeight(34)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.sentence.setAccessibleName(self.tr("What happens in this step"))
        self.number = QLineEdit()
        self.number.setFixedWidth(58)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setAccessibleName(self.tr("Step number"))
        self.number.setToolTip(self.tr("Type a step's number and press Enter"))
        self._range = QIntValidator(0, 1, self.number)
        self.number.setValidator(self._range)
        self.number.returnPressed.connect(self._jump)
        self.total = label("", "quiet")
        self.kind = label("", "quiet")
        self.speed = self._speed_box()
        self._build(actions)
        self._replay.cursor_changed.connect(self._show)
        self._replay.recording_changed.connect(self._show)
        self._replay.stopped_at.connect(self._say_stop)
        self._show()

    def _speed_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Speed"))
        box.setToolTip(self.tr("Speed of the replay"))
        for speed in Replay.SPEEDS:
            box.addItem(f"{speed:g}×", speed)
        box.setCurrentIndex(Replay.SPEEDS.index(1.0))
        box.currentIndexChanged.connect(lambda _: self._replay.set_speed(box.currentData()))
        return box

    def _build(self, actions: Mapping[ActionId, QAction]) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(2)
        for name in _TRANSPORT:
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setIconSize(QSize(18, 18))
            button.setAccessibleName(actions[name].text())
            bar.addWidget(button)
        bar.addSpacing(8)
        bar.addWidget(self.number)
        bar.addWidget(self.total)
        bar.addSpacing(6)
        bar.addWidget(self.speed)
        bar.addSpacing(10)
        bar.addWidget(self.ticks, 1)
        if self.clock is not None:
            self._build_clock(self.clock)
            bar.addWidget(self.clock, 1)
        bar.addWidget(self.by_clock)
        bar.addSpacing(8)
        bar.addWidget(self.kind)
        run = QToolButton()
        run.setDefaultAction(actions[ActionId.RUN])
        run.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addWidget(run)
        self._run_button = run
        run.setVisible(self._document.can_run)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 8)
        layout.setSpacing(4)
        layout.addLayout(bar)
        layout.addWidget(self.clock_words)
        layout.addWidget(self.sentence)

    def _build_clock(self, clock: ClockBar) -> None:
        clock.go_requested.connect(self._go)
        self.by_clock.setText(self.tr("Clock"))
        self.by_clock.setCheckable(True)
        self.by_clock.setProperty("role", "switch")
        self.by_clock.setToolTip(self.tr("Show each step at the time when it happened"))
        self.by_clock.setChecked(self._is_clock_usual)
        self.by_clock.toggled.connect(self._show)

    @property
    def clock_override(self) -> bool | None:
        """Whether the clock is switched on or off against what the boot suggests; ``None`` if it is not."""
        wanted = self.by_clock.isChecked()
        return None if wanted is self._is_clock_usual else wanted

    def set_theme(self, theme: Theme) -> None:
        """Use another theme's colours."""
        self.ticks.set_theme(theme)
        if self.clock is not None:
            self.clock.set_theme(theme)

    @Slot(int)
    def _go(self, cursor: int) -> None:
        self._replay.pause()
        self._replay.go(cursor)

    @Slot()
    def _jump(self) -> None:
        text = self.number.text()
        if text.isdecimal():
            self._go(int(text))
        self._show()

    @Slot()
    def _show(self) -> None:
        recording = self._replay.recording
        if recording is None:
            return
        self._show_scale()
        total = len(recording.steps)
        self._range.setTop(max(total, 1))
        self.number.setText(str(self._replay.cursor))
        self.total.setText(f"/ {total}")
        self.kind.setText(
            {
                "predicted": self.tr("predicted"),
                "run": self.tr("really run"),
                "observed": self.tr("observed"),
            }.get(recording.kind, "")
        )
        self._say(self._sentence(recording))

    def _show_scale(self) -> None:
        """Steps side by side, or where the clock puts them, if there is one and the user wants that."""
        clock = self.clock
        offered = clock is not None and clock.is_told
        shown = offered and self.by_clock.isChecked()
        self.by_clock.setVisible(offered)
        self.ticks.setVisible(not shown)
        words = "" if clock is None else clock.words if shown else clock.ending
        self.clock_words.setText(words)
        self.clock_words.setVisible(bool(words))
        if clock is not None:
            clock.setVisible(shown)

    def _sentence(self, recording: Recording) -> str:
        step, total = self._replay.current, len(recording.steps)
        if step is None and total:
            return self.tr("Before the first step: the order is known, nothing has started.")
        if step is None:
            return recording.boot.error or self.tr("There is nothing to start.")
        told = tell_step(recording, step)
        if self._replay.cursor == total and not recording.boot.ok:
            told = f"{told} {self.tr('The boot ends here:')} {recording.boot.error}"
        return told

    def _say(self, sentence: str) -> None:
        """Two lines have room; all of it is in the tooltip."""
        self.sentence.setText(one_line(sentence, 270))
        self.sentence.setToolTip(tip(sentence) if len(sentence) > 160 else "")

    @Slot(str)
    def _say_stop(self, why: str) -> None:
        self._say(f"{self.sentence.text()}  ({self.tr('stopped:')} {why})")
