"""What can be said against a catalog before anything runs."""

from __future__ import annotations

from collections.abc import Iterator

from plugscope.plugin import short_type

from .catalog import Diagnostic, Entry, Severity
from .lookup import Get, OnError
from .plan import Plan


def check(plan: Plan) -> list[Diagnostic]:
    """All diagnostics of a plan: the source's own, the order's, and lints on Requires and lookups."""
    found = [*plan.catalog.diagnostics, *plan.diagnostics]
    found.extend(_required(plan))
    types = set(plan.catalog.types())
    reach = _Reach(plan)
    for position, entry in enumerate(plan.catalog.entries):
        found.extend(_requires(entry, types))
        found.extend(_lookups(plan, position, entry, reach))
    return found


def _required(plan: Plan) -> Iterator[Diagnostic]:
    known, disabled = plan.position, plan.disabled
    for uri in plan.catalog.required:
        position = known.get(uri)
        if position is None or position in disabled:
            why = "is not registered" if position is None else "is disabled"
            text = f"required plugin {uri} {why}: the boot aborts with 'required plugin [{uri}] not included'"
            yield Diagnostic("required-missing", Severity.ERROR, text, uri)


def _requires(entry: Entry, types: set[str]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for name in entry.registration.requires:
        if name != "*" and name not in types:
            text = f"requires type {name}, which no plugin has; that only matters if it looks one up"
            yield Diagnostic("type-without-plugin", Severity.INFO, text, entry.uri, entry.place)
        if name in seen:
            text = f"requires type {name} twice"
            yield Diagnostic("requires-twice", Severity.WARNING, text, entry.uri, entry.place)
        seen.add(name)


class _Reach:
    """Which types a plugin's Requires reach, directly or through others."""

    def __init__(self, plan: Plan) -> None:
        self._direct: dict[str, set[str]] = {}
        for entry in plan.catalog.entries:
            self._direct.setdefault(entry.registration.type, set()).update(entry.registration.requires)
        self._known: dict[str, set[str]] = {}

    def of(self, entry: Entry) -> set[str]:
        """The types that surely stand before the plugin."""
        reached: set[str] = set()
        waiting = list(entry.registration.requires)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(self._direct.get(name, ()))
        return reached


def _lookups(plan: Plan, position: int, entry: Entry, reach: _Reach) -> Iterator[Diagnostic]:
    if not entry.lookups:
        return
    reached = reach.of(entry)
    told: set[str] = set()
    for lookup in entry.lookups:
        if lookup.get is Get.ALL or lookup.type in reached or "*" in reached or lookup.type in told:
            continue
        told.add(lookup.type)
        severity = Severity.WARNING if lookup.on_error is not OnError.TOLERATE else Severity.INFO
        text = (
            f"looks up {short_type(lookup.type)} ({lookup}) without requiring it, not even through others: "
            "that it comes first is luck of the registration order"
        )
        yield Diagnostic("undeclared-lookup", severity, text, entry.uri, entry.place)
    yield from _crowded(plan, position, entry)


def _crowded(plan: Plan, position: int, entry: Entry) -> Iterator[Diagnostic]:
    """``single`` lookups of a type that several enabled plugins have (2.x fails then, unless all but one skip)."""
    if not plan.semantics.is_v2 or position in plan.disabled:
        return
    for lookup in entry.lookups or ():
        if lookup.get not in (Get.SINGLE, Get.FIRST):
            continue
        providers = [
            other.uri
            for number, other in enumerate(plan.catalog.entries)
            if other.registration.type == lookup.type
            and number not in plan.disabled
            and (other.init is None or other.init.outcome != "skip")
        ]
        if len(providers) > 1:
            text = f"asks for the single {lookup.type}, but {len(providers)} plugins have that type"
            yield Diagnostic("single-of-many", Severity.WARNING, text, entry.uri, entry.place)
