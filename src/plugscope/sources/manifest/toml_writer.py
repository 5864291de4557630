"""Writing plain values as TOML, in the shape people write manifests in: a table a plugin, the rest on its lines."""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


class NoTomlError(ValueError):
    """A value that TOML has no spelling for: ``path`` says where it stands."""

    def __init__(self, path: str, found: str) -> None:
        super().__init__(f"TOML has no {found}")
        self.path = path


def dumps(value: Mapping[str, Any]) -> str:
    """The text of a document. Lists of tables at its top become ``[[…]]``. Raises ``NoTomlError`` for a null."""
    return "".join(_document(value))


def _document(value: Mapping[str, Any]) -> Iterator[str]:
    tables = {key: item for key, item in value.items() if _is_tables(item)}
    for key, item in value.items():
        if key not in tables:
            yield f"{_key(key)} = {_value(item, key)}\n"
    for key, items in tables.items():
        for number, table in enumerate(items):
            yield f"\n[[{_key(key)}]]\n"
            for name, item in table.items():
                path = f"{key}[{number}].{name}"
                if _is_tables(item):
                    rows = [f"  {_value(row, f'{path}[{n}]')},\n" for n, row in enumerate(item)]
                    yield f"{_key(name)} = [\n{''.join(rows)}]\n"
                else:
                    yield f"{_key(name)} = {_value(item, path)}\n"


def _is_tables(item: Any) -> bool:
    return isinstance(item, list | tuple) and bool(item) and all(isinstance(row, Mapping) for row in item)


def _value(value: Any, path: str) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(item, f'{path}.{key}')}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(_value(item, f'{path}[{n}]') for n, item in enumerate(value))}]"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    raise NoTomlError(path, "null" if value is None else type(value).__name__)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    # JSON escapes all that TOML wants escaped, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
