"""Durations as Go writes them, and what its ``time.ParseDuration`` says to others."""

from __future__ import annotations

import re
from decimal import Decimal

_PART = re.compile(r"(\d*)(\.\d*)?")
_UNIT = re.compile(r"[^0-9.]+")
_NANOSECONDS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_UNITS = frozenset(_NANOSECONDS)
_SUMMAND = re.compile(r"(\d*\.?\d*)([^0-9.]+)")


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


def duration_text(text: str) -> str:
    """A duration as Go prints it: "90s" is "1m30s". Of a text that is none nothing is known: ""."""
    if duration_error(text):
        return ""
    total = sum(
        int(Decimal(number) * _NANOSECONDS[unit]) for number, unit in _SUMMAND.findall(text.lstrip("+-"))
    )
    sign = "-" if text.startswith("-") and total else ""
    if total < 10**9:
        unit, size = next(
            ((u, n) for u, n in (("ms", 10**6), ("µs", 10**3), ("ns", 1)) if total >= n), ("s", 1)
        )
        return f"{sign}{_plain(Decimal(total) / size)}{unit}"
    hours, rest = divmod(total, _NANOSECONDS["h"])
    minutes, rest = divmod(rest, _NANOSECONDS["m"])
    seconds = f"{_plain(Decimal(rest) / 10**9)}s"
    if hours:
        return f"{sign}{hours}h{minutes}m{seconds}"
    return f"{sign}{minutes}m{seconds}" if minutes else f"{sign}{seconds}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
