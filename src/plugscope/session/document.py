"""What the window shows: one boot over one catalog, with a replay, a selection and marks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import PurePath

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from plugscope.boot import (
    Diagnosis,
    Diagnostic,
    Impact,
    Lints,
    Neighbours,
    Plan,
    Recording,
    Step,
    diagnose,
    short_name,
)
from plugscope.layout import Graph, Picture, lane_picture
from plugscope.sources import Opened

from .replay import Breakpoints, Replay
from .undo_command import Change

NO_IMPACT = Impact((), (), (), (), ())


class Document(QObject):
    """What can be looked at. Widgets read its properties, listen to its signals and call its verbs.

    ``predicted`` is the recording that it is about, ``baseline`` what it is compared with, and ``impact`` the
    difference: in a document that cannot be changed these are the same, and nothing. ``observed`` is what happened,
    where the source tells of it, and ``log`` says which line told of what. ``release`` and ``over`` are as in
    ``Opened``.

    When anything of this becomes another, ``replay.recording_changed`` says so, once all of it has. ``marks_changed``
    is about ``marked``: the positions of those to point out.
    """

    selection_changed = Signal()
    marks_changed = Signal()

    plan: Plan
    baseline: Recording
    predicted: Recording
    impact: Impact

    def __init__(
        self, opened: Opened, parent: QObject | None = None, *, picture: Picture | None = None
    ) -> None:
        super().__init__(parent)
        self.source = opened.source
        self.catalog = opened.catalog
        self.observed = opened.observed
        self.log = opened.log
        self.release = opened.release
        self.over = opened.over
        self.under = opened.under
        self.undo_stack = QUndoStack(self)
        self.replay = Replay(self)
        self.selection: frozenset[int] = frozenset()
        self._picture = picture
        self._marked: frozenset[int] = frozenset()
        # By URI, of plugins that the source lacks just now: a file may be read while it is being written.
        self._awaited_stops: frozenset[str] = frozenset()
        self._awaited_selection: frozenset[str] = frozenset()
        self._diagnosed: tuple[Recording, Diagnosis] | None = None
        self._lints: Lints | None = None

    # What there is

    @property
    def title(self) -> str:
        """What to call it: a log or a listing by its file's name; with what tells of its boot, if that is another."""
        name = self.catalog.name or self.source.text
        if self.over:
            return f"{name} ← {PurePath(self.over).name}"
        is_file = self.source.file is not None and name == str(self.source.file)
        return PurePath(name).name if is_file or (self.log is not None and name == self.log.name) else name

    @property
    def can_change(self) -> bool:
        """Whether plugins can be toggled in it."""
        return False

    @property
    def can_run(self) -> bool:
        """Whether its plugins are Python that a worker can really run."""
        return False

    @property
    def daemon(self) -> str:
        """The address of the daemon that tells what happened, and can be asked again; "" if none does."""
        return ""

    @property
    def run(self) -> Recording | None:
        """The real run that the replay shows, if it shows one."""
        return None

    @property
    def toggled(self) -> frozenset[int]:
        """The positions of what the user turned the other way round from what the source says."""
        return frozenset()

    @property
    def picture(self) -> Picture:
        """The graph as it is drawn at once, in lanes; nothing that a user does here moves a card."""
        if self._picture is None:
            self._picture = lane_picture(Graph(self.catalog))
        return self._picture

    @cached_property
    def neighbours(self) -> Neighbours:
        """Who requires whom: nothing that a user does here changes it."""
        return Neighbours(self.plan)

    @property
    def absent(self) -> frozenset[int]:
        """The positions of those that the boot which is shown does not register at all."""
        return frozenset()

    @property
    def marked(self) -> frozenset[int]:
        """The positions of those to point out, because they differ."""
        return self._marked

    @property
    def disabled(self) -> frozenset[int]:
        """The positions of the disabled plugins, by the source and by the user."""
        return self.plan.disabled

    def members_of(self, name: str) -> frozenset[int]:
        """The positions of all plugins of a type."""
        entries = self.catalog.entries
        return frozenset(n for n, entry in enumerate(entries) if entry.registration.type == name)

    def name_of(self, position: int) -> str:
        """The short name of a plugin."""
        return short_name(self.catalog.entries[position].uri, self.plan)

    @property
    def lints(self) -> Lints:
        """The lints of the catalog as it is now known."""
        if self._lints is None or self._lints.catalog is not self.plan.catalog:
            self._lints = Lints(self.plan.catalog)
        return self._lints

    def problems(self) -> list[Diagnostic]:
        """All diagnostics of the plan as it stands."""
        return self.lints.all(self.plan)

    def diagnosis(self) -> Diagnosis:
        """The causes in the recording that the replay shows."""
        recording = self.replay.recording or self.predicted
        if self._diagnosed is None or self._diagnosed[0] is not recording:
            self._diagnosed = (recording, diagnose(recording))
        return self._diagnosed[1]

    def step_of(self, position: int) -> Step | None:
        """The step of a plugin in the recording that the replay shows."""
        recording = self.replay.recording
        return None if recording is None else recording.by_position.get(position)

    # What the user does

    def toggle_breakpoints(self, positions: Iterable[int]) -> None:
        """Set or take away breakpoints on plugins."""
        points = self.replay.breakpoints
        after = points
        for position in positions:
            after = after.toggled(position)
        self.change_breakpoints(after, "Change breakpoint")

    def change_breakpoints(self, after: Breakpoints, text: str = "Change breakpoints") -> None:
        """Stop the replay at these breakpoints instead."""
        before = self.replay.breakpoints
        if after != before:
            self.undo_stack.push(Change(text, self.replay.set_breakpoints, before, after))

    def select(self, positions: Iterable[int]) -> None:
        """Select these plugins."""
        wanted = frozenset(positions)
        if wanted != self.selection:
            self.selection = wanted
            self.selection_changed.emit()

    def mark(self, positions: Iterable[int]) -> None:
        """Point these out, and no others."""
        marked = frozenset(positions)
        if marked != self._marked:
            self._marked = marked
            self.marks_changed.emit()

    def resume(self, before: Document) -> None:
        """Take over what was selected, the breakpoints, and where the replay stands, of the same source as it was read
        before; for plugins that it lacks now, until they are there again."""
        known, entries = self.plan.position, before.catalog.entries
        points = before.replay.breakpoints
        stops = before._awaited_stops | {entries[position].uri for position in points.positions}
        chosen = (
            frozenset(entries[position].uri for position in before.selection) or before._awaited_selection
        )
        here = frozenset(known[uri] for uri in stops if uri in known)
        self.replay.set_breakpoints(replace(points, positions=here))
        self.select(known[uri] for uri in chosen if uri in known)
        self._awaited_stops, self._awaited_selection = stops - known.keys(), chosen - known.keys()
        current = before.replay.current
        if before.replay.cursor < len(before.replay.steps):
            step = None if current is None else self.predicted.by_uri.get(current.uri)
            self.replay.go(before.replay.cursor if step is None else step.index + 1)
