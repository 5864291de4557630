"""What can be said against a catalog before anything runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plugscope.plugin import short_type

from .catalog import Diagnostic, Entry, Outcome, Severity
from .lookup import Get, OnError
from .plan import Plan


def check(plan: Plan) -> list[Diagnostic]:
    """All diagnostics of a plan: the source's own, the order's, and lints on Requires and lookups."""
    found = [*plan.catalog.diagnostics, *plan.diagnostics]
    found.extend(_required(plan))
    known = _Types(plan)
    for position, entry in enumerate(plan.catalog.entries):
        registration = entry.registration
        if not known.is_plain(registration.requires):
            found.extend(_requires(entry, known))
        if entry.lookups:
            found.extend(_undeclared(entry, known))
            if position not in plan.disabled:
                found.extend(_crowded(entry, known))
    return found


def _required(plan: Plan) -> Iterator[Diagnostic]:
    known, disabled = plan.position, plan.disabled
    for uri in plan.catalog.required:
        position = known.get(uri)
        if position is None or position in disabled:
            why = "is not registered" if position is None else "is disabled"
            text = f"required plugin {uri} {why}: the boot aborts with 'required plugin [{uri}] not included'"
            yield Diagnostic("required-missing", Severity.ERROR, text, uri)


class _Types:
    """What lints want to know of types. Many plugins require the same: each such list is looked at once."""

    def __init__(self, plan: Plan) -> None:
        self.names: set[str] = set()
        self.usable: Counter[str] = Counter()
        self._direct: dict[str, set[str]] = {}
        self._reach: dict[tuple[str, ...], set[str]] = {}
        self._plain: dict[tuple[str, ...], bool] = {}
        self.single_fails_of_many = plan.semantics.is_v2
        for position, entry in enumerate(plan.catalog.entries):
            registration = entry.registration
            self.names.add(registration.type)
            self._direct.setdefault(registration.type, set()).update(registration.requires)
            if position not in plan.disabled and (entry.init is None or entry.init.outcome is not Outcome.SKIP):
                self.usable[registration.type] += 1

    def is_plain(self, requires: tuple[str, ...]) -> bool:
        """Whether all of these types have a plugin and each is named once."""
        known = self._plain.get(requires)
        if known is None:
            unique = set(requires)
            known = len(unique) == len(requires) and unique <= self.names | {"*"}
            self._plain[requires] = known
        return known

    def reached_from(self, requires: tuple[str, ...]) -> set[str]:
        """The types whose plugins surely stand before a plugin that requires these."""
        reached = self._reach.get(requires)
        if reached is None:
            reached = self._reach[requires] = set()
            waiting = list(requires)
            while waiting:
                name = waiting.pop()
                if name not in reached:
                    reached.add(name)
                    waiting.extend(self._direct.get(name, ()))
        return reached


def _requires(entry: Entry, known: _Types) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for name in entry.registration.requires:
        if name != "*" and name not in known.names:
            text = f"requires type {name}, which no plugin has; that only matters if it looks one up"
            yield Diagnostic("type-without-plugin", Severity.INFO, text, entry.uri, entry.place)
        if name in seen:
            text = f"requires type {name} twice"
            yield Diagnostic("requires-twice", Severity.WARNING, text, entry.uri, entry.place)
        seen.add(name)


def _undeclared(entry: Entry, known: _Types) -> Iterator[Diagnostic]:
    """Lookups that Requires does not cover."""
    reached = known.reached_from(entry.registration.requires)
    if "*" in reached:
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
        yield Diagnostic("undeclared-lookup", severity, text, entry.uri, entry.place)


def _crowded(entry: Entry, known: _Types) -> Iterator[Diagnostic]:
    """``single`` lookups of a type that several enabled plugins have (2.x fails then, unless all but one skip)."""
    if not known.single_fails_of_many:
        return
    for lookup in entry.lookups or ():
        if lookup.get in (Get.SINGLE, Get.FIRST) and known.usable[lookup.type] > 1:
            text = f"asks for the single {lookup.type}, but {known.usable[lookup.type]} plugins have that type"
            yield Diagnostic("single-of-many", Severity.WARNING, text, entry.uri, entry.place)
