"""Where a value of a configuration file stands, and values that know it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace


class Place(Struct, frozen=True):
    """A line and column (both from 1) of a file: of a key (``line``, ``column``) and of the value behind it."""

    file: str
    line: int
    column: int = 1
    value_line: int = 0
    value_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


NOWHERE = Place("", 0)


class Leaf(Struct, frozen=True):
    """A value that is no table. For a list, ``places`` are those of its items, and ``tables`` are the items of a list
    that holds nothing but tables."""

    value: Any
    place: Place = NOWHERE
    places: tuple[Place, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def items(self) -> list[tuple[Any, Place]]:
        """The items of a list, each with its place."""
        if not isinstance(self.value, list):
            return []
        return [
            (item, self.places[n] if n < len(self.places) else self.place)
            for n, item in enumerate(self.value)
        ]

    def joined(self, other: Leaf, unique: bool) -> Leaf:
        """This list with another's items behind its own; ``unique``: without those it has."""
        values, places = list(self.value), [place for _, place in self.items]
        for value, place in other.items:
            if not (unique and value in values):
                values.append(value)
                places.append(place)
        return replace(self, value=values, places=tuple(places))


class Table(Struct):
    """A table: its place is that of its header, or of the first key that made it."""

    place: Place = NOWHERE
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

    def place_of(self, *path: str) -> Place:
        """The place of what stands at a path; of the nearest table above it that there is, if nothing does."""
        place, here = self.place, self
        for key in path:
            found = here.entries.get(key)
            if found is None:
                break
            place = found.place
            if not isinstance(found, Table):
                break
            here = found
        return place

    def copy(self) -> Table:
        """A copy that shares no table with this one."""
        copied = {
            key: entry.copy() if isinstance(entry, Table) else entry for key, entry in self.entries.items()
        }
        return Table(self.place, copied)

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


def placed(
    data: dict[str, Any], spots: dict[tuple[str | int, ...], Place], above: tuple[str | int, ...] = ()
) -> Table:
    """Plain values and where they stand, put together."""
    table = Table(spots.get(above, NOWHERE))
    for key, value in data.items():
        path = (*above, key)
        if isinstance(value, dict):
            table.entries[key] = placed(value, spots, path)
            continue
        table.entries[key] = _leaf(value, spots, path, spots.get(path, table.place))
    return table


def _leaf(
    value: Any, spots: dict[tuple[str | int, ...], Place], path: tuple[str | int, ...], place: Place
) -> Leaf:
    if not isinstance(value, list):
        return Leaf(value, place)
    items = tuple(spots.get((*path, number), place) for number in range(len(value)))
    tables: tuple[Table, ...] = ()
    if value and all(isinstance(item, dict) for item in value):
        tables = tuple(placed(item, spots, (*path, number)) for number, item in enumerate(value))
    return Leaf(value, place, items, tables)
