"""What can be said against a catalog before anything runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from plugscope.plugin import ErrorText, short_type

from .catalog import Catalog, Entry, Outcome
from .diagnostic import Diagnostic, DiagnosticCode, Severity
from .lookup import Get, OnError
from .plan import Plan


def lint(plan: Plan) -> list[Diagnostic]:
    """All diagnostics of a plan: the source's own, the order's, and lints on Requires and lookups."""
    return Lints(plan.catalog).all(plan)


_MOST_REACHED = 5_000_000
"""So many types are followed in all to find out what stands before whom."""


class Lints:
    """The lints of one catalog. What does not depend on who is disabled is found once, when first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def all(self, plan: Plan) -> list[Diagnostic]:
        """The diagnostics of a plan of this catalog."""
        own = (*self.catalog.diagnostics, *plan.diagnostics)
        return [*own, *_required(plan), *self.lasting, *self._crowded(plan)]

    @property
    def are_known(self) -> bool:
        """Whether what lasts has been found already, so that asking is quick."""
        return "lasting" in self.__dict__

    @cached_property
    def lasting(self) -> list[Diagnostic]:
        """The lints that hold whoever is disabled."""
        known = _Types(self.catalog)
        found: list[Diagnostic] = []
        for entry in self.catalog.entries:
            if not known.is_plain(entry.registration.requires):
                found.extend(_requires(entry, known))
            if entry.lookups:
                found.extend(_undeclared(entry, known))
        return found

    @cached_property
    def _single(self) -> list[tuple[int, str]]:
        """Who asks for the single plugin of a type: position and type."""
        return [
            (position, lookup.type)
            for position, entry in enumerate(self.catalog.entries)
            for lookup in entry.lookups or ()
            if lookup.get in (Get.SINGLE, Get.FIRST)
        ]

    def _crowded(self, plan: Plan) -> Iterator[Diagnostic]:
        """Those whose single plugin is several: 2.x fails then, unless all but one skip."""
        if not plan.semantics.is_v2 or not self._single:
            return
        entries = self.catalog.entries
        usable = Counter(
            entry.registration.type
            for position, entry in enumerate(entries)
            if position not in plan.disabled
            and (entry.init is None or entry.init.outcome is not Outcome.SKIP)
        )
        for position, name in self._single:
            if usable[name] > 1 and position not in plan.disabled:
                text = f"asks for the single {name}, but {usable[name]} plugins have that type"
                entry = entries[position]
                yield Diagnostic(
                    DiagnosticCode.SINGLE_OF_MANY, Severity.WARNING, text, entry.uri, entry.location
                )


def _required(plan: Plan) -> Iterator[Diagnostic]:
    known, disabled = plan.position, plan.disabled
    for uri in plan.catalog.required:
        position = known.get(uri)
        if position is None or position in disabled:
            why = "is not registered" if position is None else "is disabled"
            error = ErrorText.REQUIRED_MISSING.format(uri)
            text = f"required plugin {uri} {why}: the boot aborts with '{error}'"
            location = plan.catalog.locations.get(uri, "")
            yield Diagnostic(DiagnosticCode.REQUIRED_MISSING, Severity.ERROR, text, uri, location, error)


class _Types:
    """What lints want to know of types. Many plugins require the same: each such list is looked at once."""

    def __init__(self, catalog: Catalog) -> None:
        self.names: set[str] = set()
        self._direct: dict[str, set[str]] = {}
        self._reach: dict[tuple[str, ...], set[str]] = {}
        self._plain: dict[tuple[str, ...], bool] = {}
        self._patience = _MOST_REACHED
        for entry in catalog.entries:
            registration = entry.registration
            self.names.add(registration.type)
            self._direct.setdefault(registration.type, set()).update(registration.requires)

    def is_plain(self, requires: tuple[str, ...]) -> bool:
        """Whether all of these types have a plugin and each is named once."""
        known = self._plain.get(requires)
        if known is None:
            unique = set(requires)
            known = len(unique) == len(requires) and unique - {"*"} <= self.names
            self._plain[requires] = known
        return known

    def reached_from(self, requires: tuple[str, ...]) -> set[str] | None:
        """The types whose plugins surely stand before a plugin that requires these.

        ``None`` where finding out would take too long: a hundred thousand chains of a hundred thousand types.
        """
        reached = self._reach.get(requires)
        if reached is None and self._patience > 0:
            reached = self._reach[requires] = set()
            waiting = list(requires)
            while waiting:
                name = waiting.pop()
                if name not in reached:
                    reached.add(name)
                    waiting.extend(self._direct.get(name, ()))
            self._patience -= len(reached)
        return reached


def _requires(entry: Entry, known: _Types) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for name in entry.registration.requires:
        if name != "*" and name not in known.names:
            text = f"requires type {name}, which no plugin has; that only matters if it looks one up"
            yield Diagnostic(
                DiagnosticCode.TYPE_WITHOUT_PLUGIN, Severity.INFO, text, entry.uri, entry.location
            )
        if name in seen:
            text = f"requires type {name} twice"
            yield Diagnostic(DiagnosticCode.REQUIRES_TWICE, Severity.WARNING, text, entry.uri, entry.location)
        seen.add(name)


def _undeclared(entry: Entry, known: _Types) -> Iterator[Diagnostic]:
    """Lookups that Requires does not cover."""
    requires = entry.registration.requires
    if all(lookup.type in requires for lookup in entry.lookups or ()):
        return
    reached = known.reached_from(requires)
    if reached is None or "*" in reached:
        return
    told: set[str] = set()
    for lookup in entry.lookups or ():
        if lookup.type in reached or lookup.get is Get.ALL or lookup.type in told:
            continue
        told.add(lookup.type)
        severity = Severity.WARNING if lookup.on_error is not OnError.TOLERATE else Severity.INFO
        text = (
            f"looks up {short_type(lookup.type)} ({lookup}) without requiring it, not even through others: "
            "that it comes first is luck of the registration order"
        )
        yield Diagnostic(DiagnosticCode.UNDECLARED_LOOKUP, severity, text, entry.uri, entry.location)
