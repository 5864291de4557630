"""The replay: a cursor on an immutable recording, with breakpoints and a clock."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from plugscope.boot import Outcome, Recording, Step

from .look import Look, looks_of


class Breakpoints(Struct, frozen=True):
    """Where a replay stops: at plugins (positions), at types, at the first error, at the first skip."""

    positions: frozenset[int] = frozenset()
    types: frozenset[str] = field(default_factory=frozenset)
    first_error: bool = False
    first_skip: bool = False

    def __bool__(self) -> bool:
        return bool(self.positions or self.types or self.first_error or self.first_skip)

    def toggled(self, position: int) -> Breakpoints:
        """The same with one plugin's breakpoint set or taken away."""
        return replace(self, positions=self.positions ^ {position})

    def type_toggled(self, name: str) -> Breakpoints:
        """The same with one type's breakpoint set or taken away."""
        return replace(self, types=self.types ^ {name})


class Replay(QObject):
    """Goes through a recording. ``cursor`` counts the steps done: 0 is before the first, ``len`` after the last.

    ``recording_changed`` says that another recording is shown, with a cursor of its own; ``cursor_changed`` that the
    cursor moved in the one that is.
    """

    cursor_changed = Signal(int)
    playing_changed = Signal(bool)
    recording_changed = Signal()
    breakpoints_changed = Signal()
    stopped_at = Signal(str)

    SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 10.0)
    _MS_PER_STEP = 600

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recording: Recording | None = None
        self._looks: list[Look] | None = None
        self._cursor = 0
        self._breakpoints = Breakpoints()
        self._speed = 1.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)

    @property
    def recording(self) -> Recording | None:
        """The boot that is replayed, if there is one."""
        return self._recording

    @property
    def steps(self) -> list[Step]:
        """Its steps; none without a boot."""
        return [] if self._recording is None else self._recording.steps

    @property
    def looks(self) -> list[Look]:
        """The look of each step when it has been done; found once for all who show it."""
        if self._looks is None:
            self._looks = looks_of(self.steps)
        return self._looks

    @property
    def cursor(self) -> int:
        """How many steps have been done."""
        return self._cursor

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    @property
    def breakpoints(self) -> Breakpoints:
        """Where it stops."""
        return self._breakpoints

    @property
    def current(self) -> Step | None:
        """The step that was done last."""
        return self.steps[self._cursor - 1] if 0 < self._cursor <= len(self.steps) else None

    def show(self, recording: Recording, cursor: int | None = None) -> None:
        """Take another recording; the cursor goes to its end unless told otherwise."""
        self.pause()
        self._recording = recording
        self._looks = None
        wanted = len(recording.steps) if cursor is None else cursor
        self._cursor = max(0, min(wanted, len(recording.steps)))
        self.recording_changed.emit()

    def set_breakpoints(self, breakpoints: Breakpoints) -> None:
        """Stop there from now on."""
        if breakpoints != self._breakpoints:
            self._breakpoints = breakpoints
            self.breakpoints_changed.emit()

    @Slot(int)
    def go(self, cursor: int) -> None:
        """Move the cursor; out of range means the nearest end."""
        cursor = max(0, min(cursor, len(self.steps)))
        if cursor != self._cursor:
            self._cursor = cursor
            self.cursor_changed.emit(cursor)

    @Slot()
    def restart(self) -> None:
        """Before the first step."""
        self.pause()
        self.go(0)

    @Slot()
    def step(self) -> None:
        """Do the next step, if there is one."""
        self.pause()
        self.go(self._cursor + 1)

    @Slot()
    def step_back(self) -> None:
        """Undo the last step, if there is one."""
        self.pause()
        self.go(self._cursor - 1)

    @Slot()
    def run_to_end(self) -> None:
        """After the last step."""
        self.pause()
        self.go(len(self.steps))

    @Slot()
    def run_to_breakpoint(self) -> None:
        """On to the next step that a breakpoint is at, or to the end."""
        self.pause()
        for cursor in range(self._cursor + 1, len(self.steps) + 1):
            why = self._stops_at(cursor)
            if why:
                self.go(cursor)
                self.stopped_at.emit(why)
                return
        self.run_to_end()

    @Slot()
    def toggle_play(self) -> None:
        """Play on, from the start if it is at the end; or pause."""
        if self.is_playing:
            self.pause()
        elif self.steps:
            if self._cursor >= len(self.steps):
                self.go(0)
            self._timer.start(self._interval())
            self.playing_changed.emit(True)

    @Slot()
    def pause(self) -> None:
        """Stay where it is."""
        if self._timer.isActive():
            self._timer.stop()
            self.playing_changed.emit(False)

    def set_speed(self, speed: float) -> None:
        """How fast to play: 1 is a step in 0.6 s."""
        self._speed = speed
        if self._timer.isActive():
            self._timer.setInterval(self._interval())

    def _interval(self) -> int:
        return max(16, int(self._MS_PER_STEP / self._speed))

    @Slot()
    def _tick(self) -> None:
        self.go(self._cursor + 1)
        why = self._stops_at(self._cursor)
        if why:
            self.stopped_at.emit(why)
        if why or self._cursor >= len(self.steps):
            self.pause()

    def _stops_at(self, cursor: int) -> str:
        """Why to stop with the cursor there, or ""."""
        step = self.steps[cursor - 1]
        points = self._breakpoints
        if step.position in points.positions:
            return f"breakpoint on {step.uri}"
        if step.entry.registration.type in points.types:
            return f"breakpoint on type {step.entry.registration.type}"
        for wanted, outcome, word in (
            (points.first_error, Outcome.ERROR, "first error"),
            (points.first_skip, Outcome.SKIP, "first skip"),
        ):
            if wanted and step.outcome is outcome and self._is_first(step):
                return word
        return ""

    def _is_first(self, step: Step) -> bool:
        """Whether no step before it came out as it did."""
        return all(other.outcome is not step.outcome for other in self.steps[: step.index])
