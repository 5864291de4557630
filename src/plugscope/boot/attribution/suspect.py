"""Who may be behind an error that nothing that was seen explains: plugins whose lines, or whose line of failure, may be
missing in a log."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from plugscope.boot.catalog import Outcome
from plugscope.boot.lookup import Get, LookupsOf, OnError
from plugscope.boot.plan import Plan
from plugscope.boot.recording import Certainty, Step

from .error_match import repeats
from .error_origin import ErrorOrigins, Link


class Suspects:
    """Suspects among the steps of one boot. ``unseen`` are plugins that it had but whose lines are not there."""

    def __init__(self, plan: Plan, lookups_of: LookupsOf, unseen: Collection[str]) -> None:
        self._plan = plan
        self._lookups_of = lookups_of
        self._unseen = frozenset(unseen)
        self._origins = ErrorOrigins(plan, lookups_of)
        self._steps: dict[str, Step] = {}
        self._failed: list[Step] = []
        self._naming: dict[str, str] = {}
        self._well: frozenset[str] | None = None

    def begin(self, steps: Iterable[Step]) -> None:
        """Take the steps of the boot, in its order."""
        self._steps = {step.uri: step for step in steps}
        self._failed = [step for step in self._steps.values() if step.outcome is Outcome.ERROR and step.error]
        self._naming = {}
        self._well = None

    def origins_of(self, step: Step) -> list[Link]:
        """Whom a failed plugin may have its error from, to the one where it began; empty if from nobody."""
        if step.uri in step.error or not (self._unseen or self._origins.providers_of(step.uri)):
            return []
        return self.proven_origins_of(step) or self._named(step) or self._in_common(step)

    def proven_origins_of(self, step: Step) -> list[Link]:
        """The same, as far as the words prove it."""
        return self._origins.chain(step.uri, step.error, lambda uri: self._may_have_failed(uri, step))

    def is_surely_own(self, uri: str, error: str) -> bool:
        """Whether an error that was found to be from nobody cannot be from one whose lines are missing."""
        if uri in error:
            return True
        if self._origins.is_about_other(uri, error) or self._apart(uri, error):
            return False
        providers = self._origins.providers_of(uri)
        return not any(self._is_hidden(provider) or self._is_unlike(provider) for provider in providers)

    def _is_unlike(self, uri: str) -> bool:
        """Whether a plugin seems well that usually is not: it is set up, or the line of its failure is missing."""
        step = self._steps.get(uri)
        init = None if step is None else step.entry.init
        return (
            step is not None
            and step.outcome is Outcome.OK
            and init is not None
            and init.outcome is not Outcome.OK
        )

    def _is_hidden(self, uri: str) -> bool:
        step = self._steps.get(uri)
        if step is None:
            return uri in self._plan.position
        return step.certainty is Certainty.UNKNOWN or step.outcome is Outcome.NOT_REACHED

    def _may_have_failed(self, uri: str, step: Step) -> bool:
        """Whether a plugin that this one may have its error from is not told of, or only silent."""
        other = self._steps.get(uri)
        if other is None or other.certainty is Certainty.UNKNOWN:
            # Where in the order it was is not always known.
            return self._is_hidden(uri)
        return other.outcome is Outcome.OK and other.index < step.index

    def _named(self, step: Step) -> list[Link]:
        """A plugin in whose directory the error happened."""
        suspects = self._origins.reach_of(step.uri) | self._unseen
        named = [uri for uri in suspects if uri in step.error and self._may_have_failed(uri, step)]
        suspect = max(sorted(named), key=len, default="")
        if not suspect:
            return []
        said = self._shortest_naming(suspect)
        return [Link(suspect, said if repeats(step.error, said) else step.error)]

    def _shortest_naming(self, uri: str) -> str:
        """The error nearest to a plugin's own: each that passes it on has put words around it."""
        if uri not in self._naming:
            self._naming[uri] = min((s.error for s in self._failed if uri in s.error), key=len, default="")
        return self._naming[uri]

    def _in_common(self, step: Step) -> list[Link]:
        """What several have the same error from, of whom this one is not the cause: the last before them."""
        apart = self._apart(step.uri, step.error)
        if not apart:
            return []
        well = self.needed_by_well()
        each = [self._origins.reach_of(one.uri, well) for one in (step, *apart)]
        suspects = [uri for uri in frozenset.intersection(*each) if self._may_have_failed(uri, step)]
        suspect = max(sorted(suspects), key=self._nearness, default="")
        return [Link(suspect, step.error)] if suspect else []

    def _apart(self, uri: str, error: str) -> list[Step]:
        """The plugins that failed in these words and cannot have them from this one."""
        reach_of = self._origins.reach_of
        if not reach_of(uri):
            return []
        return [
            other
            for other in self._failed
            if other.uri != uri
            and reach_of(other.uri)
            and uri not in reach_of(other.uri)
            and repeats(other.error, error)
        ]

    def _nearness(self, uri: str) -> tuple[bool, int]:
        step = self._steps.get(uri)
        return self._is_hidden(uri), -1 if step is None else step.index

    def needed_by_well(self) -> frozenset[str]:
        """The plugins without which others could not be well that are."""
        if self._well is None:
            self._well = frozenset(
                uri
                for step in self._steps.values()
                if step.outcome is Outcome.OK and step.certainty is Certainty.WILL
                for lookup in next(iter(self._lookups_of(step.uri)), ())
                if lookup.on_error is OnError.FATAL and lookup.get not in (Get.BY_TYPE, Get.ALL)
                for uri in self._only(self._origins.members(lookup))
            )
        return self._well

    @staticmethod
    def _only(members: list[str]) -> list[str]:
        return members if len(members) == 1 else []
