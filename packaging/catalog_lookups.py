"""The hand-kept lookups of containerd's init functions: read, spelled out, and held against the experiments.

``packaging/catalogs/lookups/containerd-VERSION.toml`` says what each init function looks up; the files explain
their own words. Here helper calls and inheritance are resolved, and each lookup is told which experiments show it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Table = dict[str, Any]
Lookups = dict[str, list[Table]]

_ORDER = (
    "get",
    "type",
    "id",
    "on_error",
    "error",
    "absent",
    "wraps",
    "members",
    "min",
    "any_of",
    "outcome",
    "unordered",
    "evidence",
)


class CatalogError(Exception):
    """The facts and what is kept by hand do not fit together."""


@dataclass(frozen=True)
class Experiment:
    """One real boot: what was disabled, and the errors of the plugins whose status changed by it."""

    name: str
    disabled: frozenset[str]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class Kept:
    """One file of lookups. ``inherit`` is the release that it takes over from, or ""."""

    version: str
    prefix: str
    inherit: str
    registration: tuple[str, ...]
    plugins: dict[str, Table]
    helpers: dict[str, Table]

    @classmethod
    def read(cls, folder: Path, version: str) -> Kept:
        """Read the file of one release."""
        table = tomllib.loads((folder / f"containerd-{version}.toml").read_text("utf-8"))
        prefix = table["prefix"]
        return cls(
            table["version"],
            prefix,
            table.get("inherit", ""),
            tuple(prefix + short for short in table.get("registration", ())),
            {prefix + short: plugin for short, plugin in table["plugin"].items()},
            table.get("helper", {}),
        )

    def requires_of(self, uri: str) -> list[str]:
        """What a plugin requires that only this file knows of. Raises ``CatalogError`` if it does not."""
        if "requires" not in self.plugins.get(uri, {}):
            raise CatalogError(f"{self.version}: {uri} is registered but neither facts nor file describe it")
        return list(self.plugins[uri]["requires"])


def spell_out(
    kept: Kept, neighbour: Kept | None, same: Iterable[str], experiments: Sequence[Experiment], not_found: str
) -> Lookups:
    """The lookups of every plugin that something is known of, by URI.

    ``same``: the URIs whose lookups may be taken over from ``neighbour``. ``experiments`` and ``not_found`` (the
    era's words) give the evidence.
    """
    found = {uri: _expanded(kept, uri, plugin, kept.helpers) for uri, plugin in kept.plugins.items()}
    if neighbour is not None:
        helpers = {**neighbour.helpers, **kept.helpers}
        origin = f"taken from {neighbour.version}: same type, id and requires"
        for uri in same:
            if uri not in found and uri in neighbour.plugins:
                taken = _expanded(neighbour, uri, neighbour.plugins[uri], helpers)
                found[uri] = [{**lookup, "evidence": [*lookup["evidence"], origin]} for lookup in taken]
    return {
        uri: [_finished(lookup, uri, experiments, not_found) for lookup in lookups]
        for uri, lookups in found.items()
    }


def _expanded(kept: Kept, uri: str, plugin: Table, helpers: Mapping[str, Table]) -> list[Table]:
    """A plugin's lookups with calls, short types and one evidence text made long."""
    evidence = [f"source: {plugin['source']}", *plugin.get("evidence", ())]
    found = []
    for lookup in _calls_replaced(plugin["lookups"], helpers, f"{kept.version}: {uri}"):
        own = lookup.get("evidence", [])
        lookup["evidence"] = [*evidence, *([own] if isinstance(own, str) else own)]
        if "type" in lookup:
            lookup["type"] = kept.prefix + lookup["type"]
        if lookup["get"] == "by_type" and "id" in lookup:
            lookup.setdefault("members", "fatal")
        found.append(lookup)
    return found


def _calls_replaced(lookups: Iterable[Table], helpers: Mapping[str, Table], where: str) -> Iterator[Table]:
    for lookup in lookups:
        if "call" not in lookup:
            yield dict(lookup)
            continue
        if lookup["call"] not in helpers:
            raise CatalogError(f"{where}: no helper {lookup['call']!r}")
        wrap = lookup.get("error", "{error}")
        for inner in helpers[lookup["call"]]["lookups"]:
            wrapped = {**inner, "error": wrap.replace("{error}", inner.get("error", "{error}"))}
            if "absent" in inner:
                wrapped["absent"] = wrap.replace("{error}", inner["absent"])
            yield wrapped


def _finished(lookup: Table, uri: str, experiments: Sequence[Experiment], not_found: str) -> Table:
    """The lookup with the experiments that show it, without defaults, its keys in a fixed order."""
    shown = [
        boot.name for boot in experiments if _shows(boot, lookup, uri, not_found) and len(boot.disabled) == 1
    ]
    several = [boot for boot in experiments if len(boot.disabled) > 1]
    count = sum(_shows(boot, lookup, uri, not_found) for boot in several)
    if count:
        shown.append(f"{count} of {len(several)} boots with several plugins disabled")
    complete = {**lookup, "evidence": [*lookup["evidence"], *shown]}
    if complete.get("error") == "{error}":
        del complete["error"]
    unknown = complete.keys() - set(_ORDER)
    if unknown:
        raise CatalogError(f"{uri}: unknown key {', '.join(sorted(unknown))}")
    return {key: complete[key] for key in _ORDER if key in complete}


def _shows(boot: Experiment, lookup: Table, uri: str, not_found: str) -> bool:
    """Whether the plugin failed in this boot with just the words that this lookup would give it."""
    wanted = lookup.get("type"), lookup.get("id")
    if uri not in boot.errors or wanted[0] is None:
        return False
    gone = f"{wanted[0]}.{wanted[1]}" if wanted[1] else ""
    if not any(off == gone if gone else off.startswith(f"{wanted[0]}.") for off in boot.disabled):
        return False
    return boot.errors[uri] in _texts(lookup, not_found)


def _texts(lookup: Table, not_found: str) -> set[str]:
    """The errors that the init function can come out with when nobody answers this lookup."""
    type_, id_ = lookup["type"], lookup.get("id", "")
    own = {f"no plugins registered for {type_}"}
    if lookup["get"] == "by_id":
        own |= {f"no plugins registered for {type_}.{id_}", f"no {type_} plugins with id {id_}"}
    template = lookup.get("error", "{error}")
    texts = {template.replace("{error}", f"{text}: {not_found}") for text in own}
    return texts | ({lookup["absent"]} if "absent" in lookup else set())
