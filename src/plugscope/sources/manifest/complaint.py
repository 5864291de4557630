"""All that is wrong with a manifest, in sentences: found by the JSON Schema, worded here."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from plugscope.place import resource
from plugscope.sources.error import Problem

from .position import line_finder

_MOST = 100
Path = Sequence[str | int]


def complaints(data: bytes, value: Any, form: str, place: str, otherwise: str) -> list[Problem]:
    """Every problem of a manifest, in the order of the file's fields, 100 at the most.

    ``otherwise``: what to say where the schema finds none (a whole number that is too large for a manifest).
    """
    schema = json.loads(resource("schema", "manifest.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    found = sorted(_leaves(validator.iter_errors(value)), key=lambda error: _sort_key(error.absolute_path))
    lines = line_finder(data, form)
    problems: list[Problem] = []
    for error in found[:_MOST]:
        path = list(error.absolute_path)
        problems.extend(Problem(_where(lines(path), path, place), message) for message in _messages(error))
    if len(found) > _MOST:
        problems.append(Problem(place, f"and {len(found) - _MOST} more problems"))
    return problems or [Problem(place, otherwise)]


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        if error.validator == "anyOf" and error.context:
            yield from _leaves(inner for inner in error.context if inner.schema_path[0] == 0)
        else:
            yield error


def _sort_key(path: Iterable[str | int]) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (-1, part) for part in path]


def _where(line: int | None, path: Path, place: str) -> str:
    where = place if line is None else f"{place}:{line}"
    return f"{where}: {spell(path)}" if path else where


def spell(path: Path) -> str:
    """A path as people write it: ``plugin[3].lookups[0].get``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _messages(error: ValidationError) -> list[str]:
    found: Any = error.instance
    schema: Any = error.schema
    wanted: Any = error.validator_value
    if error.validator == "additionalProperties":
        known = sorted(schema["properties"])
        return [_unknown_key(key, known) for key in found if key not in known]
    if error.validator == "required":
        return [f"the key {key!r} is missing" for key in wanted if key not in found]
    if error.validator == "type":
        names = [wanted] if isinstance(wanted, str) else list(wanted)
        return [f"expected {' or '.join(map(_type_name, names))}, found {_show(found)}"]
    if error.validator in ("enum", "const"):
        options = wanted if error.validator == "enum" else [wanted]
        return [f"expected {' or '.join(json.dumps(option) for option in options)}, found {_show(found)}"]
    if error.validator == "minLength":
        return ["expected some text, found an empty string"]
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
