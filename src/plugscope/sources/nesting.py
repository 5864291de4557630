"""How deeply a document nests, measured without recursion.

Parsers and everything behind them call themselves once a level. How many levels that takes to go wrong differs between
Pythons: some refuse, some end the process, and some let pass what only a later reader trips over. So what nests deeper
than any manifest or configuration does is refused before it is parsed, or before it is walked through.
"""

from __future__ import annotations

import re
from typing import Any

DEEPEST = 200
"""Levels of tables and lists in each other."""

_FOLDS = 4
_TEXT = re.compile(rb'"[^"]*"?')
_PLAIN = bytes(set(range(256)) - set(b'[]{}"'))


def json_is_too_deep(data: bytes) -> bool:
    """Whether JSON nests more than ``DEEPEST`` levels, also where it ends too early or is none from some point on."""
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return False
    brackets = _brackets(data)
    # What is left of most documents once their innermost pairs are gone, each time two levels at the most, is little.
    left = brackets
    for _ in range(_FOLDS):
        left = left.replace(b"[]", b"").replace(b"{}", b"")
    if len(left) + 2 * _FOLDS <= DEEPEST:
        return False
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            return True
    return False


def _brackets(data: bytes) -> bytes:
    """Those that stand outside of texts. A pattern that knows escapes takes eight times as long."""
    quoted = data.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _PLAIN)
    return _TEXT.sub(b"", quoted.replace(b'""', b""))


def is_too_deep(value: Any) -> bool:
    """Whether a parsed value, which does not hold itself, nests more than ``DEEPEST`` levels."""
    level = _parts([value])
    for _ in range(DEEPEST):
        if not level:
            return False
        level = [part for whole in level for part in _parts(whole)]
    return bool(level)


def _parts(whole: dict[Any, Any] | list[Any]) -> list[Any]:
    parts = whole.values() if isinstance(whole, dict) else whole
    return [part for part in parts if isinstance(part, dict | list)]
