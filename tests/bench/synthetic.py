"""Catalogs of any size, the same on every machine: types in levels, each requiring a few of the level before."""

from __future__ import annotations

import json
import random
from pathlib import Path

from plugscope.boot import Catalog, Entry
from plugscope.plugin import Registration


def catalog_of(size: int, types: int = 30, levels: int = 8, seed: int = 7) -> Catalog:
    """``size`` registrations of ``types`` types; each type draws on a pool of five types of lower levels."""
    rng = random.Random(seed)
    types = min(types, size)
    names = [f"org.example.kind{number:02}.v1" for number in range(types)]
    level = [number * levels // types for number in range(types)]
    pools: list[list[str]] = []
    for number in range(types):
        lower = [name for other, name in enumerate(names) if level[other] < level[number]]
        pools.append(rng.sample(lower, min(5, len(lower))))
    choices = [[tuple(rng.sample(p, min(len(p), rng.choice((2, 3, 3, 4))))) for _ in range(9)] for p in pools]
    entries = []
    for number in range(size):
        kind = number if number < types else min(int(rng.random() ** 1.5 * types), types - 1)
        entries.append(Entry(Registration(names[kind], f"plugin-{number}", rng.choice(choices[kind]))))
    rng.shuffle(entries)
    return Catalog(entries, name=f"synthetic {size}")


def chain_of(size: int) -> Catalog:
    """Each registration has a type of its own and requires the one before it."""
    names = [f"org.example.link{number}.v1" for number in range(size)]
    return Catalog(
        [Entry(Registration(names[n], f"link-{n}", names[n - 1 : n] if n else ())) for n in range(size)],
        name=f"chain {size}",
    )


def write_manifest(folder: Path, size: int) -> str:
    """A JSON manifest of so many plugins."""
    entries = catalog_of(size).entries
    plugins = [
        {
            "type": str(entry.registration.type),
            "id": entry.registration.id,
            "requires": list(entry.registration.requires),
            "lookups": [],
        }
        for entry in entries
    ]
    path = folder / f"{size}.json"
    path.write_text(json.dumps({"plugscope": 1, "plugin": plugins}), "utf-8")
    return str(path)
