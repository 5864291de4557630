"""All that is wrong with a manifest, in sentences: found by the JSON Schema, worded here."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from plugscope.boot import Diagnostic
from plugscope.installation import resource
from plugscope.plugin import (
    InvalidRequiresError,
    NoPluginIDError,
    NoTypeError,
    PluginError,
    Registration,
    Registry,
    Semantics,
)
from plugscope.sources.error import unreadable

from .position import FieldError, Path, line_finder, spell

_MOST = 100
_MSGSPEC_PATH = re.compile(r" - at `(?:key in )?\$([^`]*)`$")
"""How msgspec says where; ``[...]`` stands for any key of a table."""


def field_errors(data: bytes, value: Any, form: str, location: str, otherwise: str) -> list[Diagnostic]:
    """Every problem of a manifest, in the order of the file's fields, 100 at the most.

    What a daemon would refuse to register is told along with them, though alone it makes no manifest unreadable.
    ``otherwise``: what msgspec said, for where the schema finds nothing: a number that it takes for none of ours.
    """
    schema = json.loads(resource("schema", "manifest.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    found = [part for error in _leaves(validator.iter_errors(value)) for part in _parts(error)]
    if not found:
        found = list(_unreadable(value, form, otherwise))
    # A key that is missing is told once for each key that is.
    every = sorted(dict.fromkeys([*found, *registration_errors(value)]), key=lambda part: _sort_key(part[0]))
    lines = line_finder(data, form)
    located = [(lines((*path, *key)), path, message) for path, key, message in every[:_MOST]]
    located.sort(key=lambda each: each[0] or 0)
    problems = [unreadable(_where(line, path, location), message) for line, path, message in located]
    if len(every) > _MOST:
        problems.append(unreadable(location, f"and {len(every) - _MOST} more problems"))
    return problems


def _parts(error: ValidationError) -> Iterator[FieldError]:
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        known = sorted(error.schema["properties"])  # type: ignore[index]  # the schema is an object
        for key in error.instance:  # type: ignore[union-attr]  # and so is what it judges
            if key not in known:
                yield path, (key,), _unknown_key(key, known)
    else:
        for message in _messages(error):
            yield path, (), message


def _unreadable(value: Any, form: str, said: str) -> Iterator[FieldError]:
    """What msgspec refuses and the schema, which knows no sizes, lets pass."""
    numbers = list(_endless(value, ())) if form == "json" else []
    for path in numbers:
        yield path, (), "the number is out of range"
    if not numbers:
        found = _MSGSPEC_PATH.search(said)
        path = _path_of(found[1].partition("[...]")[0]) if found else ()
        yield path, (), said[: found.start()] if found else said


def _endless(value: Any, path: Path) -> Iterator[Path]:
    """Where numbers stand that a parser takes for infinite: JSON has no such number."""
    if isinstance(value, float) and not math.isfinite(value):
        yield path
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _endless(item, (*path, key))


def _path_of(text: str) -> Path:
    """``.plugin[0].init`` as a path."""
    return tuple(int(number) if number else name for name, number in re.findall(r"\.(\w+)|\[(\d+)\]", text))


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        if error.validator == "anyOf" and error.context:
            yield from _leaves(inner for inner in error.context if inner.schema_path[0] == 0)
        else:
            yield error


def _sort_key(path: Iterable[str | int]) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (-1, part) for part in path]


def _where(line: int | None, path: Path, location: str) -> str:
    where = location if line is None else f"{location}:{line}"
    return f"{where}: {spell(path)}" if path else where


def _messages(error: ValidationError) -> list[str]:
    found: Any = error.instance
    schema: Any = error.schema
    wanted: Any = error.validator_value
    if error.validator == "required":
        return [f"the key {key!r} is missing" for key in wanted if key not in found]
    if error.validator == "type":
        names = [wanted] if isinstance(wanted, str) else list(wanted)
        return [f"expected {' or '.join(map(_type_name, names))}, found {_show(found)}"]
    if error.validator in ("enum", "const"):
        options = wanted if error.validator == "enum" else [wanted]
        return [f"expected {' or '.join(json.dumps(option) for option in options)}, found {_show(found)}"]
    if error.validator == "pattern":
        return [f"expected {schema['title']}, found {_show(found)}"]
    return [error.message]


def _unknown_key(key: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(str(key), known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(known)}"
    return f"unknown key {str(key)!r}; {hint}"


def _type_name(name: str) -> str:
    return {
        "object": "a table",
        "array": "a list",
        "string": "a text",
        "number": "a number",
        "integer": "a whole number",
        "boolean": "true or false",
        "null": "nothing",
    }.get(name, name)


def _show(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except TypeError:
        text = f"{type(value).__name__} {value}"
    return text if len(text) <= 60 else f"{text[:59]}…"


def registration_errors(value: Any) -> Iterator[FieldError]:
    """Where and why registrations would be refused, of those whose type, id and requires are what they should be."""
    plugins = value.get("plugin") if isinstance(value, dict) else None
    if not isinstance(plugins, list):
        return
    semantics = Semantics.V2
    with suppress(ValueError):
        semantics = Semantics(value.get("semantics", semantics))
    registry = Registry(semantics=semantics)
    for number, plugin in enumerate(plugins):
        if isinstance(plugin, dict):
            for path, why in _refused(plugin, registry):
                yield ("plugin", number, *path), (), why


def _refused(plugin: dict[str, Any], registry: Registry) -> Iterator[tuple[Path, str]]:
    type_, id_, requires = plugin.get("type"), plugin.get("id"), plugin.get("requires", [])
    if type_ == "":
        yield ("type",), NoTypeError.text
    if id_ == "":
        yield ("id",), NoPluginIDError.text
    are_texts = isinstance(requires, list) and all(isinstance(name, str) for name in requires)
    if not (type_ and isinstance(type_, str) and id_ and isinstance(id_, str) and are_texts):
        return
    try:
        registry.register(Registration(type_, id_, requires))
    except InvalidRequiresError as error:
        yield ("requires",), f"{', '.join(requires)}: {error}"
    except PluginError as error:
        yield (), str(error)
