"""Causes for a boot that was observed: which lookup failed, found by the words it left.

For each plugin that failed or skipped, the lookups that it is known to make are run against what became of the others,
by the same rules that predict a boot. A lookup whose words are those of the observed error is the reason; its causes
are the plugin's. Where lookups are unknown, an error that repeats another's text passes it on, and "no plugins
registered for T" and its kin name what was absent. What may be from one whose lines a log has lost is followed to it
(``suspects``). What matches nothing is the plugin's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from plugscope.boot.catalog import Outcome
from plugscope.boot.lookup import Get, Lookup, LookupsOf, OnError
from plugscope.boot.plan import Plan
from plugscope.boot.prediction import LookupResolver, causes_of, run_lookups
from plugscope.boot.recording import Cause, CauseReason, Certainty, MadeLookup, Step

from .absent_provider import AbsentProviders
from .error_match import CUT, matches, repeats
from .error_origin import Link
from .named_missing import MissingName, missing_names
from .suspect import Suspects

_MOST_TEXTS = 256
"""So many different errors of one boot are compared with each that comes; no real boot has as many."""


class _Match(Struct, frozen=True):
    """An explanation of an error. ``words`` is what it leaves as the plugin's error, ``inner`` the part of it that is
    another's."""

    causes: tuple[Cause, ...]
    made: MadeLookup | None = None
    words: str = ""
    inner: str = ""
    sure: bool = True


class Attribution:
    """Gives the failed and skipped steps of one observed boot their causes, in the order of the boot.

    ``unseen`` are plugins that the boot had but whose lines are not there: what would have come of them is predicted,
    and they may be to blame. ``missed`` are plugins that the plan does not start, and of whose failure errors tell all
    the same.
    """

    def __init__(self, plan: Plan, lookups_of: LookupsOf, unseen: Collection[str] = ()) -> None:
        self.plan = plan
        self.finder = LookupResolver(plan)
        self._nothing = LookupResolver(plan)
        self._lookups_of = lookups_of
        self._unseen = frozenset(unseen)
        self.missed: set[str] = set()
        self.suspects = Suspects(plan, lookups_of, unseen)
        self._absent_providers = AbsentProviders(plan, lookups_of)
        self._steps: dict[str, Step] = {}
        self._failed: dict[str, Step] = {}
        """By its words, the first that failed so: where thousands fail, most do in the same."""

    def run(self, steps: Sequence[Step]) -> None:
        """Find the causes of all steps."""
        self._steps = {step.uri: step for step in steps}
        self._failed = {}
        self.missed = set()
        self.suspects.begin(steps)
        for step in steps:
            if step.outcome is Outcome.NOT_REACHED:
                continue
            if step.uri in self._unseen and step.certainty is Certainty.UNKNOWN:
                self._predict_unseen(step)
            elif step.outcome is Outcome.ERROR and not step.causes:
                self._explain_failure(step)
            elif step.outcome is Outcome.SKIP:
                self._explain_skip(step)
            self.finder.add(step)
            if step.outcome is Outcome.ERROR:
                self._remember_error(step)
        self._absent_providers.settle(steps, self.finder, self.suspects)

    def _predict_unseen(self, step: Step) -> None:
        """What would have come of a plugin that nothing tells of. It stays unknown."""
        choices = self._lookups_of(step.uri)
        fatal = run_lookups(step, choices[0], self.finder) if choices else None
        step.certainty = Certainty.UNKNOWN
        if fatal is None or step.uri in self.suspects.needed_by_well():
            return
        lookup, failure, template = fatal
        if all(cause.reason is CauseReason.NOT_REGISTERED for cause in failure.causes):
            # That nobody saw a plugin does not tell that there is none, where lines are missing.
            return
        step.error = template.replace("{error}", failure.text)
        step.is_skip = (failure.is_skip and lookup.wraps) or lookup.outcome == "skip"
        step.is_not_found = failure.is_not_found and lookup.wraps
        step.outcome = Outcome.SKIP if step.is_skip else Outcome.ERROR
        step.causes = failure.causes

    def _explain_failure(self, step: Step) -> None:
        choices = self._lookups_of(step.uri)
        if not step.error:
            match = self._by_rules(step, choices)
        else:
            match = (
                self._by_lookup(step, choices)
                or self._by_repetition(step)
                or self._by_claim(step, choices)
                or self._by_suspicion(step)
            )
        if match is None or not match.causes:
            step.causes = (Cause(step.uri, CauseReason.OWN_ERROR),)
            sure = step.error and self.suspects.is_surely_own(step.uri, step.error)
            step.cause_certainty = Certainty.WILL if sure else Certainty.MAY
            return
        self._settle(step, match)

    def _by_rules(self, step: Step, choices: Sequence[Sequence[Lookup]]) -> _Match | None:
        """Without words: what would have failed. That it was this and nothing of its own is likely, not certain."""
        fatal = run_lookups(step, choices[0], self.finder) if choices else None
        step.certainty = Certainty.WILL
        return None if fatal is None else _Match(fatal[1].causes, step.lookups[-1], sure=False)

    def _explain_skip(self, step: Step) -> None:
        """A skip is expected, unless it only passes another one on."""
        step.is_skip = True
        match = self._by_lookup(step, self._lookups_of(step.uri))
        if match is not None and match.causes:
            self._settle(step, match)

    def _settle(self, step: Step, match: _Match) -> None:
        step.causes = match.causes
        if not match.sure:
            step.cause_certainty = Certainty.MAY
        if match.made is not None:
            self._absent_providers.note(match.made, match.causes)
            match.made.decisive = True
            step.lookups = [match.made]
            step.is_not_found = match.made.error.endswith("not found") and match.made.lookup.wraps

    def _by_lookup(self, step: Step, choices: Sequence[Sequence[Lookup]]) -> _Match | None:
        """The lookup that left just these words; else the one whose words are the longest part of them."""
        best: _Match | None = None
        for lookups in choices:
            for lookup in lookups:
                if lookup.on_error is OnError.TOLERATE and not lookup.any_of:
                    continue
                for match in self._skips(lookup) if step.is_skip else self._failures(lookup):
                    if matches(step.error, match.words):
                        return match
                    if repeats(step.error, match.inner) and (
                        best is None or len(match.inner) > len(best.inner)
                    ):
                        best = match
        return best

    def _failures(self, lookup: Lookup) -> Iterator[_Match]:
        """Each way in which a lookup may have failed."""
        failure, template, found = self.finder.find(lookup)
        if failure is not None:
            made = MadeLookup(lookup, found, len(found), failure.text)
            yield _Match(failure.causes, made, template.replace("{error}", failure.text), failure.text)
        # Go's map order decides which of several failed members is named.
        for member in self.finder.of_type(lookup.type).members:
            wanted = not lookup.id or member.entry.registration.id == lookup.id
            if member.outcome is Outcome.ERROR and wanted:
                made = MadeLookup(lookup, [member], 1, member.error)
                words = lookup.error.replace("{error}", member.error)
                yield _Match(causes_of(member), made, words, member.error)
        yield from self._instead(lookup)

    def _skips(self, lookup: Lookup) -> Iterator[_Match]:
        """The failures of a lookup that make a plugin skip."""
        failure, template, found = self.finder.find(lookup)
        if failure is not None and (lookup.outcome == "skip" or (failure.is_skip and lookup.wraps)):
            made = MadeLookup(lookup, found, len(found), failure.text)
            yield _Match(failure.causes, made, template.replace("{error}", failure.text), failure.text)

    def _instead(self, lookup: Lookup) -> Iterator[_Match]:
        """The same lookup for another plugin of the type: which one it takes is configured."""
        said = lookup.absent or lookup.error
        name = f'"{lookup.id}"'
        if not lookup.id or name not in said:
            return
        for entry in self.plan.catalog.entries:
            registration = entry.registration
            if registration.type == lookup.type and registration.id != lookup.id:
                causes = self._trouble_with(registration.uri)
                if causes:
                    words = said.replace(name, f'"{registration.id}"')
                    yield _Match(causes, MadeLookup(lookup, [], 0, words), words)

    def _trouble_with(self, uri: str) -> tuple[Cause, ...]:
        """Why a plugin cannot be had; empty if it can."""
        position = self.plan.position.get(uri)
        if position is None:
            return (Cause(uri, CauseReason.NOT_REGISTERED),)
        if position in self.plan.disabled:
            return (Cause(uri, CauseReason.DISABLED),)
        step = self._steps.get(uri)
        if step is None or step.outcome in (Outcome.OK, Outcome.NOT_REACHED):
            return ()
        return causes_of(step)

    def _remember_error(self, step: Step) -> None:
        """Keep in mind what a plugin said, for those that repeat it."""
        if len(self._failed) < _MOST_TEXTS:
            self._failed.setdefault(step.error, step)

    def _by_repetition(self, step: Step) -> _Match | None:
        """An earlier failure whose text this one repeats: the longest, and of those the first."""
        error, is_cut = step.error, CUT in step.error
        repeated = [text for text in self._failed if text in error or is_cut or CUT in text]
        best = self._failed.get(max((text for text in repeated if repeats(error, text)), key=len, default=""))
        if best is None or not best.error:
            return None
        return _Match(causes_of(best), sure=best.certainty is Certainty.WILL)

    def _by_claim(self, step: Step, choices: Sequence[Sequence[Lookup]]) -> _Match | None:
        """What the error says was not there."""
        for claim in missing_names(step.error, choices, self._nothing):
            causes = self._absent(claim)
            if causes:
                for link in self.suspects.proven_origins_of(step):
                    self._impute(link, causes)
                return _Match(causes)
        return None

    def _absent(self, claim: MissingName) -> tuple[Cause, ...]:
        type_, id_ = claim
        if id_:
            return self._trouble_with(f"{type_}.{id_}")
        failure, _, _ = self.finder.find(Lookup(Get.SINGLE, type_))
        if failure is None or not failure.causes:
            failure, _, _ = self._nothing.find(Lookup(Get.SINGLE, type_))
        return () if failure is None else failure.causes

    def _by_suspicion(self, step: Step) -> _Match | None:
        """Plugins whose lines, or whose line of failure, are missing, and from whom the error is."""
        chain = self.suspects.origins_of(step)
        causes: tuple[Cause, ...] = ()
        for link in reversed(chain):
            causes = self._impute(link, causes)
        origin = self._steps.get(chain[-1].uri) if chain else None
        sure = origin is not None and origin.is_victim and origin.cause_certainty is Certainty.WILL
        return _Match(causes, sure=sure) if causes else None

    def _impute(self, link: Link, causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
        """Hold a plugin that was not seen to fail for failed; its causes, if they are not known, are found."""
        step = self._steps.get(link.uri)
        if step is None:
            self.missed.add(link.uri)
            return causes or (Cause(link.uri, CauseReason.OWN_ERROR),)
        was_seen = step.certainty is not Certainty.UNKNOWN
        step.outcome, step.is_skip, step.error = Outcome.ERROR, False, link.error
        step.causes, step.certainty = causes, Certainty.MAY
        if not causes:
            self._explain_failure(step)
        if not step.is_victim:
            step.cause_certainty = Certainty.MAY
        step.certainty = Certainty.MAY if was_seen or not step.is_victim else Certainty.UNKNOWN
        if step.error:
            self._remember_error(step)
        self.finder.reconsider(step.entry.registration.type)
        return step.causes
