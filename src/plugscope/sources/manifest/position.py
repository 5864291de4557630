"""Where a field stands: its path, as people write it, and its line, where the format lets us know it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

Path = tuple[str | int, ...]
"""Keys of tables and places in lists, from the top of a file to a value."""
Complaint = tuple[Path, Path, str]
"""The path of what is wrong, the rest of the path to the line that says it, and what is wrong."""

_MAX_BYTES = 2_000_000


def spell(path: Path) -> str:
    """A path as people write it: ``plugin[3].lookups[0].get``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def line_finder(data: bytes, form: str) -> Callable[[Sequence[str | int]], int | None]:
    """A function that gives the line (from 1) where the value at a path stands, or ``None`` if it cannot tell.

    The path is followed as far as it goes, so that a missing key gives its table's line.
    """
    if len(data) > _MAX_BYTES:
        return lambda _path: None
    text = data.decode("utf-8", "replace")
    if form == "yaml":
        import yaml

        root = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return lambda path: _yaml_line(root, path)
    if form == "toml":
        lines = text.split("\n")
        return lambda path: _toml_line(lines, path)
    return lambda path: _json_line(text, path)


def _yaml_line(node: Any, path: Sequence[str | int]) -> int | None:
    import yaml

    for part in path:
        following = None
        if isinstance(node, yaml.MappingNode):
            following = next((value for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            following = node.value[part] if part < len(node.value) else None
        if following is None:
            break
        node = following
    return None if node is None else int(node.start_mark.line) + 1


def _toml_line(lines: Sequence[str], path: Sequence[str | int]) -> int | None:
    """Find ``[[plugin]]`` number n, and below it the line that sets the key."""
    start, rest = 0, list(path)
    if len(rest) >= 2 and isinstance(rest[1], int):
        header = re.compile(rf"\s*\[\[\s*{re.escape(str(rest[0]))}\s*\]\]")
        headers = [number for number, line in enumerate(lines) if header.match(line)]
        if rest[1] >= len(headers):
            return None
        start, rest = headers[rest[1]], rest[2:]
        if not rest:
            return start + 1
        start += 1
    found: int | None = None
    for part in rest:
        number = _toml_key(lines, start, str(part))
        if number is None:
            break
        found = number
        if not lines[number].lstrip().startswith("["):
            break  # an inline table, or a value: all that follows stands on this line
        start = number + 1
    return (start or None) if found is None else found + 1


def _toml_key(lines: Sequence[str], start: int, name: str) -> int | None:
    """The line (from 0) below ``start`` that sets a key or opens its table, within the same ``[[…]]``."""
    key = re.compile(rf"\s*(\[[^\]]*\.)?[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
    for number in range(start, len(lines)):
        if key.match(lines[number]):
            return number
        if lines[number].lstrip().startswith("[["):
            return None
    return None


def _json_line(text: str, path: Sequence[str | int]) -> int | None:
    """Walk the text along the path with the standard decoder skipping what lies between."""
    location = _skip(text, 0)
    for part in path:
        following = _member(text, location, part)
        if following is None:
            break
        location = following
    return text.count("\n", 0, location) + 1


_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[\s\ufeff]*")


def _skip(text: str, location: int) -> int:
    found = _SPACE.match(text, location)
    return found.end() if found else location


def _member(text: str, location: int, part: str | int) -> int | None:
    if text[location : location + 1] not in ("{", "["):
        return None
    is_object = text[location] == "{"
    location, count = _skip(text, location + 1), 0
    while text[location : location + 1] not in ("}", "]", ""):
        key: str | int = count
        if is_object:
            key, location = _DECODER.raw_decode(text, location)
            location = _skip(text, _skip(text, location) + 1)
        if key == part:
            return location
        _, location = _DECODER.raw_decode(text, location)
        location = _skip(text, location)
        if text[location : location + 1] == ",":
            location = _skip(text, location + 1)
        count += 1
    return None
