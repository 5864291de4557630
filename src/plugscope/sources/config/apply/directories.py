"""Directories: a catalog tells those of a default installation."""

from __future__ import annotations

from msgspec.structs import replace

from plugscope.boot import Catalog, Entry


def under(entry: Entry, catalog: Catalog, root: str, state: str) -> Entry:
    """The entry with root and state where a configuration has them, in its words and in what it exports."""
    moves = [(old, new) for old, new in ((catalog.root, root), (catalog.state, state)) if old and old != new]
    if entry.init is None or not moves:
        return entry
    meta = entry.init.meta.copy()
    message = entry.init.message
    for old, new in moves:
        message = message.replace(f"{old}/", f"{new.rstrip('/')}/")
        for key, value in meta.exports.items():
            if value.startswith(f"{old}/"):
                meta.exports[key] = f"{new.rstrip('/')}{value[len(old) :]}"
    return replace(entry, init=replace(entry.init, message=message, meta=meta))
