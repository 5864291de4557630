"""Writing a catalog as a manifest."""

from __future__ import annotations

import datetime
import json
from typing import Any

import msgspec

from plugscope.boot import Catalog
from plugscope.sources.error import SourceError

from .convert import to_shape
from .toml_writer import NoTomlError, dumps

_DATES = (datetime.datetime, datetime.date, datetime.time)


def write_manifest(catalog: Catalog, form: str) -> str:
    """The text of a manifest, in one of FORMATS, that opens to the same catalog.

    Raises ``SourceError`` with the field if the format has no spelling for a value (a null in TOML).
    """
    dates = () if form == "json" else _DATES
    value: dict[str, Any] = msgspec.to_builtins(to_shape(catalog), builtin_types=dates)
    if form == "json":
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    if form == "yaml":
        import yaml

        # The emitter in Python leaves a NEL as it is, which a reader takes for a line's end.
        dumper = getattr(yaml, "CSafeDumper", None)
        as_it_is = dumper is not None
        text = yaml.dump(value, Dumper=dumper or yaml.SafeDumper, allow_unicode=as_it_is, sort_keys=False)
        return str(text)
    try:
        return dumps(value)
    except NoTomlError as error:
        raise SourceError.at(error.path, str(error)) from None
