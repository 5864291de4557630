"""The plan: the order a catalog starts in, what is disabled, and why each plugin stands where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from plugscope.plugin import (
    CircularDependencyError,
    IDRegisteredError,
    InvalidRequiresError,
    NoPluginIDError,
    NoTypeError,
    Order,
    PluginError,
    Registration,
    Registry,
    Semantics,
    order_of,
)

from .catalog import Catalog, Entry
from .diagnostic import Diagnostic, DiagnosticCode, Severity

Refusal = (NoTypeError, NoPluginIDError, IDRegisteredError, InvalidRequiresError)


class Reason(Struct):
    """Why a plugin stands where it stands: ``pulled_in_by`` (a URI) required its type ``via`` and came first,
    or, where both are empty, its own turn came."""

    pulled_in_by: str = ""
    via: str = ""


class Plan(Struct, dict=True):
    """The result of ordering. ``sequence`` and ``disabled`` hold positions in ``catalog.entries``.

    ``error`` is why the daemon would not even come to initialise: a refused registration, or a ring, and
    ``error_uri`` the plugin that it began with; then ``sequence`` is what could be placed all the same, so that
    there is something to look at.
    """

    catalog: Catalog
    sequence: Sequence[int]
    disabled: frozenset[int]
    puller: Sequence[int]
    via: Sequence[str]
    error: PluginError | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    error_uri: str = ""

    @property
    def semantics(self) -> Semantics:
        """The era by whose rules it was ordered."""
        return self.catalog.semantics

    @property
    def ordered(self) -> list[Entry]:
        """The entries in the order they start."""
        entries = self.catalog.entries
        return [entries[position] for position in self.sequence]

    @property
    def disabled_uris(self) -> list[str]:
        """The URIs of the disabled plugins, in registration order."""
        return [self.catalog.entries[position].uri for position in sorted(self.disabled)]

    @cached_property
    def rank(self) -> dict[int, int]:
        """For each position its place in the sequence, from 0."""
        return {position: rank for rank, position in enumerate(self.sequence)}

    @cached_property
    def position(self) -> dict[str, int]:
        """For each URI the position of its first registration."""
        found: dict[str, int] = {}
        for position, entry in enumerate(self.catalog.entries):
            found.setdefault(entry.registration.uri, position)
        return found

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of all plugins, disabled ones too."""
        return frozenset([entry.registration.type for entry in self.catalog.entries])

    def reason(self, position: int) -> Reason:
        """Why the registration at this position stands where it stands."""
        puller = self.puller[position]
        if puller < 0:
            return Reason()
        return Reason(self.catalog.entries[puller].uri, self.via[position])

    def trail(self, position: int) -> list[tuple[str, str]]:
        """From this plugin to the one whose own turn it was: (URI, type it pulled through) pairs."""
        steps: list[tuple[str, str]] = []
        for puller in self.pullers(position):
            steps.append((self.catalog.entries[puller].uri, self.via[position]))
            position = puller
        return steps

    def pullers(self, position: int) -> Iterator[int]:
        """The one that pulled this one forward, the one that pulled that one, and so on: positions."""
        while (position := self.puller[position]) >= 0:
            yield position

    def to_networkx(self) -> Any:
        """A ``networkx.DiGraph`` of the resolved graph: an edge goes from a plugin to each one it requires."""
        from .analysis import to_networkx

        return to_networkx(self.catalog.entries, self.disabled, self.rank)


def make_plan(
    catalog: Catalog,
    disable: Iterable[str] = (),
    *,
    toggled: Collection[int] = (),
    like: Plan | None = None,
) -> Plan:
    """Order a catalog.

    ``disable`` adds entries in the era's own terms to ``catalog.disabled`` (a URI always works); ``toggled``
    turns single positions the other way round, as a person does in the window. Nothing of the catalog changes.
    ``like`` is a plan from before: if it is of the same catalog, what does not depend on who is disabled is taken
    from it.
    """
    if like is not None and like.catalog is not catalog:
        like = None
    disabled, diagnostics = resolve_disabled(catalog, (*catalog.disabled, *disable))
    disabled ^= frozenset(toggled)
    registrations = catalog.registrations
    accepted = like is not None and like.error is None
    refused = [] if accepted else refusals(registrations, catalog.semantics)
    error: PluginError | None = refused[0][1] if refused else None
    error_uri = registrations[refused[0][0]].uri if refused else ""
    try:
        order = order_of(registrations, catalog.semantics, disabled)
    except CircularDependencyError as ring:
        error_uri = error_uri or ring.cycle[0]
        error = error or _ring_error(ring, catalog.semantics)
        order = _in_own_turn(len(registrations), disabled)
    found = [_refusal_diagnostic(catalog, position, refusal) for position, refusal in refused]
    if isinstance(error, CircularDependencyError):
        found.append(
            Diagnostic(DiagnosticCode.CYCLE, Severity.ERROR, str(error), error.cycle[0], error=str(error))
        )
    plan = Plan(
        catalog,
        order.sequence,
        frozenset(disabled),
        order.puller,
        order.via,
        error,
        (*diagnostics, *found),
        error_uri,
    )
    if like is not None:
        plan.__dict__.update(position=like.position, types=like.types)
    return plan


def resolve_disabled(catalog: Catalog, wanted: Iterable[str]) -> tuple[frozenset[int], list[Diagnostic]]:
    """The positions that a disable list takes out under the catalog's semantics.

    Classic lists name ids and take the first registration of each (1.1, 1.2); later ones name URIs, exactly.
    An entry that has no effect in the real daemon has none here, and is reported with what would work.
    """
    positions: set[int] = set()
    diagnostics: list[Diagnostic] = []
    wanted = tuple(dict.fromkeys(wanted))
    if not wanted:
        return frozenset(), diagnostics
    by_uri: dict[str, list[int]] = {}
    by_id: dict[str, list[int]] = {}
    for position, entry in enumerate(catalog.entries):
        by_uri.setdefault(entry.registration.uri, []).append(position)
        by_id.setdefault(entry.registration.id, []).append(position)
    for name in wanted:
        if name in by_uri:
            positions.update(by_uri[name])
        elif catalog.semantics.rules.disable_by_id and name in by_id:
            positions.add(by_id[name][0])
        else:
            same_id = [catalog.entries[p].uri for p in by_id.get(name, ())]
            import difflib  # for a mistake, which most plans have none of

            nearest = same_id or difflib.get_close_matches(name, by_uri, 3)
            wanted_name = "id or URI" if catalog.semantics.rules.disable_by_id else "URI"
            diagnostics.append(_no_effect(name, wanted_name, nearest))
    return frozenset(positions), diagnostics


def _no_effect(name: str, kind: str, nearest: Sequence[str]) -> Diagnostic:
    hint = f"; did you mean {' or '.join(nearest)}?" if nearest else ""
    text = f"disabling {name!r} has no effect: no plugin has that {kind}"
    return Diagnostic(DiagnosticCode.DISABLED_UNKNOWN, Severity.WARNING, text, advice=hint)


def refusals(registrations: Sequence[Registration], semantics: Semantics) -> list[tuple[int, PluginError]]:
    """The registrations that the era's ``Register`` panics at, each with its error."""
    if _all_acceptable(registrations, semantics):
        return []
    registry = Registry(semantics=semantics)
    found: list[tuple[int, PluginError]] = []
    for position, registration in enumerate(registrations):
        try:
            registry.register(registration)
        except Refusal as error:
            found.append((position, error))
    return found


def _all_acceptable(registrations: Sequence[Registration], semantics: Semantics) -> bool:
    """A quick look that may say no too often, never yes too often."""
    if len({r.uri for r in registrations}) != len(registrations):
        return False
    own_type_refused = semantics.rules.own_type_refused
    return all(
        r.type
        and r.id
        and (r.requires == ("*",) or "*" not in r.requires)
        and not (own_type_refused and r.type in r.requires)
        for r in registrations
    )


def _refusal_diagnostic(catalog: Catalog, position: int, error: PluginError) -> Diagnostic:
    codes: dict[type[PluginError], DiagnosticCode] = {
        NoTypeError: DiagnosticCode.NO_TYPE,
        NoPluginIDError: DiagnosticCode.NO_ID,
        IDRegisteredError: DiagnosticCode.DUPLICATE,
        InvalidRequiresError: DiagnosticCode.INVALID_REQUIRES,
    }
    entry = catalog.entries[position]
    message = str(error)
    if isinstance(error, InvalidRequiresError):
        message = f"{entry.uri} requires {', '.join(entry.registration.requires)}: {message}"
    return Diagnostic(
        codes[type(error)], Severity.ERROR, message, entry.uri, entry.location, error=str(error)
    )


def _ring_error(ring: CircularDependencyError, semantics: Semantics) -> CircularDependencyError:
    """Say with it what the real daemon does: only 2.3 and later notice."""
    if semantics is Semantics.V2:
        return ring
    return CircularDependencyError(
        f"{ring} (this release does not notice the ring: it recurses until the stack overflows)", ring.cycle
    )


def _in_own_turn(size: int, disabled: Collection[int]) -> Order:
    return Order([p for p in range(size) if p not in disabled], [-1] * size, [""] * size)
