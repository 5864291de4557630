"""The catalog of an observed boot: what was told of, and what its version would have beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plugscope.boot import Catalog, Entry, Init, Known, Outcome, make_plan
from plugscope.boot.attribution import missing_names
from plugscope.boot.prediction import LookupResolver
from plugscope.plugin import Registration

from .expectation import Expectation
from .plugin_observation import PluginObservation


def expected_entries(facts: Mapping[str, PluginObservation], expectation: Expectation) -> dict[str, Entry]:
    """The plugins that this daemon surely knows: its version's, and those that errors say it looked for."""
    known = dict(expectation.expected)
    here = {fact.type for fact in facts.values()} | {str(entry.registration.type) for entry in known.values()}
    nothing = LookupResolver(make_plan(Catalog([], expectation.semantics)))
    for fact in facts.values():
        if fact.outcome is not Outcome.ERROR:
            continue
        for type_, id_ in missing_names(fact.error, expectation.lookups_of(fact.uri), nothing):
            found = expectation.find(f"{type_}.{id_}") if id_ else None
            if found is not None:
                known[found.uri] = found
            elif not id_ and type_ not in here:
                known.update((entry.uri, entry) for entry in expectation.of_type(type_))
    return known


def catalog_of(
    facts: Mapping[str, PluginObservation],
    expected: Mapping[str, Entry],
    expectation: Expectation,
    name: str,
    known: Known,
) -> Catalog:
    """The registrations in the nearest catalog's order; what it does not have comes last, as proxy plugins do."""
    nearest = expectation.nearest
    return Catalog(
        [_entry(entry, facts.get(entry.uri), name, known) for entry in _likes(facts, expected, expectation)],
        expectation.semantics,
        name=name,
        version=expectation.version or nearest.version,
        root=nearest.root,
        state=nearest.state,
        address=nearest.address,
        version_known=known if expectation.is_told else Known.INFERRED,
    )


def _likes(
    facts: Mapping[str, PluginObservation], expected: Mapping[str, Entry], expectation: Expectation
) -> Iterator[Entry]:
    """For each plugin of the catalog to be an entry that tells what is known of it."""
    done: set[str] = set()
    for entry in (*expectation.nearest.entries, *expected.values()):
        if entry.uri not in done and (entry.uri in facts or entry.uri in expected):
            done.add(entry.uri)
            yield entry
    for uri, fact in facts.items():
        if uri not in done:
            yield expectation.find(uri) or Entry(Registration(fact.type, fact.id))


def _entry(like: Entry, fact: PluginObservation | None, name: str, known: Known) -> Entry:
    if fact is None:
        return Entry(like.registration, like.lookups, like.init, known=Known.INFERRED)
    registration = like.registration
    if fact.requires is not None:
        registration = Registration(registration.type, registration.id, fact.requires)
    return Entry(
        registration,
        like.lookups,
        _init(like.init, fact),
        location=f"{name}:{fact.line}" if fact.line else "",
        known=known,
    )


def _init(init: Init | None, fact: PluginObservation) -> Init | None:
    """The recorded outcome, with the Meta that this boot had where the source tells it."""
    if fact.meta is None:
        return init
    return (
        Init(meta=fact.meta)
        if init is None
        else Init(init.outcome, init.message, fact.meta, init.duration_ms)
    )
