"""Where a value of a configuration file stands, and values that know it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace


class Location(Struct, frozen=True):
    """A line and column (both from 1) of a file: of a key (``line``, ``column``) and of the value behind it."""

    file: str
    line: int
    column: int = 1
    value_line: int = 0
    value_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


NOWHERE = Location("", 0)


class Leaf(Struct, frozen=True):
    """A value that is no table. For a list, ``locations`` are those of its items, and ``tables`` are the items of a
    list that holds nothing but tables."""

    value: Any
    location: Location = NOWHERE
    locations: tuple[Location, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def items(self) -> list[tuple[Any, Location]]:
        """The items of a list, each with its place."""
        if not isinstance(self.value, list):
            return []
        return [
            (item, self.locations[n] if n < len(self.locations) else self.location)
            for n, item in enumerate(self.value)
        ]

    def joined(self, other: Leaf, unique: bool) -> Leaf:
        """This list with another's items behind its own; ``unique``: without those it has."""
        values, locations = list(self.value), [location for _, location in self.items]
        for value, location in other.items:
            if not (unique and value in values):
                values.append(value)
                locations.append(location)
        return replace(self, value=values, locations=tuple(locations))


class Table(Struct):
    """A table: its place is that of its header, or of the first key that made it."""

    location: Location = NOWHERE
    entries: dict[str, Leaf | Table] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def get(self, *path: str) -> Leaf | Table | None:
        """What stands at a path of keys."""
        here: Leaf | Table | None = self
        for key in path:
            here = here.entries.get(key) if isinstance(here, Table) else None
        return here

    def table(self, *path: str) -> Table:
        """The table at a path; an empty one that belongs to nothing if there is none."""
        found = self.get(*path)
        return found if isinstance(found, Table) else Table()

    def value(self, *path: str) -> Any:
        """The plain value at a path, or ``None``."""
        found = self.get(*path)
        return found.value if isinstance(found, Leaf) else None

    def location_of(self, *path: str) -> Location:
        """The place of what stands at a path; of the nearest table above it that there is, if nothing does."""
        location, here = self.location, self
        for key in path:
            found = here.entries.get(key)
            if found is None:
                break
            location = found.location
            if not isinstance(found, Table):
                break
            here = found
        return location

    def copy(self) -> Table:
        """A copy that shares no table with this one."""
        copied = {
            key: entry.copy() if isinstance(entry, Table) else entry for key, entry in self.entries.items()
        }
        return Table(self.location, copied)

    def plain(self) -> dict[str, Any]:
        """The values alone."""
        return {
            key: entry.plain() if isinstance(entry, Table) else entry.value
            for key, entry in self.entries.items()
        }

    def leaves(self, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Leaf]]:
        """Every value below, with the path of keys that leads to it."""
        for key, entry in self.entries.items():
            if isinstance(entry, Table):
                yield from entry.leaves((*above, key))
            else:
                yield (*above, key), entry


def dotted(path: tuple[str, ...]) -> str:
    """A path of keys as TOML writes it."""
    return ".".join(
        key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else f'"{key}"'
        for key in path
    )


def located(
    data: dict[str, Any], spots: dict[tuple[str | int, ...], Location], above: tuple[str | int, ...] = ()
) -> Table:
    """Plain values and where they stand, put together."""
    table = Table(spots.get(above, NOWHERE))
    for key, value in data.items():
        path = (*above, key)
        if isinstance(value, dict):
            table.entries[key] = located(value, spots, path)
            continue
        table.entries[key] = _leaf(value, spots, path, spots.get(path, table.location))
    return table


def _leaf(
    value: Any, spots: dict[tuple[str | int, ...], Location], path: tuple[str | int, ...], location: Location
) -> Leaf:
    if not isinstance(value, list):
        return Leaf(value, location)
    items = tuple(spots.get((*path, number), location) for number in range(len(value)))
    tables: tuple[Table, ...] = ()
    if value and all(isinstance(item, dict) for item in value):
        tables = tuple(located(item, spots, (*path, number)) for number, item in enumerate(value))
    return Leaf(value, location, items, tables)
