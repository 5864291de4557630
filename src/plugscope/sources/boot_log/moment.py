"""The daemon's time stamps: what they say, in microseconds that can be subtracted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_STAMP = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?")
_SINCE_START = re.compile(r"\d{4,9}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400_000_000
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time: ``micros`` since 1970, or since the process started where ``zone`` is ``None``.

    ``zone`` is the daemon's distance from UTC in minutes.
    """

    micros: int
    zone: int | None = 0

    @property
    def clock(self) -> str:
        """The time of day as the daemon's own clock showed it, to the millisecond; ``+3 s`` since the start."""
        if self.zone is None:
            return f"+{self.micros // 1_000_000} s"
        seconds, micros = divmod((self.micros + self.zone * 60_000_000) % _DAY, 1_000_000)
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{micros // 1000:03}"

    @property
    def zone_name(self) -> str:
        """``UTC``, ``UTC+02:00``, or "" where the zone is not known."""
        if self.zone is None:
            return ""
        hours, minutes = divmod(abs(self.zone), 60)
        return f"UTC{'-' if self.zone < 0 else '+'}{hours:02}:{minutes:02}" if self.zone else "UTC"


def parse_moment(text: str) -> Moment | None:
    """What a time stamp says; ``None`` if it says nothing. Go writes nanoseconds, a terminal whole seconds since the
    process started."""
    found = _STAMP.match(text)
    if found is None:
        return Moment(int(text) * 1_000_000, None) if _SINCE_START.fullmatch(text) else None
    fraction = (found[2] or "0")[:6].ljust(6, "0")
    try:
        there = datetime.fromisoformat(f"{found[1]}.{fraction}{(found[3] or 'Z').replace('Z', '+00:00')}")
        distance = there.utcoffset() or timedelta()
        return Moment((there - _EPOCH) // _MICROSECOND, int(distance.total_seconds()) // 60)
    except (ValueError, OverflowError):
        return None


def between(start: str, end: str) -> float | None:
    """Milliseconds of wall time between two time stamps with a date; ``None`` if they do not tell, or run backwards."""
    a, b = parse_moment(start), parse_moment(end)
    if a is None or b is None or a.zone is None or b.zone is None:
        return None
    micros = b.micros - a.micros
    return micros / 1000 if 0 <= micros < 1_000_000_000_000 else None
