"""Prediction: a boot without the code.

Requires only orders; a plugin fails when a lookup in its init function fails and the failure is fatal. So the
plan is walked, and for each plugin its lookups are run in order, under the era's rules, against what is there by
then: an absent provider is not there, a failed one is there with its error, a skipped one counts as the era
says. Errors keep their nature through wrapping. A plugin whose lookups all pass comes out as declared or recorded.
"""

from __future__ import annotations

from collections.abc import Iterable

from plugscope.plugin import MultipleInstancesError

from .absence import Absences
from .catalog import Entry, Init, Outcome
from .lookup import Get, Lookup, OnError, too_few
from .plan import Plan, ring_start
from .provider import NOBODY, Failure, Providers
from .recording import (
    BootResult,
    Cause,
    CauseReason,
    Certainty,
    MadeLookup,
    Recording,
    Step,
)

_OK_INIT = Init()


class _Engine:
    """One predicted boot."""

    def __init__(self, plan: Plan, baseline: Recording | None) -> None:
        self.plan = plan
        self.catalog = plan.catalog
        self.rules = plan.semantics.rules
        self.is_v2 = plan.semantics.is_v2
        self.baseline = baseline
        self.providers: dict[str, Providers] = {}
        self.steps: list[Step] = []
        self.disturbed = bool(plan.disabled)
        self.absences = Absences(plan)
        self.troubled_types = {self.catalog.entries[position].registration.type for position in plan.disabled}

    def run(self) -> Recording:
        if self.plan.error is not None:
            return Recording("predicted", self.plan, [], self._refused())
        boot = self._initialise_all()
        return Recording("predicted", self.plan, self.steps, boot)

    def _refused(self) -> BootResult:
        error = self.plan.error
        return BootResult(False, str(error), "register-panic", ring_start(error))

    def _initialise_all(self) -> BootResult:
        required = dict.fromkeys(self.catalog.required)
        entries, providers, steps = self.catalog.entries, self.providers, self.steps
        unmet = dict(required)
        for index, position in enumerate(self.plan.sequence):
            entry = entries[position]
            registration = entry.registration
            step = self._initialise(index, position, entry)
            of_type = providers.get(registration.type)
            if of_type is None:
                of_type = providers[registration.type] = Providers()
            if registration.id in of_type.by_id:
                self._not_reached(index)
                return BootResult(False, self._twice(registration.uri), "plugin-set-add", registration.uri)
            of_type.add(step)
            steps.append(step)
            if required and registration.uri in required:
                unmet.pop(registration.uri, None)
                if step.outcome is not Outcome.OK:
                    self._not_reached(index + 1)
                    text = f"load required plugin {registration.uri}: {step.error}"
                    return BootResult(False, text, "required-failed", registration.uri)
        if unmet:
            text = f"required plugin [{' '.join(unmet)}] not included"
            return BootResult(False, text, "required-missing", next(iter(unmet)))
        return BootResult()

    def _twice(self, uri: str) -> str:
        known = "already exists" if not self.is_v2 else "plugin: already initialized"
        text = f"plugin add failed for {uri}" if self.is_v2 else f"plugin {uri} already initialized"
        return f"could not add plugin result to plugin set: {text}: {known}"

    def _not_reached(self, start: int) -> None:
        for index in range(start, len(self.plan.sequence)):
            position = self.plan.sequence[index]
            entry = self.catalog.entries[position]
            self.steps.append(Step(index, position, entry, Outcome.NOT_REACHED))

    def _initialise(self, index: int, position: int, entry: Entry) -> Step:
        init = self._init_of(entry)
        step = Step(index, position, entry, Outcome.OK)
        if entry.lookups is None:
            self._guess(step, init)
        elif (failure := self._first_failure(step, entry.lookups)) is not None:
            self._fail(step, *failure)
        else:
            self._come_out(step, init or _OK_INIT)
        if step.certainty is not Certainty.WILL or step.outcome is not (init or _OK_INIT).outcome:
            self.disturbed = True
            self.troubled_types.add(entry.registration.type)
        return step

    def _init_of(self, entry: Entry) -> Init | None:
        if self.baseline is None:
            return entry.init
        observed = self.baseline.by_uri.get(entry.registration.uri)
        if observed is None or observed.is_victim or observed.outcome is Outcome.NOT_REACHED:
            return entry.init
        return Init(observed.outcome, observed.error, observed.meta or _OK_INIT.meta)

    def _come_out(self, step: Step, init: Init) -> None:
        step.outcome = init.outcome
        step.meta = init.meta
        step.error = init.message
        step.duration_ms = init.duration_ms
        step.is_skip = init.outcome is Outcome.SKIP
        if init.outcome is not Outcome.OK:
            if init.outcome is Outcome.ERROR:
                step.causes = (Cause(step.uri, CauseReason.OWN_ERROR),)
            if step.is_skip and not step.error:
                step.error = "skip plugin"

    def _guess(self, step: Step, init: Init | None) -> None:
        """The lookups are not known: say what is known, and how sure it is."""
        if init is not None:
            self._come_out(step, init)
        troubled = [name for name in step.entry.registration.requires if self._is_troubled(name)]
        if troubled and step.outcome is Outcome.OK:
            step.outcome = Outcome.ERROR
            step.certainty = Certainty.MAY
            step.causes = self._causes_in(troubled)
        elif self.disturbed:
            step.certainty = Certainty.MAY
        elif init is None:
            step.certainty = Certainty.UNKNOWN

    def _is_troubled(self, type_: str) -> bool:
        return type_ in self.troubled_types if type_ != "*" else bool(self.troubled_types)

    def _causes_in(self, types: Iterable[str]) -> tuple[Cause, ...]:
        found: dict[str, Cause] = {}
        for name in types:
            for step in self.providers.get(name, NOBODY).members:
                for cause in step.causes:
                    found.setdefault(cause.uri, cause)
            for cause in self.absences.of(name):
                found.setdefault(cause.uri, cause)
        return tuple(found.values())

    # One lookup after the other

    def _first_failure(self, step: Step, lookups: tuple[Lookup, ...]) -> tuple[Lookup, Failure, str] | None:
        """The first fatal failure, with the lookup and the init function's own error text."""
        last = {lookup.any_of: lookup for lookup in lookups if lookup.any_of}
        sure = True
        for lookup in lookups:
            failure, template = self._make(step, lookup)
            if lookup.any_of:
                if failure is None:
                    last.pop(lookup.any_of, None)
                    continue
                if lookup.on_error is OnError.TOLERATE_NOT_FOUND:
                    sure = sure and not failure.nature_varies
                    failure.sure = failure.sure and not failure.nature_varies
                    if not failure.is_not_found:
                        return lookup, failure, "{error}"
                if last.get(lookup.any_of) is lookup:
                    return lookup, failure, template
                continue
            if failure is None:
                sure = sure and self._was_sure(lookup)
                continue
            if lookup.on_error is OnError.TOLERATE:
                continue
            if lookup.on_error is OnError.TOLERATE_NOT_FOUND:
                sure = sure and not failure.nature_varies
                failure.sure = failure.sure and not failure.nature_varies
                if failure.is_not_found:
                    continue
            step.nature_varies = self._nature_varies(lookups, lookup, failure)
            if lookup.on_error is OnError.UNKNOWN:
                failure.sure = False
            return lookup, failure, template
        if not sure:
            step.certainty = Certainty.MAY
        return None

    def _was_sure(self, lookup: Lookup) -> bool:
        if lookup.get is Get.ALL:
            return True
        of_type = self.providers.get(lookup.type, NOBODY)
        if lookup.get is Get.BY_ID:
            member = of_type.by_id.get(lookup.id)
            return member is None or member.certainty is Certainty.WILL
        return of_type.sure

    def _fail(self, step: Step, lookup: Lookup, failure: Failure, template: str) -> None:
        step.error = template.replace("{error}", failure.text)
        keeps = lookup.wraps
        step.is_skip = (failure.is_skip and keeps) or lookup.outcome == "skip"
        step.is_not_found = failure.is_not_found and keeps
        step.outcome = Outcome.SKIP if step.is_skip else Outcome.ERROR
        step.causes = failure.causes or (Cause(step.uri, CauseReason.OWN_ERROR),)
        if not failure.sure:
            step.certainty = Certainty.MAY
        if step.lookups:
            step.lookups[-1].decisive = True

    def _make(self, step: Step, lookup: Lookup) -> tuple[Failure | None, str]:
        """Make one lookup and note it: its failure, if any, and the template of the init function's error."""
        failure, template, members = self._evaluate(lookup)
        text = "" if failure is None else failure.text
        step.lookups.append(MadeLookup(lookup, members, len(members), text))
        return failure, template

    def _evaluate(self, lookup: Lookup) -> tuple[Failure | None, str, list[Step]]:
        """What a lookup comes to now: failure, template of the error, and the plugins it saw."""
        of_type = self.providers.get(lookup.type, NOBODY)
        get = lookup.get
        if get is Get.ALL:
            return None, lookup.error, self.steps
        if get is Get.BY_ID:
            member = of_type.by_id.get(lookup.id)
            if member is None:
                return self._missing(lookup), lookup.error, []
            return self._error_of(member), lookup.error, [member]
        if get is Get.BY_TYPE:
            failure, template = self._by_type(lookup, of_type)
            return (
                failure,
                template,
                of_type.members if self.rules.lookups_see_failed else of_type.handed_out(),
            )
        if get is Get.FIRST and not self.is_v2:
            return self._first(lookup, of_type), lookup.error, of_type.members[:1]
        return self._single(lookup, of_type), lookup.error, of_type.met_by_single()

    def _nature_varies(self, lookups: tuple[Lookup, ...], lookup: Lookup, failure: Failure) -> bool:
        """Whether another lookup of the same unordered group would fail in another way: Go's map order decides."""
        if failure.nature_varies:
            return True
        for other in lookups:
            if lookup.unordered and other.unordered == lookup.unordered and other is not lookup:
                rival = self._evaluate(other)[0]
                if rival is not None and rival.is_not_found != failure.is_not_found:
                    return True
        return False

    def _error_of(self, member: Step) -> Failure | None:
        """The error that a member hands out, if it failed or skipped."""
        if member.outcome is Outcome.OK:
            return None
        causes = member.causes or (Cause(member.uri, CauseReason.SKIPPED_PROVIDER),)
        return Failure(
            member.error or member.outcome,
            causes,
            is_skip=member.is_skip,
            is_not_found=member.is_not_found,
            sure=member.certainty is Certainty.WILL,
            nature_varies=member.nature_varies,
        )

    def _single(self, lookup: Lookup, of_type: Providers) -> Failure | None:
        settled = of_type.settled_by
        if settled is None:
            return None if of_type.single is not None else self._missing(lookup, of_type)
        if settled.outcome is Outcome.ERROR:
            failure = self._error_of(settled)
            if failure is not None and not of_type.sure:
                failure.sure = False
            return failure
        text = f"multiple plugins registered for {lookup.type}: {MultipleInstancesError.text}"
        return Failure(text, sure=of_type.sure)

    def _first(self, lookup: Lookup, of_type: Providers) -> Failure | None:
        if not of_type.members:
            return self._missing(lookup, of_type)
        failure = self._error_of(of_type.members[0])
        # 1.x takes any one of several: sure only if they all came out alike.
        if failure is not None and (of_type.usable or not of_type.sure):
            failure.sure = False
        return failure

    def _by_type(self, lookup: Lookup, of_type: Providers) -> tuple[Failure | None, str]:
        if self.rules.lookups_see_failed:
            if not of_type.members:
                return self._missing(lookup, of_type), lookup.error
            if lookup.members == "fatal" and not lookup.id:
                broken = next((m for m in of_type.members if m.outcome is not Outcome.OK), None)
                if broken is not None:
                    return self._error_of(broken), lookup.error
        else:
            if of_type.first_failed is not None:
                return self._error_of(of_type.first_failed), lookup.error
            if not of_type.usable:
                return self._missing(lookup, of_type), lookup.error
        if lookup.id:
            return self._picked(lookup, of_type)
        if of_type.usable < lookup.min:
            return self._too_few(lookup, of_type), "{error}"
        return None, lookup.error

    def _picked(self, lookup: Lookup, of_type: Providers) -> tuple[Failure | None, str]:
        """The member that the init function takes out of what ``by_type`` returned."""
        member = of_type.by_id.get(lookup.id)
        if member is None or (member.outcome is Outcome.SKIP and self.is_v2):
            absent = lookup.absent or f"no plugin {lookup.type}.{lookup.id}"
            causes = self.absences.of(lookup.type, lookup.id)
            if member is not None:
                causes = member.causes or (Cause(member.uri, CauseReason.SKIPPED_PROVIDER),)
            return Failure(absent, causes), "{error}"
        return self._error_of(member), lookup.error

    def _too_few(self, lookup: Lookup, of_type: Providers) -> Failure:
        causes: dict[str, Cause] = {}
        for member in of_type.members:
            for cause in member.causes or (Cause(member.uri, CauseReason.SKIPPED_PROVIDER),):
                if member.outcome is not Outcome.OK:
                    causes.setdefault(cause.uri, cause)
        for cause in self.absences.disabled(lookup.type):
            causes.setdefault(cause.uri, cause)
        text = too_few(lookup.type, lookup.min, lookup.absent, lookup.error)
        return Failure(text, tuple(causes.values()), sure=of_type.sure)

    def _missing(self, lookup: Lookup, of_type: Providers = NOBODY) -> Failure:
        """The not-found error of a lookup, in the era's words, with the absent plugins as its causes."""
        if not lookup.id or lookup.get is not Get.BY_ID:
            text = f"no plugins registered for {lookup.type}"
        elif self.is_v2:
            text = f"no plugins registered for {lookup.type}.{lookup.id}"
        elif lookup.type in self.providers:
            text = f"no {lookup.type} plugins with id {lookup.id}"
        else:
            text = f"no plugins registered for {lookup.type}"
        by_id = lookup.id if lookup.get is Get.BY_ID else ""
        causes: tuple[Cause, ...] = ()
        if not by_id:
            causes = tuple(
                cause
                for member in of_type.members
                for cause in member.causes or (Cause(member.uri, CauseReason.SKIPPED_PROVIDER),)
            )
        absences = self.absences.disabled if causes else self.absences.of
        absent = absences(lookup.type, by_id)
        return Failure(
            f"{text}: {self.rules.not_found}",
            tuple({cause.uri: cause for cause in (*causes, *absent)}.values()),
            is_not_found=True,
            sure=of_type.sure,
        )


def predict(plan: Plan, baseline: Recording | None = None) -> Recording:
    """The recording that this plan leads to.

    ``baseline``: an observed recording whose own failures and skips replace the declared outcomes.
    """
    return _Engine(plan, baseline).run()
