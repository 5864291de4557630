"""Where a field stands: its path, as people write it, and its line, where the format lets us know it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Path = tuple[str | int, ...]
"""Keys of tables and positions in lists, from the top of a file to a value."""
FieldError = tuple[Path, Path, str]
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
        from plugscope.sources.toml import positions

        locations = positions(text.removeprefix("\ufeff"), "")
        lines = {path: location.line for path, location in locations.items()}
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


def _toml_line(lines: Mapping[Path, int], path: Sequence[str | int]) -> int | None:
    """The line of the longest part of the path that has one: a key, an item of a list, a header."""
    parts = tuple(path)
    starts = (parts[:size] for size in range(len(parts), 0, -1))
    return next((lines[start] for start in starts if start in lines), None)


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
