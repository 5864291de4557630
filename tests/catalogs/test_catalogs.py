"""The shipped catalogs of containerd say what real daemons did.

The facts beside this room (tests/data/containerd): each release's registrations and the order they started in
(catalogs), one real boot for each plugin with that one disabled (sweeps), and real boots with up to a dozen
plugins disabled at once (multi).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import make_catalogs
from plugscope.boot import Catalog, Lookup, Outcome, Recording, make_plan, predict
from plugscope.sources.manifest import read_manifest

DATA = Path(__file__).resolve().parent.parent / "data" / "containerd"
SWEPT = ("1.6.20", "1.7.34", "2.1.9", "2.3.4")
BOOTED = ("1.6.20", "1.7.24", "2.1.9")
CATALOG_OF = {"1.7.24": "1.7.34"}
"""1.7.24 has no catalog of its own: its init functions make the same lookups as those of 1.7.34."""

IN_SERVICES = "failed to get service plugin: "


@dataclass(frozen=True)
class Boot:
    """A real boot with plugins disabled: what came out, and which error texts it told."""

    disabled: tuple[str, ...]
    outcomes: dict[str, str]
    errors: dict[str, str]
    order: list[str]

    def __str__(self) -> str:
        return "without " + ", ".join(self.disabled)


@pytest.mark.parametrize("version", make_catalogs.VERSIONS)
def test_a_shipped_catalog_is_what_the_facts_and_the_lookups_make(version: str) -> None:
    """Nobody edits resources/catalogs by hand."""
    shipped = (make_catalogs.TARGET / f"containerd-{version}.json").read_text("utf-8")
    made = make_catalogs.render(make_catalogs.make(version))
    assert shipped == made, "run .venv/bin/python packaging/make_catalogs.py"


@pytest.mark.parametrize("version", make_catalogs.VERSIONS)
def test_no_plugin_of_the_daemon_is_lost(version: str) -> None:
    """Every plugin that the daemon listed is in the catalog, with its requires and its outcome."""
    recorded = {fact["uri"]: fact for fact in _facts("catalogs", version)["plugins"]}
    shipped = {entry.uri: entry for entry in _catalog(version).entries}
    assert recorded.keys() <= shipped.keys()
    for uri, fact in recorded.items():
        entry = shipped[uri]
        assert list(entry.registration.requires) == fact["requires"], uri
        assert entry.init is not None, uri
        assert entry.init.outcome == fact["status"], uri
        assert bool(entry.init.message) == (fact["status"] != "ok"), uri


@pytest.mark.parametrize("version", make_catalogs.VERSIONS)
def test_a_catalog_starts_in_the_order_of_the_daemon(version: str) -> None:
    """Registration order and requires lead to the daemon's own order; up to 1.5, introspection is not in its list."""
    listed = [fact["uri"] for fact in _facts("catalogs", version)["plugins"]]
    started = [entry.uri for entry in make_plan(_catalog(version)).ordered]
    assert [uri for uri in started if uri in set(listed)] == listed
    assert set(started) - set(listed) <= {"io.containerd.grpc.v1.introspection"}


@pytest.mark.parametrize("version", make_catalogs.VERSIONS)
def test_an_undisturbed_boot_comes_out_as_recorded(version: str) -> None:
    """No lookup fails when nothing is disabled."""
    recording = predict(make_plan(_catalog(version)))
    recorded = {fact["uri"]: fact["status"] for fact in _facts("catalogs", version)["plugins"]}
    assert {uri: outcome for uri, outcome in _outcomes(recording).items() if uri in recorded} == recorded


@pytest.mark.parametrize("version", SWEPT)
def test_every_boot_with_one_plugin_disabled_is_predicted(version: str) -> None:
    """Who changes status, who does not, and in which order the rest starts, in each experiment of a sweep."""
    assert not _differences(_catalog(version), _sweep(version))


@pytest.mark.parametrize("version", SWEPT)
def test_the_errors_of_a_sweep_are_predicted_word_for_word(version: str) -> None:
    """Also where Go's map order decides which of several is named: then it is one of those."""
    assert not _wrong_texts(_catalog(version), _sweep(version))


@pytest.mark.parametrize("version", BOOTED)
def test_every_boot_with_several_plugins_disabled_is_predicted(version: str) -> None:
    """Lookups are right where adding up single experiments is not."""
    assert not _differences(_booted_catalog(version), _several(version))


@pytest.mark.parametrize("version", BOOTED)
def test_the_errors_of_boots_with_several_plugins_disabled_are_predicted_word_for_word(version: str) -> None:
    """As for the sweeps."""
    assert not _wrong_texts(_booted_catalog(version), _several(version))


@pytest.mark.parametrize("version", BOOTED)
def test_boots_with_several_plugins_disabled_do_not_all_add_up(version: str) -> None:
    """The recorded boots can tell lookups from a table of single experiments."""
    catalog = _booted_catalog(version)
    alone = {entry.uri: _changed(catalog, (entry.uri,)) for entry in catalog.entries}
    added_up = [
        boot
        for boot in _several(version)
        if set().union(*(alone[uri] for uri in boot.disabled)) - set(boot.disabled)
        != {uri for uri, outcome in boot.outcomes.items() if outcome != _baseline(catalog)[uri]}
    ]
    assert len(added_up) >= 20


# What is predicted


def _differences(catalog: Catalog, boots: list[Boot]) -> list[str]:
    found = []
    for boot in boots:
        plan = make_plan(catalog, boot.disabled)
        recording = predict(plan)
        predicted = _outcomes(recording)
        for uri in predicted.keys() | boot.outcomes.keys():
            was, is_ = boot.outcomes.get(uri), predicted.get(uri)
            if was != is_:
                step = recording.by_uri.get(uri)
                why = f" ({step.error})" if step is not None and step.error else ""
                found.append(f"{boot}: {uri} was {was} ({boot.errors.get(uri, '')}), predicted {is_}{why}")
        if [entry.uri for entry in plan.ordered] != boot.order:
            found.append(f"{boot}: starts in another order")
    return found


def _wrong_texts(catalog: Catalog, boots: list[Boot]) -> list[str]:
    turned = [catalog, *(_turned(catalog, by) for by in range(1, 9))]
    found = []
    for boot in boots:
        possible: list[Recording] = []
        for uri, text in boot.errors.items():
            if not any(text in _texts(recording, uri) for recording in possible):
                for other in turned[len(possible) :]:
                    possible.append(predict(make_plan(other, boot.disabled)))
                    if text in _texts(possible[-1], uri):
                        break
                else:
                    words = " | ".join(sorted(set().union(*(_texts(each, uri) for each in possible))))
                    found.append(f"{boot}: {uri} told {text!r}, predicted {words!r}")
    return found


def _texts(recording: Recording, uri: str) -> set[str]:
    """The predicted error of a plugin, and what it becomes if another failed service is met first (2.x)."""
    step = recording.by_uri.get(uri)
    if step is None:
        return set()
    before, met, _ = step.error.partition(IN_SERVICES)
    if not met:
        return {step.error}
    return {step.error} | {
        before + met + other.error
        for other in recording.steps
        if other.entry.registration.type == "io.containerd.service.v1" and other.outcome is Outcome.ERROR
    }


def _turned(catalog: Catalog, by: int) -> Catalog:
    """The same catalog, each group of lookups that comes from a Go map turned by some places."""
    entries = [
        replace(entry, lookups=_turn(entry.lookups, by)) if entry.lookups else entry
        for entry in catalog.entries
    ]
    return replace(catalog, entries=entries)


def _turn(lookups: tuple[Lookup, ...], by: int) -> tuple[Lookup, ...]:
    turned = list(lookups)
    for group in {lookup.unordered for lookup in lookups if lookup.unordered}:
        locations = [location for location, lookup in enumerate(lookups) if lookup.unordered == group]
        for index, location in enumerate(locations):
            turned[location] = lookups[locations[(index + by) % len(locations)]]
    return tuple(turned)


def _changed(catalog: Catalog, disabled: tuple[str, ...]) -> set[str]:
    outcomes = _outcomes(predict(make_plan(catalog, disabled)))
    return {uri for uri, outcome in outcomes.items() if outcome != _baseline(catalog)[uri]}


def _baseline(catalog: Catalog) -> dict[str, str]:
    return {entry.uri: str(entry.init.outcome) for entry in catalog.entries if entry.init is not None}


def _outcomes(recording: Recording) -> dict[str, str]:
    return {step.uri: str(step.outcome) for step in recording.steps}


# What was recorded


@cache
def _facts(folder: str, version: str) -> Any:
    return json.loads((DATA / folder / f"containerd-{version}.json").read_text("utf-8"))


@cache
def _catalog(version: str) -> Catalog:
    path = make_catalogs.TARGET / f"containerd-{version}.json"
    return read_manifest(path.read_bytes(), "json", path.name)


@cache
def _booted_catalog(version: str) -> Catalog:
    """The catalog for a daemon that was booted; Debian's 1.7.24 registers in an order of its own."""
    catalog = _catalog(CATALOG_OF.get(version, version))
    order = _facts("multi", version).get("registration")
    if order is None:
        return catalog
    entries = {entry.uri: entry for entry in catalog.entries}
    return replace(catalog, entries=[entries[uri] for uri in order])


def _sweep(version: str) -> list[Boot]:
    facts = _facts("sweeps", version)
    return [_boot(facts["baseline"], experiment) for experiment in facts["experiments"]]


def _several(version: str) -> list[Boot]:
    facts = _facts("multi", version)
    return [_boot(facts["baseline"], experiment) for experiment in facts["experiments"]]


def _boot(baseline: dict[str, Any], experiment: dict[str, Any]) -> Boot:
    disabled = tuple(experiment["disabled"])
    outcomes = {uri: status for uri, status in baseline["status"].items() if uri not in disabled}
    order = experiment.get("order") or [uri for uri in baseline["order"] if uri not in disabled]
    errors = {uri: make_catalogs.unescaped(text) for uri, text in experiment["errors"].items() if text}
    return Boot(disabled, {**outcomes, **experiment["changed"]}, errors, order)
