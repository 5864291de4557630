"""Writing a catalog as a manifest."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from plugscope.boot.catalog import Catalog

from .convert import to_shape


def write_manifest(catalog: Catalog, form: str) -> str:
    """The text of a manifest, in one of FORMATS, that opens to the same catalog."""
    value: dict[str, Any] = msgspec.to_builtins(to_shape(catalog))
    if form == "json":
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    if form == "yaml":
        import yaml

        return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))
    return _toml(value)


def _toml(value: dict[str, Any]) -> str:
    import tomlkit

    document = tomlkit.document()
    for key, item in value.items():
        if key not in ("plugin", "absent"):
            document.add(key, item)
    for key in ("plugin", "absent"):
        tables = tomlkit.aot()
        for item in value.get(key, ()):
            tables.append(_table(item))
        if len(tables):
            document.add(key, tables)
    return tomlkit.dumps(document)


def _table(item: dict[str, Any]) -> Any:
    import tomlkit

    table = tomlkit.table()
    for key, field in item.items():
        if key == "lookups":
            rows = tomlkit.array()
            for lookup in field:
                inline = tomlkit.inline_table()
                inline.update(lookup)
                rows.append(inline)
            table.add(key, rows.multiline(bool(field)))
        elif key in ("init", "config") and isinstance(field, dict):
            inline = tomlkit.inline_table()
            inline.update(field)
            table.add(key, inline)
        else:
            table.add(key, field)
    return table
