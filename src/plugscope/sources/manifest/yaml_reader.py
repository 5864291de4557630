"""Reading YAML without trusting it: bounded in depth, in what its aliases unfold to, and in its kinds of key."""

from __future__ import annotations

from functools import cache
from typing import Any

from plugscope.sources.error import SourceError
from plugscope.sources.nesting import DEEPEST

from .duplicate import told

TOO_DEEP = "nested too deeply to be a manifest"
_MOST = 20_000_000
_LIBYAMLS_LIMIT = "exceeded maximum nesting depth"
"""What libyaml says from PyYAML 6.0.4 on, when its scanner, which runs ahead, is a thousand deep."""


def parse_yaml(text: str, location: str) -> Any:
    """Plain values. Raises ``SourceError`` with the line where the parser gave up."""
    import yaml

    loader = _loader()
    try:
        if _may_be_deep(text):
            _measure(yaml.parse(text, loader), location)
        value = yaml.load(text, loader)  # noqa: S506 - it is the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if error.problem == _LIBYAMLS_LIMIT:
            raise _too_deep(f"{location}:{mark.line + 1}" if mark else location) from None
        where = f"{location}:{mark.line + 1}:{mark.column + 1}" if mark else location
        raise SourceError.at(where, f"not valid YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise SourceError.at(location, f"not valid YAML: {str(error).splitlines()[0]}") from None
    _Weights(location).of(value, 0)
    return value


@cache
def _loader() -> Any:
    """The safe loader, which does not drop a key that stands twice in a table."""
    import yaml

    safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(safe):  # type: ignore[misc]  # which of the two it is shows when it is run
        def flatten_mapping(self, node: Any) -> None:
            seen: set[tuple[str, str]] = set()
            for key, _ in node.value:
                if isinstance(key, yaml.ScalarNode):
                    name = (key.tag, key.value)
                    if name in seen:
                        raise yaml.constructor.ConstructorError(None, None, told(key.value), key.start_mark)
                    seen.add(name)
            super().flatten_mapping(node)

    return Loader


def _may_be_deep(text: str) -> bool:
    """Whether a text could nest so deeply that libyaml's composer, which recurses in C, ends the process."""
    if text.count("[") + text.count("{") > DEEPEST:
        return True
    return any(
        line.count("- ") + line.count("? ") > DEEPEST or len(line) - len(line.lstrip(" ")) > DEEPEST
        for line in text.splitlines()
    )


def _measure(events: Any, location: str) -> None:
    import yaml

    depth = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                mark = event.start_mark
                raise _too_deep(location if mark is None else f"{location}:{mark.line + 1}")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _too_deep(location: str) -> SourceError:
    return SourceError.at(location, TOO_DEEP)


class _Weights:
    """How many values an alias unfolds to. What is shared in memory is walked through each time by readers."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._known: dict[int, int] = {}
        self._open: set[int] = set()

    def of(self, value: Any, depth: int) -> int:
        """The number of values; raises ``SourceError`` if that is too many, or a value holds itself."""
        if not isinstance(value, dict | list):
            return 1
        key = id(value)
        if key in self._known:
            return self._known[key]
        if key in self._open:
            raise SourceError.at(self._location, "an alias refers to what it stands in")
        if depth > DEEPEST:
            raise _too_deep(self._location)
        self._open.add(key)
        if isinstance(value, dict):
            self._check_keys(value)
        items = value.values() if isinstance(value, dict) else value
        weight = 1 + sum(self.of(item, depth + 1) for item in items)
        if weight > _MOST:
            raise SourceError.at(self._location, f"its aliases unfold to more than {_MOST:,} values")
        self._open.discard(key)
        self._known[key] = weight
        return weight

    def _check_keys(self, table: dict[Any, Any]) -> None:
        for key in table:
            if not isinstance(key, str):
                raise SourceError.at(self._location, f"the key {key!r} is no text; put it in quotes")
