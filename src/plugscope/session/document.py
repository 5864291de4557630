"""The open document: one catalog, what the user disabled in it, and what comes of that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import PurePath

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from plugscope.boot import (
    Catalog,
    Diagnosis,
    Diagnostic,
    Impact,
    Lints,
    Neighbours,
    Outcome,
    Plan,
    Recording,
    Step,
    compare,
    diagnose,
    learn,
    make_plan,
    predict,
    short_name,
)
from plugscope.layout import Graph, Picture, lane_picture
from plugscope.plugin import Semantics, short_type
from plugscope.sources import Kind, Source, is_runnable
from plugscope.sources.boot_log import BootLog

from .command import Change
from .pending_state import PendingState
from .replay import Breakpoints, Replay

NO_IMPACT = Impact((), (), (), (), ())


class Document(QObject):
    """What the window shows. Widgets read its properties, listen to its signals and call its verbs.

    ``baseline`` is the prediction with nothing toggled, ``predicted`` the one with the user's changes, ``impact``
    the difference. The replay goes through ``predicted`` or through a real run. ``observed`` is what happened, where
    the source tells of it (a log, a daemon): with nothing toggled it stands for both, and what the user toggles is
    predicted from it; ``log`` says which line told of what. ``release``: which one a configuration was applied to, as
    it was asked for (``Loaded.release``), or ``None`` if it is no configuration. ``over``: the source that tells what
    happened, where it is another one; ``under``: the catalog below it, if that one is a daemon. ``predicted`` and
    ``picture`` may be handed in where they were made beside the event loop.
    """

    opened = Signal()
    plan_changed = Signal()
    selection_changed = Signal()
    run_changed = Signal()
    marks_changed = Signal()

    plan: Plan
    baseline: Recording
    predicted: Recording
    impact: Impact

    def __init__(
        self,
        source: Source,
        catalog: Catalog,
        parent: QObject | None = None,
        *,
        observed: Recording | None = None,
        log: BootLog | None = None,
        predicted: Recording | None = None,
        picture: Picture | None = None,
        release: str | None = None,
        over: str = "",
        under: Catalog | None = None,
    ) -> None:
        super().__init__(parent)
        self.source = source
        self.catalog = catalog
        self.undo_stack = QUndoStack(self)
        self.replay = Replay(self)
        self.toggled: frozenset[int] = frozenset()
        self.selection: frozenset[int] = frozenset()
        self.run: Recording | None = None
        self._diagnosed: tuple[Recording, Diagnosis] | None = None
        self.observed = observed
        self.log = log
        self.release = release
        self.over = over
        self.under = under
        self._learned = catalog
        self._lints: Lints | None = None
        self._marked: frozenset[int] = frozenset()
        self._pending = PendingState()
        self._granted: dict[int, bool] = {}
        """What the user toggled and the source says by itself by now: whether it is to be disabled."""
        if picture is not None:
            self.__dict__["picture"] = picture
        if predicted is None or observed is not None:
            self._compute()
        else:
            self.plan, self.baseline, self.predicted = predicted.plan, predicted, predicted
            self.impact = NO_IMPACT
        self.replay.show(self.predicted)

    # What there is

    @property
    def title(self) -> str:
        """What to call it: a log or a listing by its file's name; with what tells of its boot, if that is another."""
        name = self.catalog.name or self.source.text
        if self.over:
            return f"{name} ← {PurePath(self.over).name}"
        is_file = self.source.file is not None and name == str(self.source.file)
        return PurePath(name).name if is_file or (self.log is not None and name == self.log.name) else name

    @cached_property
    def picture(self) -> Picture:
        """The graph as it is drawn at once, in lanes; nothing that a user does here moves a card."""
        return lane_picture(Graph(self.catalog))

    @cached_property
    def neighbours(self) -> Neighbours:
        """Who requires whom: nothing that a user does here changes it."""
        return Neighbours(self.plan)

    @cached_property
    def can_run(self) -> bool:
        """Whether its plugins are Python that a worker can really run."""
        return self.source.kind is Kind.PYTHON or is_runnable(self.catalog)

    @property
    def daemon(self) -> str:
        """The address of the daemon that tells what happened, and can be asked again; "" if none does."""
        if self.observed is None:
            return ""
        if self.under is not None:
            return self.over
        return self.source.text if self.source.kind is Kind.DAEMON else ""

    @property
    def can_change(self) -> bool:
        """Whether plugins can be toggled in it."""
        return True

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

    def outcome_at(self, position: int) -> Outcome | None:
        """The outcome of a plugin as far as the replay has come; ``None`` while its turn is still to come."""
        if position in self.plan.disabled:
            return Outcome.DISABLED
        step = self.step_of(position)
        if step is None:
            return Outcome.NOT_REACHED
        return step.outcome if step.index < self.replay.cursor else None

    def step_of(self, position: int) -> Step | None:
        """The step of a plugin in the recording that the replay shows."""
        recording = self.replay.recording
        return None if recording is None else recording.by_position.get(position)

    # What the user does

    def toggle(self, positions: Iterable[int]) -> None:
        """Disable what is enabled of these and enable what is disabled; if some are disabled, enable all."""
        wanted = frozenset(positions)
        disabled = wanted & self.plan.disabled
        self._toggle(disabled or wanted, "Enable" if disabled else "Disable")

    def set_disabled(self, positions: Iterable[int], disabled: bool) -> None:
        """Disable or enable these."""
        wanted = frozenset(positions)
        change = wanted - self.plan.disabled if disabled else wanted & self.plan.disabled
        self._toggle(change, "Disable" if disabled else "Enable")

    def _toggle(self, change: frozenset[int], word: str) -> None:
        if not change:
            return
        what = self.name_of(next(iter(change))) if len(change) == 1 else f"{len(change)} plugins"
        after = self.toggled ^ change
        self.undo_stack.push(Change(f"{word} {what}", self._set_toggled, self.toggled, after))

    def toggle_type(self, name: str) -> None:
        """Disable a whole type, or enable it if all of it is disabled."""
        members = self.members_of(name)
        everything_off = members <= self.plan.disabled
        change = members if everything_off else members - self.plan.disabled
        if change:
            word = "Enable" if everything_off else "Disable"
            after = self.toggled ^ change
            self.undo_stack.push(
                Change(f"{word} type {short_type(name)}", self._set_toggled, self.toggled, after)
            )

    def enable_all(self) -> None:
        """Take back all that the user toggled."""
        if self.toggled:
            self._pending = replace(self._pending, overrides={})
            self.undo_stack.push(Change("Reset changes", self._set_toggled, self.toggled, frozenset()))

    def set_semantics(self, semantics: Semantics) -> None:
        """Look at the catalog under another era's rules."""
        if semantics is not self.catalog.semantics:
            before = self.catalog.semantics
            self.undo_stack.push(Change(f"Use {semantics} semantics", self._set_semantics, before, semantics))

    def toggle_breakpoints(self, positions: Iterable[int]) -> None:
        """Set or take away breakpoints on plugins."""
        points = self.replay.breakpoints
        after = points
        for position in positions:
            after = after.toggled(position)
        self.change_breakpoints(after, "Change breakpoint")

    def change_breakpoints(self, after: Breakpoints, text: str = "Change breakpoints") -> None:
        """Use other breakpoints."""
        before = self.replay.breakpoints
        if after != before:
            self.undo_stack.push(Change(text, self.replay.set_breakpoints, before, after))

    def select(self, positions: Iterable[int]) -> None:
        """Select these plugins."""
        wanted = frozenset(positions)
        if wanted != self.selection:
            self.selection = wanted
            self.selection_changed.emit()

    def restore(self, overrides: Mapping[str, bool]) -> None:
        """Toggle what was toggled in an earlier session, without an undo step; not what the source says by now."""
        known, off = self.plan.position, self.plan.disabled ^ self.toggled
        toggled = frozenset(
            known[uri] for uri, wanted in overrides.items() if uri in known and (known[uri] in off) != wanted
        )
        lacking = {uri: wanted for uri, wanted in overrides.items() if uri not in known}
        self._pending = replace(self._pending, overrides=lacking)
        if toggled != self.toggled:
            self._set_toggled(toggled)

    def resume(self, before: Document) -> None:
        """Take over what was selected, the breakpoints, and where the replay stands, of the same source as it was read
        before; for plugins that it lacks now, until they are there again.
        """
        known, entries = self.plan.position, before.catalog.entries
        points, pending = before.replay.breakpoints, before._pending
        stops = pending.points | {entries[position].uri for position in points.positions}
        chosen = frozenset(entries[position].uri for position in before.selection) or pending.selection
        here = frozenset(known[uri] for uri in stops if uri in known)
        self.replay.set_breakpoints(replace(points, positions=here))
        self.select(known[uri] for uri in chosen if uri in known)
        self._pending = replace(self._pending, points=stops - known.keys(), selection=chosen - known.keys())
        current = before.replay.current
        if before.replay.cursor < len(before.replay.steps):
            step = None if current is None else self.predicted.by_uri.get(current.uri)
            self.replay.go(before.replay.cursor if step is None else step.index + 1)

    def remembered(self) -> dict[str, bool]:
        """The wishes, and those for plugins that the source does not have just now."""
        return {**self._pending.overrides, **self.overrides()}

    def overrides(self) -> dict[str, bool]:
        """What the user toggled, to be remembered: by URI, whether it is to be disabled."""
        entries, off = self.catalog.entries, self.plan.disabled
        return {entries[position].uri: position in off for position in sorted(self.toggled)}

    def mark(self, positions: Iterable[int]) -> None:
        """Point these out, and no others."""
        marked = frozenset(positions)
        if marked != self._marked:
            self._marked = marked
            self.marks_changed.emit()

    def take_observed(self, recording: Recording, marked: Iterable[int] = ()) -> None:
        """What happened is another by now, over the same positions: show it, and mark these.

        What the user wants disabled or enabled stays so, whatever the source says of it by now.
        """
        overrides = self._granted | {position: position in self.plan.disabled for position in self.toggled}
        semantics = self.catalog.semantics
        self.observed = recording
        catalog = recording.plan.catalog
        self.catalog = self._learned = catalog if catalog.semantics is semantics else catalog.under(semantics)
        off = recording.plan.disabled
        self.toggled = frozenset(
            position for position, wanted in overrides.items() if (position in off) != wanted
        )
        self._granted = {p: wanted for p, wanted in overrides.items() if p not in self.toggled}
        self._marked = frozenset(marked)
        self._changed()
        self.marks_changed.emit()

    @Slot(object)
    def take_run(self, recording: Recording) -> None:
        """A real run has ended: show it, and learn the lookups it showed.

        Of a run of another plan, because something was toggled meanwhile, only what it teaches is taken.
        """
        self._learned = learn(self.catalog, recording)
        if recording.plan is not self.plan:
            self._changed()
            return
        self._predict()
        self.run = recording
        self.replay.show(recording)
        self.run_changed.emit()

    def show_prediction(self) -> None:
        """Replay the prediction instead of the run."""
        self.run = None
        self.replay.show(self.predicted)
        self.run_changed.emit()

    # What follows from it

    def _set_toggled(self, toggled: frozenset[int]) -> None:
        changed = self.toggled ^ toggled
        self._granted = {p: wanted for p, wanted in self._granted.items() if toggled and p not in changed}
        self.toggled = toggled
        self._changed()

    def _set_semantics(self, semantics: Semantics) -> None:
        self.catalog = self.catalog.under(semantics)
        self._learned = self._learned.under(semantics)
        self._changed()

    def _changed(self) -> None:
        cursor = self.replay.cursor
        at_end = cursor >= len(self.replay.steps)
        self.run = None
        self._compute()
        self.plan_changed.emit()
        self.replay.show(self.predicted, None if at_end else cursor)

    def _compute(self) -> None:
        self._make_plan()
        self._predict()

    def _make_plan(self) -> None:
        observed = self._applicable
        if observed is not None and not self.toggled:
            self.plan = observed.plan
            return
        toggled = self.toggled
        if observed is not None:
            # What a log or a daemon lacks is disabled there, though no list of the catalog says so.
            toggled ^= make_plan(self._learned).disabled ^ observed.plan.disabled
        self.plan = make_plan(self._learned, toggled=toggled, like=getattr(self, "plan", None))

    @property
    def _applicable(self) -> Recording | None:
        """What was observed, as long as the catalog is looked at as it was observed."""
        observed = self.observed
        return observed if observed is not None and observed.plan.catalog is self._learned else None

    def _predict(self) -> None:
        if self.plan.catalog is not self._learned:
            self._make_plan()
        observed = self._applicable
        if observed is not None:
            self.baseline = observed
            self.predicted = predict(self.plan, observed) if self.toggled else observed
        else:
            self.predicted = predict(self.plan)
            known = self.__dict__.get("baseline")
            if not self.toggled:
                self.baseline = self.predicted
            elif known is None or known.plan.catalog is not self._learned:
                self.baseline = predict(make_plan(self._learned))
        same = self.predicted is self.baseline
        self.impact = NO_IMPACT if same else compare(self.baseline, self.predicted)
