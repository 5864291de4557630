"""Reading a manifest: msgspec when all is well, the schema's full list of errors when not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from plugscope.boot import Catalog, gc_paused
from plugscope.sources.error import SourceError
from plugscope.sources.nesting import is_too_deep, json_is_too_deep

from .convert import to_catalog
from .duplicate import DuplicateKey, duplicates, look_for_duplicates, unique
from .json_slices import in_slices
from .shape import ManifestShape
from .yaml_reader import TOO_DEEP, parse_yaml

FORMATS = ("json", "toml", "yaml")

_LARGE = 1_000_000
"""So many bytes are decoded in a few milliseconds."""


def read_manifest(data: bytes, form: str, location: str, value: Any = None) -> Catalog:
    """Read a manifest in ``form`` (one of FORMATS); ``location`` names it in errors. ``value``: what ``plain`` made of
    it, where that has been done already.

    Raises ``SourceError`` with all that is wrong: the parser's complaint with its line, or every field that
    does not fit, each with its path, what was found and what was expected.
    """
    with gc_paused():
        try:
            catalog = _in_slices(data) if form == "json" and len(data) > _LARGE else None
            if catalog is not None:
                return catalog
            if value is None:
                catalog = to_catalog(_decode(data, form, location))
            else:
                catalog = to_catalog(msgspec.convert(value, ManifestShape))
        except ValueError as error:
            from .schema_error import field_errors

            value = plain(data, form, location) if value is None else value
            raise SourceError(*field_errors(data, value, form, location, str(error))) from None
        if form == "json":
            _json(as_text(data, location), location, keep=False)
    return catalog


def _in_slices(data: bytes) -> Catalog | None:
    """Read a large JSON manifest some plugins at a time. ``None`` if that is not the way to read it."""
    try:
        sliced = in_slices(_without_bom(data))
        return None if sliced is None else to_catalog(*sliced)
    except (ValueError, RecursionError, DuplicateKey):
        return None


def _decode(data: bytes, form: str, location: str) -> ManifestShape:
    if form == "json":
        if json_is_too_deep(data):
            raise _too_deep(location)
        try:
            return msgspec.json.decode(_without_bom(data), type=ManifestShape)
        except msgspec.ValidationError:
            raise
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            plain(data, form, location)
            # The library's parser lets more through: a NaN, half of a surrogate pair.
            raise SourceError.at(location, f"not valid JSON: {error}") from None
    return msgspec.convert(plain(data, form, location), ManifestShape)


def plain(data: bytes, form: str, location: str) -> Any:
    """Parse to plain Python values. Raises ``SourceError`` with the line where the parser gave up."""
    text = as_text(data, location)
    parse: Callable[[str, str], Any] = {"json": _json, "toml": _toml, "yaml": parse_yaml}[form]
    try:
        value = parse(text, location)
    except RecursionError:
        raise _too_deep(location) from None
    # YAML's depth is measured where its aliases are, which make a walk long.
    if form == "toml" and is_too_deep(value):
        raise _too_deep(location)
    return value


def _too_deep(location: str) -> SourceError:
    return SourceError.at(location, TOO_DEEP)


def as_text(data: bytes, location: str) -> str:
    """Decode UTF-8, with or without a byte order mark. Raises ``SourceError`` naming the first bad byte."""
    try:
        return _without_bom(data).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        raise SourceError.at(f"{location}:{line}", what) from None


def _without_bom(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf")


def _json(text: str, location: str, *, keep: bool = True) -> Any:
    """``keep``: it is parsed for its values, not only to find a key that stands twice in a table."""
    if keep and json_is_too_deep(text.encode("utf-8", "surrogatepass")):
        raise _too_deep(location)
    try:
        return json.loads(text, object_pairs_hook=unique if keep else look_for_duplicates)
    except DuplicateKey:
        raise SourceError(*duplicates(text, location)) from None
    except json.JSONDecodeError as error:
        where = f"{location}:{error.lineno}:{error.colno}"
        raise SourceError.at(where, f"not valid JSON: {error.msg}") from None
    except ValueError as error:  # a number of thousands of digits
        raise SourceError.at(location, f"not valid JSON: {error}") from None


def _toml(text: str, location: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        message = str(error)
        found = re.search(r" \(at line (\d+), column (\d+)\)$", message)
        if found:
            location = f"{location}:{found[1]}:{found[2]}"
            message = message[: found.start()]
        raise SourceError.at(location, f"not valid TOML: {message[:1].lower()}{message[1:]}") from None


def looks_like_manifest(value: Any) -> bool:
    """Whether plain values are meant as a manifest."""
    return isinstance(value, Mapping) and ("plugscope" in value or "plugin" in value)
