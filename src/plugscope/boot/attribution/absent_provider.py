"""Absent plugins that were blamed by words that would be the same had they been there and failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plugscope.boot.catalog import Outcome
from plugscope.boot.lookup import LookupsOf
from plugscope.boot.plan import Plan
from plugscope.boot.prediction import LookupResolver, run_lookups
from plugscope.boot.recording import Cause, CauseReason, Certainty, MadeLookup, Step

from .suspect import Suspects


class AbsentProviders:
    """Which absent plugins of one boot are to blame, and which may only be missing in its log."""

    def __init__(self, plan: Plan, lookups_of: LookupsOf) -> None:
        self._plan = plan
        self._lookups_of = lookups_of
        self._proven: set[str] = set()
        self._doubtful: set[str] = set()

    def note(self, made: MadeLookup, causes: Iterable[Cause]) -> None:
        """A lookup that was found to be the reason of a failure, and whom it blames."""
        noted = self._proven if "{error}" in made.lookup.error else self._doubtful
        of_type = f"{made.lookup.type}."
        noted.update(c.uri for c in causes if c.reason is CauseReason.DISABLED and c.uri.startswith(of_type))

    def settle(self, steps: Sequence[Step], finder: LookupResolver, suspects: Suspects) -> None:
        """Where an absent plugin would have failed all the same, blame what it would have failed for, if others blame
        that too. Where that cannot be told, be less sure."""
        doubtful = self._doubtful - self._proven
        blamed = (
            {cause for step in steps for cause in step.causes if cause.uri not in doubtful}
            if doubtful
            else set()
        )
        for uri in sorted(doubtful):
            doom = [cause for cause in self._doom_of(uri, finder) if cause in blamed]
            if doom or not suspects.is_surely_own(uri, ""):
                _replace(steps, uri, doom)

    def _doom_of(self, uri: str, finder: LookupResolver) -> tuple[Cause, ...]:
        """What an absent plugin would have failed for, had it been there."""
        position, choices = self._plan.position.get(uri), self._lookups_of(uri)
        if position is None or not choices:
            return ()
        trial = Step(0, position, self._plan.catalog.entries[position], Outcome.OK)
        fatal = run_lookups(trial, choices[0], finder)
        return () if fatal is None else fatal[1].causes


def _replace(steps: Sequence[Step], uri: str, others: Sequence[Cause]) -> None:
    """Blame others for what a plugin was blamed for; without any, be less sure of it."""
    for step in steps:
        if any(cause.uri == uri for cause in step.causes):
            causes = [
                its for cause in step.causes for its in (others if cause.uri == uri else ()) or (cause,)
            ]
            step.causes = tuple({cause.uri: cause for cause in causes}.values())
            step.cause_certainty = Certainty.MAY
