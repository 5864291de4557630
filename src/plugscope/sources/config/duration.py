"""Durations as Go writes them, and what its ``time.ParseDuration`` says to others."""

from __future__ import annotations

import re

_PART = re.compile(r"(\d*)(\.\d*)?")
_UNIT = re.compile(r"[^0-9.]+")
_UNITS = frozenset(("ns", "us", "µs", "μs", "ms", "s", "m", "h"))


def duration_error(text: str) -> str:
    """What Go says to a text that is no duration such as "1h30m"; "" if it is one."""
    rest = text[1:] if text[:1] in ("-", "+") else text
    if rest == "0":
        return ""
    if not rest:
        return f"time: invalid duration {_quoted(text)}"
    while rest:
        number = _PART.match(rest)
        if number is None or not (number[1] or (number[2] and len(number[2]) > 1)):
            return f"time: invalid duration {_quoted(text)}"
        rest = rest[number.end() :]
        unit = _UNIT.match(rest)
        if unit is None:
            return f"time: missing unit in duration {_quoted(text)}"
        if unit[0] not in _UNITS:
            return f"time: unknown unit {_quoted(unit[0])} in duration {_quoted(text)}"
        rest = rest[unit.end() :]
    return ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
