"""Where the seconds of a boot stand on a bar: to scale, but for silences that would leave no room for the rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import log10

from plugscope.sources.boot_log import Gap, Timetable

_LEAP = 2.0
"""A silence this many times as long as all that is shorter together is drawn shorter than it was."""

_SHARE, _MOST = 0.25, 0.6
"""The part of the bar for one such silence, and at most for all of them."""


class ClockScale:
    """From seconds after the beginning to a place from 0 to 1, and back. ``shortened`` are not drawn to scale."""

    def __init__(self, table: Timetable) -> None:
        self.shortened = _long_ones(table.gaps)
        long = {gap.start for gap in self.shortened}
        share = min(_SHARE * len(long), _MOST)
        least = min((gap.length for gap in self.shortened), default=1.0)
        weights = {gap.start: 1 + log10(gap.length / least) for gap in self.shortened}
        heavy = sum(weights.values()) or 1.0
        short = sum(gap.length for gap in table.gaps if gap.start not in long) or 1.0
        self._times, self._places = [0.0], [0.0]
        for gap in table.gaps:
            width = (
                weights[gap.start] / heavy * share if gap.start in long else gap.length / short * (1 - share)
            )
            self._times.append(gap.start + gap.length)
            self._places.append(self._places[-1] + width)

    def place(self, seconds: float) -> float:
        """Where a second stands."""
        return _between(seconds, self._times, self._places)

    def second(self, place: float) -> float:
        """Which second stands at a place."""
        return _between(place, self._places, self._times)


def _between(value: float, here: Sequence[float], there: Sequence[float]) -> float:
    """The value of a line through points, straight between them."""
    if len(here) < 2:
        return 0.0
    number = min(max(bisect_right(here, value), 1), len(here) - 1)
    start, end = here[number - 1], here[number]
    part = (value - start) / (end - start) if end > start else 0.0
    part = min(max(part, 0.0), 1.0)
    return there[number - 1] + part * (there[number] - there[number - 1])


def _long_ones(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """The silences that dwarf everything else; at least half of the gaps stay as they were."""
    ranked = sorted(gaps, key=lambda gap: gap.length)
    passed = 0.0
    for number, gap in enumerate(ranked):
        if number and 2 * number >= len(ranked) and gap.length > _LEAP * passed:
            return tuple(sorted(ranked[number:], key=lambda long: long.start))
        passed += gap.length
    return ()
