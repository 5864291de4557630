"""Who is not there, or not yet: what a lookup that found nothing was missing."""

from __future__ import annotations

from functools import cached_property

from msgspec.structs import replace

from plugscope.boot.plan import Plan, make_plan
from plugscope.boot.recording import Cause, CauseReason


class Absences:
    """Answers for one plan which plugins a type (or a type and id) lacks."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[tuple[str, str], tuple[Cause, ...]] = {}

    @cached_property
    def _disabled(self) -> dict[tuple[str, str], list[Cause]]:
        """For each type, and each type and id, its disabled plugins."""
        found: dict[tuple[str, str], list[Cause]] = {}
        for position in sorted(self._plan.disabled):
            registration = self._plan.catalog.entries[position].registration
            cause = Cause(registration.uri, CauseReason.DISABLED)
            for key in {(registration.type, ""), (registration.type, registration.id)}:
                found.setdefault(key, []).append(cause)
        return found

    def has_disabled(self, type_: str) -> bool:
        """Whether a plugin of that type is disabled."""
        return (type_, "") in self._disabled

    def disabled(self, type_: str, id_: str = "") -> tuple[Cause, ...]:
        """The disabled plugins of that type (and id)."""
        return tuple(self._disabled.get((type_, id_), ()))

    def of(self, type_: str, id_: str = "") -> tuple[Cause, ...]:
        """The disabled plugins of that type (and id); without one, the name of what nobody registered.

        Empty if what was registered is only still to come: then the lookup itself came too early. All who ask for
        the same are given the same tuple.
        """
        known = self._known.get((type_, id_))
        if known is None:
            known = self._known[type_, id_] = self._of(type_, id_)
        return known

    def _of(self, type_: str, id_: str) -> tuple[Cause, ...]:
        disabled = self.disabled(type_, id_)
        if disabled:
            return disabled
        wanted = f"{type_}.{id_}" if id_ else type_
        if wanted in (self._plan.position if id_ else self._plan.types):
            return ()
        return (Cause(wanted, CauseReason.NOT_REGISTERED),)

    def late(self, type_: str, id_: str, turn: int) -> tuple[Cause, ...]:
        """Who is to blame that plugins of that type (and id) still have to come when it is the ``turn``-th one's turn.

        Requiring a type pulls its plugins forward. Where a plugin is disabled that would have pulled one of these in
        front of the one that asks, this is why it is too late; empty if it would be too late with nothing disabled.
        """
        disabled, sequence = self._plan.disabled, self._plan.sequence
        if not disabled or turn >= len(sequence) or self._undisturbed.error is not None:
            return ()
        entries, now, before = self._plan.catalog.entries, self._plan.rank, self._undisturbed.rank
        found: dict[str, Cause] = {}
        for position in self._startable.get(type_, ()):
            if id_ and entries[position].registration.id != id_:
                continue
            if now[position] > turn and before[position] < before[sequence[turn]]:
                puller = next((p for p in self._undisturbed.pullers(position) if p in disabled), None)
                if puller is not None:
                    uri = entries[puller].registration.uri
                    found.setdefault(uri, Cause(uri, CauseReason.DISABLED))
        return tuple(found.values())

    @cached_property
    def _startable(self) -> dict[str, list[int]]:
        """For each type the plugins that have their turn, in its order."""
        found: dict[str, list[int]] = {}
        for position in self._plan.sequence:
            found.setdefault(self._plan.catalog.entries[position].registration.type, []).append(position)
        return found

    @cached_property
    def _undisturbed(self) -> Plan:
        """The same with nothing disabled."""
        return make_plan(replace(self._plan.catalog, disabled=()))
