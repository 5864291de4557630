"""The document of one source: its plugins can be toggled, and what comes of that is predicted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from plugscope.boot import Recording, compare, learn, make_plan, predict
from plugscope.layout import Picture
from plugscope.plugin import Semantics, short_type
from plugscope.sources import Kind, Opened, is_runnable

from .document import NO_IMPACT, Document
from .toggles import Toggles
from .undo_command import Change


class SourceDocument(Document):
    """One catalog and what the user disabled in it.

    ``baseline`` is the prediction with nothing toggled, ``predicted`` the one with the user's changes, ``impact``
    the difference. The replay goes through ``predicted`` or through a real run. What was observed stands for both with
    nothing toggled, and what the user toggles is predicted from it. ``predicted`` and ``picture`` may be handed in
    where they were made beside the event loop.
    """

    def __init__(
        self,
        opened: Opened,
        parent: QObject | None = None,
        *,
        predicted: Recording | None = None,
        picture: Picture | None = None,
    ) -> None:
        super().__init__(opened, parent, picture=picture)
        self.toggles = Toggles()
        self._run: Recording | None = None
        self._learned = opened.catalog
        self._runnable = opened.source.kind is Kind.PYTHON or is_runnable(opened.catalog)
        if predicted is None or opened.observed is not None:
            self._compute()
        else:
            self.plan, self.baseline, self.predicted = predicted.plan, predicted, predicted
            self.impact = NO_IMPACT
        self.replay.show(self.predicted)

    @property
    def can_change(self) -> bool:
        return True

    @property
    def can_run(self) -> bool:
        return self._runnable

    @property
    def daemon(self) -> str:
        if self.observed is None:
            return ""
        if self.under is not None:
            return self.over
        return self.source.text if self.source.kind is Kind.DAEMON else ""

    @property
    def run(self) -> Recording | None:
        return self._run

    @property
    def toggled(self) -> frozenset[int]:
        return self.toggles.positions

    # What the user does

    def toggle(self, positions: Iterable[int]) -> None:
        """Disable what is enabled of these and enable what is disabled; if some are disabled, enable all."""
        wanted = frozenset(positions)
        disabled = wanted & self.plan.disabled
        change = disabled or wanted
        if change:
            what = self.name_of(next(iter(change))) if len(change) == 1 else f"{len(change)} plugins"
            self._push(f"{'Enable' if disabled else 'Disable'} {what}", self.toggled ^ change)

    def toggle_type(self, name: str) -> None:
        """Disable a whole type, or enable it if all of it is disabled."""
        members = self.members_of(name)
        everything_off = members <= self.plan.disabled
        change = members if everything_off else members - self.plan.disabled
        if change:
            word = "Enable" if everything_off else "Disable"
            self._push(f"{word} type {short_type(name)}", self.toggled ^ change)

    def enable_all(self) -> None:
        """Take back all that the user toggled."""
        if self.toggles:
            self.toggles = replace(self.toggles, pending={})
            self._push("Reset changes", frozenset())

    def set_semantics(self, semantics: Semantics) -> None:
        """Look at the catalog under another era's rules."""
        before = self.catalog.semantics
        if semantics is not before:
            self.undo_stack.push(Change(f"Use {semantics} semantics", self._set_semantics, before, semantics))

    def restore(self, overrides: Mapping[str, bool]) -> None:
        """Toggle what was toggled in an earlier session, without an undo step; not what the source says by now."""
        before, self.toggles = self.toggles, self.toggles.restored(overrides, self.plan)
        if self.toggles.positions != before.positions:
            self._changed()

    def overrides(self) -> dict[str, bool]:
        """What the user toggled: by URI, whether it is to be disabled."""
        return self.toggles.overrides(self.plan)

    def remembered(self) -> dict[str, bool]:
        """The overrides to be remembered, those for plugins that the source does not have just now among them."""
        return self.toggles.remembered(self.plan)

    def take_observed(self, recording: Recording, marked: Iterable[int] = ()) -> None:
        """What happened is another by now, over the same positions: show it, and mark these.

        What the user wants disabled or enabled stays so, whatever the source says of it by now.
        """
        semantics, catalog = self.catalog.semantics, recording.plan.catalog
        self.toggles = self.toggles.over(recording.plan.disabled, self.plan.disabled)
        self.observed = recording
        self.catalog = self._learned = catalog if catalog.semantics is semantics else catalog.under(semantics)
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
        self._run = recording
        self.replay.show(recording)

    def show_prediction(self) -> None:
        """Replay the prediction instead of the run."""
        self._run = None
        self.replay.show(self.predicted)

    # What follows from it

    def _push(self, text: str, after: frozenset[int]) -> None:
        self.undo_stack.push(Change(text, self._set_toggled, self.toggled, after))

    def _set_toggled(self, positions: frozenset[int]) -> None:
        self.toggles = self.toggles.turned(positions)
        self._changed()

    def _set_semantics(self, semantics: Semantics) -> None:
        self.catalog = self.catalog.under(semantics)
        self._learned = self._learned.under(semantics)
        self._changed()

    def _changed(self) -> None:
        cursor = self.replay.cursor
        at_end = cursor >= len(self.replay.steps)
        self._run = None
        self._compute()
        self.replay.show(self.predicted, None if at_end else cursor)

    def _compute(self) -> None:
        self._make_plan()
        self._predict()

    def _make_plan(self) -> None:
        observed = self._applicable
        if observed is not None and not self.toggles:
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
            self.predicted = predict(self.plan, observed) if self.toggles else observed
        else:
            self.predicted = predict(self.plan)
            self.baseline = self._baseline_for(self.predicted)
        same = self.predicted is self.baseline
        self.impact = NO_IMPACT if same else compare(self.baseline, self.predicted)

    def _baseline_for(self, predicted: Recording) -> Recording:
        """The prediction with nothing toggled: that of before, as long as the catalog is the same."""
        if not self.toggles:
            return predicted
        known: Recording | None = getattr(self, "baseline", None)
        if known is None or known.plan.catalog is not self._learned:
            return predict(make_plan(self._learned))
        return known
