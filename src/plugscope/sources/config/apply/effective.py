"""The configuration of one plugin that is in force: what the files say on top of the release's defaults."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from plugscope.boot import Setting
from plugscope.sources.release import Release
from plugscope.sources.toml import NOWHERE, Leaf, Location, Table, dotted


class Effective:
    """A plugin's settings. ``user`` is what the files say (nothing: an empty table), ``default`` the release's.
    ``known`` are the URIs of all plugins, those that a setting may name, and ``tables`` what the files say for all."""

    def __init__(
        self,
        user: Table,
        default: dict[str, Any],
        release: Release,
        known: Collection[str] = (),
        tables: Table | None = None,
    ) -> None:
        self.user = user
        self.default = default
        self.release = release
        self.known = known
        self.tables = tables or Table()

    def value(self, *path: str) -> Any:
        """The value in force at a path of keys; ``None`` if neither says anything."""
        found = self.user.get(*path)
        if isinstance(found, Leaf):
            return found.value
        if isinstance(found, Table):
            return found.plain()
        if self._hidden(path):
            return None
        here: Any = self.default
        for key in path:
            here = here.get(key) if isinstance(here, dict) else None
        return here

    def is_set(self, *path: str) -> bool:
        """Whether a file says it."""
        return self.user.get(*path) is not None

    def location(self, *path: str) -> str:
        """Where a file says it; "" if none does."""
        return str(self.user.location_of(*path)) if self.is_set(*path) else ""

    def keys(self, *path: str) -> list[str]:
        """The keys of a table in force. 1.x drops the defaults of a map once a file has one, 2.x adds to them."""
        table = self.user.get(*path)
        own = list(table.entries) if isinstance(table, Table) else []
        if isinstance(table, Table) and not self.release.is_v2:
            return own
        here: Any = self.default
        for key in path:
            here = here.get(key) if isinstance(here, dict) else None
        return list(dict.fromkeys([*(here if isinstance(here, dict) else ()), *own]))

    def settings(self, ignored: Collection[tuple[str, ...]] = ()) -> tuple[Setting, ...]:
        """Every value with where it was set, the defaults included, by key. ``ignored``: the keys, and tables, that
        the release does not look at."""
        unread = frozenset(ignored)
        found: dict[tuple[str, ...], tuple[Any, Location]] = {}
        for path, value in _leaves(self.default):
            if not self._hidden(path):
                found[path] = (value, NOWHERE)
        for path, leaf in self.user.leaves():
            found[path] = (leaf.value, leaf.location)
        return tuple(
            Setting(dotted(path), value, str(location) if location.file else "", _is_below(path, unread))
            for path, (value, location) in sorted(found.items())
        )

    def _hidden(self, path: tuple[str, ...]) -> bool:
        """Whether a default lies in a map that 1.x replaced by the file's."""
        if self.release.is_v2 or "runtimes" not in path:
            return False
        at = path.index("runtimes") + 1
        return len(path) > at and isinstance(self.user.get(*path[:at]), Table)


def _is_below(path: tuple[str, ...], tables: Collection[tuple[str, ...]]) -> bool:
    """Whether a key is one of these, or stands in one of these tables."""
    return bool(tables) and any(path[:end] in tables for end in range(1, len(path) + 1))


def _leaves(data: dict[str, Any], above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    found: list[tuple[tuple[str, ...], Any]] = []
    for key, value in data.items():
        if isinstance(value, dict):
            found.extend(_leaves(value, (*above, key)))
        else:
            found.append(((*above, key), value))
    return found
