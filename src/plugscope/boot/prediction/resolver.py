"""What a lookup finds at one point of a predicted boot, under the era's rules."""

from __future__ import annotations

from plugscope.boot.catalog import Outcome
from plugscope.boot.lookup import Get, Lookup
from plugscope.boot.plan import Plan
from plugscope.boot.recording import Cause, Certainty, Step
from plugscope.plugin import ErrorText, MultipleInstancesError

from .absence import Absences
from .type_state import NO_PROVIDERS, Failure, TypeState, causes_of

Found = tuple[Failure | None, str, list[Step]]
"""A lookup's failure, the template of the init function's own error, and the plugins it was handed."""


class LookupResolver:
    """Answers lookups against the plugins initialised so far, which ``add`` takes in one by one.

    ``all_sure``: so far nothing is unsure, so that no success of a lookup needs a second look. ``causes_noted`` grows
    whenever the causes in some type do.
    """

    def __init__(self, plan: Plan) -> None:
        self.absences = Absences(plan)
        self.providers: dict[str, TypeState] = {}
        self.steps: list[Step] = []
        self.all_sure = True
        self.causes_noted = 0
        self._is_v2 = plan.semantics.is_v2
        self._see_failed = plan.semantics.rules.lookups_see_failed
        self._not_found = plan.semantics.rules.not_found

    def of_type(self, type_: str) -> TypeState:
        """The plugins of a type so far."""
        return self.providers.get(type_, NO_PROVIDERS)

    def add(self, step: Step) -> bool:
        """Take in a plugin that was just initialised. Says no if there is one of that type and id already."""
        registration = step.entry.registration
        of_type = self.providers.get(registration.type)
        if of_type is None:
            of_type = self.providers[registration.type] = TypeState()
        elif registration.id in of_type.by_id:
            return False
        if of_type.add(step):
            self.causes_noted += 1
        self.steps.append(step)
        if step.certainty is not Certainty.WILL or (self._see_failed and step.outcome is not Outcome.OK):
            self.all_sure = False
        return True

    def reconsider(self, type_: str) -> None:
        """A plugin of this type that may have been taken in turns out to have failed."""
        before = self.providers.get(type_)
        if before is None:
            return
        after = self.providers[type_] = TypeState()
        for member in before.members:
            after.add(member)
        self.all_sure = False

    def find(self, lookup: Lookup) -> Found:
        """What the lookup comes to now."""
        get = lookup.get
        of_type = self.providers.get(lookup.type, NO_PROVIDERS)
        if get is Get.BY_TYPE:
            return self._by_type(lookup, of_type)
        if get is Get.ALL:
            return None, lookup.error, self.steps
        if get is Get.BY_ID:
            member = of_type.by_id.get(lookup.id)
            if member is None:
                return self._missing(lookup), lookup.error, []
            return failure_of(member), lookup.error, [member]
        if get is Get.FIRST and not self._is_v2:
            return self._first(lookup, of_type)
        return self._single(lookup, of_type)

    def success_is_sure(self, lookup: Lookup) -> bool:
        """Whether a lookup that just succeeded would do so in every boot."""
        if self.all_sure or lookup.get is Get.ALL:
            return True
        of_type = self.of_type(lookup.type)
        if lookup.get is Get.BY_ID:
            member = of_type.by_id.get(lookup.id)
            return member is None or member.certainty is Certainty.WILL
        if lookup.get is Get.FIRST and not self._is_v2 and not of_type.all_alike:
            return False
        return of_type.sure

    def _single(self, lookup: Lookup, of_type: TypeState) -> Found:
        settled, single = of_type.settled_by, of_type.single
        if settled is None:
            if single is not None:
                return None, lookup.error, [single]
            return self._missing(lookup, of_type), lookup.error, []
        if settled.outcome is Outcome.ERROR:
            failure = failure_of(settled)
            if failure is not None and not of_type.sure:
                failure.sure = False
            return failure, lookup.error, [settled]
        text = f"{ErrorText.SEVERAL_PLUGINS_FOR.format(lookup.type)}: {MultipleInstancesError.text}"
        both = [settled] if single is None else [single, settled]
        return Failure(text, sure=of_type.sure), lookup.error, both

    def _first(self, lookup: Lookup, of_type: TypeState) -> Found:
        if not of_type.members:
            return self._missing(lookup, of_type), lookup.error, []
        taken = of_type.members[0]
        failure = failure_of(taken)
        # Go's map gives any one of several.
        if failure is not None and not (of_type.sure and of_type.all_alike):
            failure.sure = False
        return failure, lookup.error, [taken]

    def _by_type(self, lookup: Lookup, of_type: TypeState) -> Found:
        members = of_type.members
        if not self._see_failed:
            failed = of_type.first_failed
            if failed is not None:
                failure = failure_of(failed)
                if failure is not None and of_type.natures_vary:
                    failure.nature_varies = True
                return failure, lookup.error, [failed]
            members = of_type.present
        if not members:
            return self._missing(lookup, of_type), lookup.error, []
        if lookup.id:
            return (*self._picked(lookup, of_type), members)
        if lookup.members == "fatal" and of_type.usable < len(members):
            broken = next(member for member in members if member.outcome is not Outcome.OK)
            return failure_of(broken), lookup.error, members
        if of_type.usable < lookup.min:
            return self._too_few(lookup, of_type), _own_words(lookup), members
        return None, lookup.error, members

    def _picked(self, lookup: Lookup, of_type: TypeState) -> tuple[Failure | None, str]:
        """The member that the init function takes out of what ``by_type`` returned."""
        member = of_type.by_id.get(lookup.id)
        if member is not None and not (member.outcome is Outcome.SKIP and self._is_v2):
            return failure_of(member), lookup.error
        causes = self._absent(lookup.type, lookup.id)
        if member is not None:
            causes = causes_of(member)
        return Failure(lookup.absent or f"no plugin {lookup.type}.{lookup.id}", causes), _own_words(lookup)

    def _too_few(self, lookup: Lookup, of_type: TypeState) -> Failure:
        text = lookup.absent or f"{of_type.usable} usable of {lookup.type}, {lookup.min} needed"
        causes = _joined(of_type.trouble, self.absences.disabled(lookup.type))
        return Failure(text, causes, sure=of_type.sure)

    def _missing(self, lookup: Lookup, of_type: TypeState = NO_PROVIDERS) -> Failure:
        """The not-found error of a lookup, in the era's words, with the absent plugins as its causes."""
        by_id = lookup.id if lookup.get is Get.BY_ID else ""
        text = ErrorText.NO_PLUGINS_FOR.format(lookup.type)
        if by_id and self._is_v2:
            text = f"{text}.{by_id}"
        elif by_id and lookup.type in self.providers:
            text = ErrorText.NO_PLUGINS_WITH_ID.format(lookup.type, by_id)
        absent = self._absent(lookup.type, by_id)
        # Where there are members all the same, they skipped.
        causes = absent if by_id or not of_type.members else _joined(of_type.trouble, absent)
        return Failure(f"{text}: {self._not_found}", causes, is_not_found=True, sure=of_type.sure)

    def _absent(self, type_: str, id_: str) -> tuple[Cause, ...]:
        """Why nothing of that type (and id) is there now."""
        return self.absences.of(type_, id_) or self.absences.late(type_, id_, len(self.steps))


def _own_words(lookup: Lookup) -> str:
    """``absent`` is the whole error of the init function; without one its usual words stand around ours."""
    return "{error}" if lookup.absent else lookup.error


def failure_of(member: Step) -> Failure | None:
    """The error that a member hands out, if it failed or skipped."""
    if member.outcome is Outcome.OK:
        return None
    return Failure(
        member.error or "an error",
        causes_of(member),
        is_skip=member.is_skip,
        is_not_found=member.is_not_found,
        sure=member.certainty is Certainty.WILL,
        nature_varies=member.nature_varies,
    )


def _joined(trouble: tuple[Cause, ...], absent: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """The causes in those that are there and in those that are not, each URI once."""
    if not absent:
        return trouble
    return tuple({cause.uri: cause for group in (trouble, absent) for cause in group}.values())
