"""Decoding a configuration into its Go struct: what does not fit, and what is not looked at.

Facts: go-toml 1.9 ``marshal.go`` and go-toml 2 ``unmarshaler.go``, tried on daemons of 1.6.20, 1.7.24 and 2.1.9. The
two libraries look in a different order and word a misfit differently, and 2.x takes an integer for a float and for a
duration, and a key in any case.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from plugscope.sources.toml import Leaf, Location, Table

from .duration import duration_error
from .shape import Field, Shape, element, go_name


class TypeMismatch(Struct, frozen=True):
    """A value of the wrong type: the library's words, without what containerd puts before them."""

    words: str
    location: Location


class Ignored(Struct, frozen=True):
    """A key that the struct does not have."""

    path: tuple[str, ...]
    location: Location


def mismatch(
    table: Table, struct: str, shape: Shape, *, second: bool, sorted_keys: bool = False
) -> TypeMismatch | None:
    """The first value that cannot be decoded. ``second``: by go-toml 2; ``sorted_keys``: in the order that the
    configuration has after it was written and read once more, as 2.x does for a plugin."""
    return next(_Decoder(shape, second, sorted_keys).struct(table, struct), None)


def ignored(table: Table, struct: str, shape: Shape, *, second: bool) -> list[Ignored]:
    """The keys that are not looked at."""
    return list(_ignored(table, struct, shape, second, ()))


def field_of(fields: dict[str, Field], key: str, second: bool) -> Field | None:
    """The field that a key means: go-toml 2 takes it in any case."""
    if key in fields or not second:
        return fields.get(key)
    return next((field for name, field in fields.items() if name.lower() == key.lower()), None)


def is_read(path: Iterable[str], shape: Shape) -> bool:
    """Whether go-toml 2 decodes the value at a path of a file: not that of a key that no struct has."""
    kind = shape.top
    for key in path:
        kind = kind.lstrip("*")
        while kind.startswith("[]"):
            kind = element(kind)
        fields = shape.fields(kind)
        if fields is None and not kind.startswith("map["):
            return True
        field = field_of(fields, key, True) if fields is not None else None
        if fields is not None and field is None:
            return False
        kind = element(kind) if field is None else field.type
    return True


def _ignored(
    table: Table, struct: str, shape: Shape, second: bool, above: tuple[str, ...]
) -> Iterator[Ignored]:
    fields = shape.fields(struct)
    if fields is None:
        return
    for key, entry in table.entries.items():
        field = field_of(fields, key, second)
        if field is None:
            yield Ignored((*above, key), entry.location)
        elif isinstance(entry, Table):
            kind = field.type.lstrip("*")
            if kind.startswith("map["):
                for name, inner in entry.entries.items():
                    if isinstance(inner, Table):
                        yield from _ignored(inner, element(kind), shape, second, (*above, key, name))
            else:
                yield from _ignored(entry, kind, shape, second, (*above, key))


class _Decoder:
    """One decoding. Everything yields misfits, the first of which counts."""

    def __init__(self, shape: Shape, second: bool, sorted_keys: bool) -> None:
        self._shape = shape
        self._second = second
        self._sorted = sorted_keys

    def struct(self, table: Table, struct: str) -> Iterator[TypeMismatch]:
        """Decode a table into a struct."""
        fields = self._shape.fields(struct)
        if fields is None:
            return
        for key, field in self._order(table, fields):
            entry = table.entries[key]
            if isinstance(entry, Table):
                yield from self._table(entry, field.type.lstrip("*"))
            else:
                target = f"struct field {go_name(struct)}.{field.name} of type"
                yield from self._leaf(entry, field.type.lstrip("*"), target)

    def _order(self, table: Table, fields: dict[str, Field]) -> Iterable[tuple[str, Field]]:
        if not self._second:
            return [(key, field) for key, field in fields.items() if key in table]
        keys = list(table.entries)
        if self._sorted:
            keys.sort(key=lambda key: (isinstance(table.entries[key], Table), key))
        found = ((key, field_of(fields, key, True)) for key in keys)
        return [(key, field) for key, field in found if field is not None]

    def _table(self, table: Table, kind: str) -> Iterator[TypeMismatch]:
        if kind in ("any", "table"):
            return
        if kind.startswith("map["):
            for entry in table.entries.values():
                if isinstance(entry, Table):
                    yield from self._table(entry, element(kind))
                else:
                    yield from self._leaf(entry, element(kind), "")
        elif self._shape.fields(kind) is not None:
            yield from self.struct(table, kind)
        elif self._second:
            base = {"int": "int64"}.get(element(kind), element(kind))
            yield TypeMismatch(
                f"toml: cannot store a table in a {'int64' if _is_duration(kind) else base}", table.location
            )
        else:
            yield TypeMismatch(
                f"{_at(table.location)}Can't convert a table(*toml.Tree) to a tree", table.location
            )

    def _leaf(self, leaf: Leaf, kind: str, target: str) -> Iterator[TypeMismatch]:
        if kind == "any":
            return
        holds_structs = kind.startswith("[]") and self._shape.fields(element(kind)) is not None
        if leaf.tables:
            yield from self._tables(leaf, kind)
        elif isinstance(leaf.value, list) and holds_structs and not self._second:
            words = f"Can't convert {_go_text(leaf.value)}([]interface {{}}) to a slice"
            yield TypeMismatch(f"{_at(leaf.location)}{words}", leaf.location)
        elif isinstance(leaf.value, list) and kind.startswith("[]"):
            for value, location in leaf.items:
                yield from self._scalar(value, element(kind), target, location, leaf.location)
        else:
            yield from self._scalar(leaf.value, kind, target, leaf.location, leaf.location)

    def _tables(self, leaf: Leaf, kind: str) -> Iterator[TypeMismatch]:
        """A list of tables."""
        inner = element(kind)
        if kind.startswith("[]") and self._shape.fields(inner) is not None:
            for table in leaf.tables:
                yield from self.struct(table, inner)
        elif not self._second:
            yield TypeMismatch(
                f"{_at(leaf.location)}Can't convert tables([]*toml.Tree) to trees", leaf.location
            )
        elif kind.startswith("[]"):
            yield TypeMismatch(f"toml: cannot store a table in a {inner}", leaf.location)
        else:
            yield TypeMismatch("toml: cannot store an array table in a struct", leaf.location)

    def _scalar(
        self, value: Any, kind: str, target: str, location: Location, key: Location
    ) -> Iterator[TypeMismatch]:
        words = self._second_words(value, kind, target) if self._second else _first_words(value, kind)
        if words:
            yield TypeMismatch(words if self._second else f"{_at(key)}{words}", location)

    def _second_words(self, value: Any, kind: str, target: str) -> str:
        """go-toml 2's words for a value that does not fit, or ""."""
        found = _toml_kind(value)
        if _is_duration(kind):
            if found in ("string", "float", "boolean"):
                error = duration_error(value if found == "string" else _go_text(value))
                return f"{'toml: ' if found == 'string' else ''}{error}" if error else ""
            fits = found == "integer"
        else:
            fits = found in _FITS.get(_basic(kind), ())
        if fits and kind.startswith("uint") and value < 0:
            return f"toml: negative number {value} does not fit in an unsigned integer"
        if fits:
            return ""
        return f"toml: cannot decode TOML {found} into {f'{target} ' if target else ''}{go_name(kind)}"


_FITS = {
    "string": ("string",),
    "int": ("integer",),
    "float64": ("float", "integer"),
    "bool": ("boolean",),
    "any": ("string", "integer", "float", "boolean", "array", "inline table"),
}


def _first_words(value: Any, kind: str) -> str:
    """go-toml 1's words for a value that does not fit, or ""."""
    if isinstance(value, list):
        if kind.startswith("[]"):
            return ""
        return f"Can't convert {_go_text(value)}([]interface {{}}) to a slice"
    if _is_duration(kind):
        error = duration_error(_go_text(value))
        return f"unmarshal text: {error}" if error else ""
    if _toml_kind(value) in _FITS.get(_basic(kind), ()) and not (
        kind == "float64" and isinstance(value, int)
    ):
        return ""
    name = {"table": "toml.Tree"}.get(kind, go_name(kind))
    if kind.startswith("[]"):
        name = f"{name}(slice)"
    elif kind.startswith("map["):
        name = f"{name.replace(']table', ']toml.Tree')}(map)"
    return f"Can't convert {_go_text(value)}({_go_kind(value)}) to {name}"


def _basic(kind: str) -> str:
    return "int" if re.fullmatch(r"u?int(8|16|32|64)?", kind) else kind


def _is_duration(kind: str) -> bool:
    return kind.rpartition(".")[2].partition("@")[0] in ("Duration", "duration")


def _at(location: Location) -> str:
    return f"({location.line}, {location.column}): "


def _toml_kind(value: Any) -> str:
    """A value's kind as go-toml 2 calls it."""
    if isinstance(value, bool):
        return "boolean"
    for kind, word in (
        (str, "string"),
        (int, "integer"),
        (float, "float"),
        (list, "array"),
        (dict, "inline table"),
        (datetime.datetime, "datetime"),
        (datetime.date, "local date"),
        (datetime.time, "local time"),
    ):
        if isinstance(value, kind):
            return word
    return "value"


def _go_kind(value: Any) -> str:
    """The Go type that go-toml 1 holds a value in."""
    return {
        "boolean": "bool",
        "string": "string",
        "integer": "uint64" if isinstance(value, int) and value >= 1 << 63 else "int64",
        "float": "float64",
        "datetime": "time.Time",
        "local date": "toml.LocalDate",
        "local time": "toml.LocalTime",
    }.get(_toml_kind(value), "interface {}")


def _go_text(value: Any) -> str:
    """A value as Go's ``%v`` prints it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    if isinstance(value, list):
        return f"[{' '.join(map(_go_text, value))}]"
    return str(value)
