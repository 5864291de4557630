"""Make the shipped catalogs: ``.venv/bin/python packaging/make_catalogs.py [--check]``.

Reads the facts recorded from real daemons (tests/data/containerd) and the lookups kept by hand
(packaging/catalogs/lookups), and writes a manifest for each release to resources/catalogs. Stops if a plugin
would be lost, or if the registrations do not start in the order in which the daemon started them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog_lookups import CatalogError, Experiment, Kept, Lookups, Table, spell_out
from plugscope.sources.release import Release

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT / "tests" / "data" / "containerd"
LOOKUPS = ROOT / "packaging" / "catalogs" / "lookups"
TARGET = ROOT / "resources" / "catalogs"

VERSIONS = ("1.2.14", "1.3.10", "1.6.20", "1.7.34", "2.0.11", "2.1.9", "2.3.4")
BOOTS_OF = {"1.6.20": ("1.6.20",), "1.7.34": ("1.7.24",), "2.1.9": ("2.1.9",)}
"""Which releases' boots with several plugins disabled count as evidence for a release."""


@dataclass(frozen=True)
class Facts:
    """What was recorded of one release: its plugins in registration order, and the order they started in."""

    version: str
    plugins: list[Table]
    started: list[str]
    absent: list[Table]


def main(arguments: Sequence[str]) -> int:
    """Write the catalogs, or with ``--check`` name those that are out of date."""
    stale = []
    for version in VERSIONS:
        path = TARGET / f"containerd-{version}.json"
        text = render(make(version))
        if "--check" in arguments:
            if not path.exists() or path.read_text("utf-8") != text:
                stale.append(path.name)
        else:
            path.write_text(text, "utf-8", newline="\n")
    if stale:
        print(
            f"out of date: {', '.join(stale)}; run .venv/bin/python packaging/make_catalogs.py",
            file=sys.stderr,
        )
    return 1 if stale else 0


def make(version: str) -> Table:
    """The manifest of one release."""
    kept = Kept.read(LOOKUPS, version)
    facts = read_facts(version, kept)
    semantics = Release(version).era
    _check_order(facts, classic=semantics.rules.same_id_not_followed)
    lookups = _lookups(kept, facts, semantics.rules.not_found)
    return {
        "plugscope": 1,
        "semantics": semantics.value,
        "name": f"containerd {version}",
        "version": version,
        "root": "/var/lib/containerd",
        "state": "/run/containerd",
        "address": "/run/containerd/containerd.sock",
        "plugin": [_plugin(fact, lookups) for fact in facts.plugins],
        "absent": [_absent(fact) for fact in facts.absent],
    }


# Facts


def read_facts(version: str, kept: Kept) -> Facts:
    """Read the recorded registrations of a release and put them into registration order."""
    recorded = _load("catalogs", version)
    plugins = {fact["uri"]: fact for fact in recorded["plugins"]}
    started = list(plugins)
    order = list(recorded.get("registration_order", kept.registration))
    for uri in order:
        if uri not in plugins:
            plugins[uri] = _unlisted(uri, kept)
            started.append(uri)
    if sorted(order) != sorted(plugins):
        raise CatalogError(f"{version}: registration order and plugins differ: {set(order) ^ set(plugins)}")
    strangers = kept.plugins.keys() - plugins.keys()
    if strangers:
        raise CatalogError(
            f"{version}: lookups of plugins that are not there: {', '.join(sorted(strangers))}"
        )
    messages = _baseline_messages(version)
    facts = [{"message": messages.get(uri, ""), **plugins[uri]} for uri in order]
    for fact in facts:
        fact.setdefault("source", kept.plugins.get(fact["uri"], {}).get("source", ""))
    return Facts(version, facts, started, recorded.get("in_source_but_not_in_daemon", []))


def _unlisted(uri: str, kept: Kept) -> Table:
    """A registration that the daemon does not list: introspection up to 1.5, which is itself the list."""
    type_, _, id_ = uri.rpartition(".")
    requires = kept.requires_of(uri)
    return {"uri": uri, "type": type_, "id": id_, "requires": requires, "status": "ok", "known": "log"}


def _load(folder: str, version: str) -> Table:
    value: Table = json.loads((FACTS / folder / f"containerd-{version}.json").read_text("utf-8"))
    return value


def _baseline_messages(version: str) -> dict[str, str]:
    """The errors of an undisturbed boot that the recorded experiments tell of."""
    messages: dict[str, str] = {}
    for folder in ("sweeps", "multi"):
        if (FACTS / folder / f"containerd-{version}.json").exists():
            for uri, text in _load(folder, version)["baseline"]["errors"].items():
                messages[uri] = unescaped(text)
    return messages


def unescaped(text: str) -> str:
    """An error as it was, of one that was cut out of a log line with its quotes still escaped."""
    return text.replace('\\"', '"')


def read_experiments(version: str) -> list[Experiment]:
    """The boots that were made with plugins disabled: each alone, then several at once."""
    found = []
    places = [("sweeps", version), *(("multi", other) for other in BOOTS_OF.get(version, ()))]
    for folder, other in places:
        if not (FACTS / folder / f"containerd-{other}.json").exists():
            continue
        for boot in _load(folder, other)["experiments"]:
            errors = {uri: unescaped(text) for uri, text in boot["errors"].items() if text}
            name = "sweep: -" + " -".join(boot["disabled"])
            found.append(Experiment(name, frozenset(boot["disabled"]), errors))
    return found


# The manifest's parts


def _lookups(kept: Kept, facts: Facts, not_found: str) -> Lookups:
    experiments = read_experiments(facts.version)
    if not kept.inherit:
        return spell_out(kept, None, (), experiments, not_found)
    neighbour = Kept.read(LOOKUPS, kept.inherit)
    theirs = {fact["uri"]: fact["requires"] for fact in read_facts(kept.inherit, neighbour).plugins}
    same = [fact["uri"] for fact in facts.plugins if theirs.get(fact["uri"]) == fact["requires"]]
    return spell_out(kept, neighbour, same, experiments, not_found)


def _plugin(fact: Table, lookups: Lookups) -> Table:
    plugin: Table = {"type": fact["type"], "id": fact["id"], "requires": fact["requires"]}
    if fact["uri"] in lookups:
        plugin["lookups"] = lookups[fact["uri"]]
    plugin["init"] = _init(fact)
    source = _source(fact)
    if source:
        plugin["source"] = source
    plugin["known"] = fact.get("known", "live")
    return plugin


def _init(fact: Table) -> Table:
    init: Table = {"outcome": fact["status"]}
    message = fact.get("init_err", {}).get("message") or fact["message"]
    if fact["status"] != "ok":
        init["message"] = message
    for key in ("exports", "capabilities"):
        if fact.get(key):
            init[key] = fact[key]
    if fact.get("platforms"):
        init["platforms"] = [_platform(platform) for platform in fact["platforms"]]
    return init


def _platform(platform: Table | str) -> str:
    if isinstance(platform, str):
        return platform
    parts = (platform["os"], platform["architecture"], platform.get("variant"))
    return "/".join(part for part in parts if part)


def _source(fact: Table) -> str:
    if "source_package" in fact:
        return f"{fact['source_package']}/{fact['source_file']}:{fact['source_line']}"
    return str(fact["source"]).split(",")[0]


def _absent(fact: Table) -> Table:
    named = {"uri": fact["uri"]} if fact["uri"] else {"type": fact["type"], "id": fact["id"]}
    return {**named, "why": fact["why"]}


# Checks


def _check_order(facts: Facts, *, classic: bool) -> None:
    """Stop if the registration order does not lead to the order in which the daemon started."""
    computed = start_order(facts.plugins, classic=classic)
    if computed == facts.started:
        return
    for place, (ours, theirs) in enumerate(zip(computed, facts.started, strict=False)):
        if ours != theirs:
            raise CatalogError(f"{facts.version}: {ours} would start in place {place}, it was {theirs}")
    raise CatalogError(f"{facts.version}: {len(computed)} plugins would start, it were {len(facts.started)}")


def start_order(plugins: Iterable[Table], *, classic: bool) -> list[str]:
    """containerd's Graph, written out: depth first over the required types, in registration order."""
    plugins = list(plugins)
    order: dict[str, None] = {}

    def follow(plugin: Table) -> None:
        for wanted in plugin["requires"]:
            for other in plugins:
                named = wanted in ("*", other["type"]) and other is not plugin
                if named and other["uri"] not in order and not (classic and other["id"] == plugin["id"]):
                    follow(other)
                    order.setdefault(other["uri"])

    for plugin in plugins:
        if plugin["uri"] not in order:
            follow(plugin)
            order.setdefault(plugin["uri"])
    return list(order)


# Writing


def render(manifest: Table) -> str:
    """The manifest as JSON with a line for each plugin and each lookup, so that changes can be read."""
    lines = [f" {_json(key)}: {_json(value)}" for key, value in manifest.items() if not _is_rows(value)]
    for key in ("plugin", "absent"):
        rows = ",\n".join("  " + _row(row) for row in manifest[key])
        lines.append(f" {_json(key)}: [\n{rows}\n ]" if rows else f" {_json(key)}: []")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _is_rows(value: Any) -> bool:
    return isinstance(value, list)


def _row(row: Table) -> str:
    lookups = row.get("lookups")
    if not lookups:
        return _json(row)
    inner = ",\n".join("    " + _json(lookup) for lookup in lookups)
    parts = [
        f'"lookups": [\n{inner}]' if key == "lookups" else f"{_json(key)}: {_json(value)}"
        for key, value in row.items()
    ]
    return "{" + ", ".join(parts) + "}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
