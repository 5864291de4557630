"""Where the keys and values of a TOML document stand.

The standard parser says what a document holds, and not where. This walks over the text of one that it accepted and
notes the place of every key, value and list item: it has to understand where things end, not what they mean.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress

from .location import Location

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)
_LONG_BASIC = re.compile(r'"""(?:[^\\"]|\\.|"{1,2}(?!"))*"{3,5}', re.S)
_LITERAL = re.compile(r"'[^']*'")
_LONG_LITERAL = re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}", re.S)
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d[ Tt]\d[^\s,\]}#]*|[^\s,\]}#]+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.S)
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class Stuck(Exception):
    """Something stands where the walk did not expect it; what was noted so far is kept."""


def positions(text: str, file: str) -> dict[Path, Location]:
    """The place of everything in a valid document. Lists count their items from 0."""
    walk = Walk(text, file)
    with suppress(Stuck, RecursionError):
        walk.document()
    return walk.spots


class Walk:
    """A walk over a valid document. ``spots`` are the places of keys and items, ``spans`` the start and end of the
    values behind them, ``top`` the end of the last pair that stands before the first header."""

    def __init__(self, text: str, file: str = "") -> None:
        self.text = text
        self.file = file
        self.at = 0
        self.spots: dict[Path, Location] = {}
        self.spans: dict[Path, tuple[int, int]] = {}
        self.top = 0
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._counts: dict[Path, int] = {}

    def document(self) -> None:
        """Walk from the first statement to the last."""
        prefix: Path = ()
        while True:
            self._skip(_BLANK)
            if self.at >= len(self.text):
                return
            if self.text[self.at] == "[":
                prefix = self._header()
            else:
                self._pair(prefix)
                if not prefix:
                    self.top = self.at

    def _header(self) -> Path:
        start = self.at
        is_list = self.text.startswith("[[", start)
        self.at += 2 if is_list else 1
        keys = self._keys()
        self._expect("]]" if is_list else "]")
        path: Path = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            last = number == len(keys) - 1
            if last and is_list:
                self._counts[path] = self._counts.get(path, -1) + 1
                self.spots.setdefault(path, self._location(start + 2))
            elif last:
                self.spots.setdefault(path, self._location(start + 1))
            if path in self._counts:
                path = (*path, self._counts[path])
            self.spots.setdefault(path, self._location(start + (2 if is_list else 1)))
        return path

    def _pair(self, prefix: Path) -> None:
        start = self.at
        keys = self._keys()
        self._expect("=")
        self._skip(_SPACE)
        path: Path = prefix
        for key in keys[:-1]:
            path = (*path, key)
            self.spots.setdefault(path, self._location(start))
        path = (*path, keys[-1])
        self.spots[path] = self._location(start, self.at)
        self._value(path)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(_SPACE)
            keys.append(self._key())
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _key(self) -> str:
        quote = self.text[self.at : self.at + 1]
        if quote == '"':
            return _unescaped(self._take(_BASIC)[1:-1])
        if quote == "'":
            return self._take(_LITERAL)[1:-1]
        return self._take(_BARE)

    def _value(self, path: Path) -> None:
        begin = self.at
        self._skip_value(path)
        self.spans[path] = (begin, self.at)

    def _skip_value(self, path: Path) -> None:
        start = self.text[self.at : self.at + 3]
        if start[:1] == "[":
            self._list(path)
        elif start[:1] == "{":
            self._inline(path)
        elif start == '"""':
            self._take(_LONG_BASIC)
        elif start == "'''":
            self._take(_LONG_LITERAL)
        else:
            self._take({'"': _BASIC, "'": _LITERAL}.get(start[:1], _SCALAR))

    def _list(self, path: Path) -> None:
        self.at += 1
        number = 0
        while True:
            self._skip(_BLANK)
            if self.text.startswith("]", self.at):
                self.at += 1
                return
            self.spots[(*path, number)] = self._location(self.at, self.at)
            self._value((*path, number))
            number += 1
            self._skip(_BLANK)
            if self.text.startswith(",", self.at):
                self.at += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        while True:
            self._skip(_BLANK)
            if self.text.startswith("}", self.at):
                self.at += 1
                return
            self._pair(path)
            self._skip(_BLANK)
            if self.text.startswith(",", self.at):
                self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise Stuck
        self.at = found.end()
        return found[0]

    def _expect(self, sign: str) -> None:
        if not self.text.startswith(sign, self.at):
            raise Stuck
        self.at += len(sign)

    def _location(self, key: int, value: int | None = None) -> Location:
        line = bisect_right(self._starts, key)
        value_line = bisect_right(self._starts, value) if value is not None else 0
        column = key - self._starts[line - 1] + 1
        value_column = value - self._starts[value_line - 1] + 1 if value is not None else 0
        return Location(self.file, line, column, value_line or line, value_column or column)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(
        lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPED.get(m[3], m[3]), text
    )
