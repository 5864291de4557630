"""Who is not there: what a lookup that found nothing was missing."""

from __future__ import annotations

from functools import cached_property

from .plan import Plan
from .recording import Cause, CauseReason


class Absences:
    """Answers for one plan which plugins a type (or a type and id) lacks."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @cached_property
    def _disabled(self) -> dict[str, list[tuple[str, str]]]:
        """For each type its disabled plugins: (id, URI)."""
        found: dict[str, list[tuple[str, str]]] = {}
        for position in sorted(self._plan.disabled):
            registration = self._plan.catalog.entries[position].registration
            found.setdefault(registration.type, []).append((registration.id, registration.uri))
        return found

    @cached_property
    def _types(self) -> set[str]:
        return {entry.registration.type for entry in self._plan.catalog.entries}

    def has_disabled(self, type_: str) -> bool:
        """Whether a plugin of that type is disabled."""
        return type_ in self._disabled

    def disabled(self, type_: str, id_: str = "") -> tuple[Cause, ...]:
        """The disabled plugins of that type (and id)."""
        return tuple(
            Cause(uri, CauseReason.DISABLED)
            for other, uri in self._disabled.get(type_, ())
            if not id_ or other == id_
        )

    def of(self, type_: str, id_: str = "") -> tuple[Cause, ...]:
        """The disabled plugins of that type (and id); without one, the name of what nobody registered.

        Empty if what was registered is only still to come: then the lookup itself came too early.
        """
        disabled = self.disabled(type_, id_)
        if disabled:
            return disabled
        wanted = f"{type_}.{id_}" if id_ else type_
        if wanted in (self._plan.position if id_ else self._types):
            return ()
        return (Cause(wanted, CauseReason.NOT_REGISTERED),)
