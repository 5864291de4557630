"""The lookups of one init function, made one after the other until a failure is fatal."""

from __future__ import annotations

from collections.abc import Sequence

from plugscope.boot.lookup import Lookup, OnError
from plugscope.boot.recording import Certainty, MadeLookup, Step

from .resolver import LookupResolver
from .type_state import Failure

Fatal = tuple[Lookup, Failure, str]
"""The lookup that ended the init function, why it failed, and the template of the init function's own error."""


class _Groups:
    """Groups of lookups of which one must find something (``any_of``)."""

    def __init__(self, lookups: Sequence[Lookup]) -> None:
        self._last = {lookup.any_of: lookup for lookup in lookups if lookup.any_of}
        self._found: dict[str, bool] = {}
        self._failures_sure: dict[str, bool] = {}

    def found(self, group: str, sure: bool) -> None:
        """A member found something."""
        self._found[group] = self._found.get(group, False) or sure

    def is_lost(self, lookup: Lookup, failure: Failure) -> bool:
        """Whether with this failure nothing of its group is left; the failure learns how sure that is."""
        group = lookup.any_of
        sure = self._failures_sure[group] = self._failures_sure.get(group, True) and failure.sure
        if group in self._found or self._last[group] is not lookup:
            return False
        failure.sure = sure
        return True

    @property
    def all_sure(self) -> bool:
        """Whether each group that found something surely did."""
        return all(self._found.values())


def run_lookups(step: Step, lookups: Sequence[Lookup], finder: LookupResolver) -> Fatal | None:
    """Make the lookups, note them in the step, and return the first fatal failure.

    Without one, the step's certainty drops to "may" if some lookup could have failed in another boot.
    """
    groups: _Groups | None = None
    sure, always_sure = True, finder.all_sure
    note, find = step.lookups.append, finder.find
    for lookup in lookups:
        failure, template, found = find(lookup)
        if lookup.any_of and groups is None:
            groups = _Groups(lookups)
        if failure is None:
            note(MadeLookup(lookup, found, len(found), ""))
            if lookup.any_of and groups is not None:
                groups.found(lookup.any_of, finder.success_is_sure(lookup))
            elif not always_sure and lookup.on_error is not OnError.TOLERATE:
                sure = finder.success_is_sure(lookup) and sure
            continue
        note(MadeLookup(lookup, found, len(found), failure.text))
        if lookup.on_error is OnError.TOLERATE_NOT_FOUND:
            sure = sure and failure.sure and not failure.nature_varies
            failure.sure = failure.sure and not failure.nature_varies
            if not failure.is_not_found:
                return lookup, failure, "{error}" if lookup.any_of else template
        if groups is not None and lookup.any_of:
            if groups.is_lost(lookup, failure):
                return lookup, failure, template
        elif lookup.on_error in (OnError.FATAL, OnError.UNKNOWN):
            failure.sure = failure.sure and lookup.on_error is OnError.FATAL
            step.nature_varies = _nature_varies(lookups, lookup, failure, finder)
            return lookup, failure, template
    if not (sure and (groups is None or groups.all_sure)):
        step.certainty = Certainty.MAY
    return None


def _nature_varies(
    lookups: Sequence[Lookup], lookup: Lookup, failure: Failure, finder: LookupResolver
) -> bool:
    """Whether another lookup of the same unordered group would fail in another way: Go's map order decides."""
    if failure.nature_varies or not lookup.unordered:
        return failure.nature_varies
    rivals = (
        finder.find(other)[0]
        for other in lookups
        if other.unordered == lookup.unordered and other is not lookup
    )
    return any(rival is not None and rival.is_not_found != failure.is_not_found for rival in rivals)
