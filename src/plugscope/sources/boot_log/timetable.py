"""A boot by the daemon's clock: when each plugin started, how long that took, and where time went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .event_kind import EventKind
from .index import BootLog, LogReference
from .moment import Moment, parse_moment

_FELL_BACK = 0.1
"""Seconds by which a clock must go backwards for it to be told: lines of two writers overtake each other by less."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Time in which nothing was told, in seconds from the beginning. ``within``: the plugin that was starting, or "";
    ``before``: the one that the next line tells of, or ""."""

    start: float
    length: float
    within: str
    before: str


@dataclass(frozen=True, slots=True)
class ClockStepBack:
    """The clock went back by so many seconds before the line that tells of ``before``."""

    at: float
    seconds: float
    before: str


@dataclass(frozen=True)
class Timetable:
    """When each plugin started and ended (``spans``), in seconds after ``begins``; what had no time is not in it.

    Where the clock goes backwards, time stands still: order is kept, and ``steps_back`` says so. ``zones`` are the time
    zones of the stamps.
    """

    begins: Moment | None = None
    length: float = 0.0
    spans: dict[str, tuple[float, float]] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    steps_back: tuple[ClockStepBack, ...] = ()
    zones: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether there is a scale to draw: two moments at least, and some time between them."""
        return self.length > 0 and len(self.spans) > 1

    @property
    def longest(self) -> Gap | None:
        """The longest gap."""
        return max(self.gaps, key=lambda gap: gap.length, default=None)


@dataclass(frozen=True, slots=True)
class _Mark:
    reference: LogReference
    at: float


def timetable_of(log: BootLog) -> Timetable:
    """The timetable of a log's boot."""
    timed = [
        (reference, stamp)
        for reference in log.references
        if (stamp := parse_moment(reference.time)) is not None
    ]
    if not timed:
        return Timetable()
    begins = timed[0][1]
    timed = [
        (reference, stamp) for reference, stamp in timed if (stamp.zone is None) is (begins.zone is None)
    ]
    steps_back: list[ClockStepBack] = []
    marks = list(_marks(timed, steps_back))
    return Timetable(
        begins,
        marks[-1].at,
        _spans(marks),
        tuple(_gaps(marks)),
        tuple(steps_back),
        tuple(dict.fromkeys(stamp.zone_name for _, stamp in timed if stamp.zone_name)),
    )


def _marks(timed: Sequence[tuple[LogReference, Moment]], steps_back: list[ClockStepBack]) -> Iterator[_Mark]:
    at, before = 0.0, timed[0][1].micros
    for reference, stamp in timed:
        passed = (stamp.micros - before) / 1_000_000
        if passed <= -_FELL_BACK:
            steps_back.append(ClockStepBack(at, -passed, reference.uri))
        at, before = at + max(passed, 0.0), stamp.micros
        yield _Mark(reference, at)


def _spans(marks: Sequence[_Mark]) -> dict[str, tuple[float, float]]:
    """From the line that a plugin starts with to the next one: what a daemon writes of a plugin that is well is no
    more than that another one starts."""
    spans: dict[str, tuple[float, float]] = {}
    for number, mark in enumerate(marks):
        uri, kind = mark.reference.uri, mark.reference.kind
        if not uri or kind is EventKind.UNUSABLE:
            continue
        begins = spans[uri][0] if uri in spans else mark.at
        goes_on = kind in (EventKind.LOADING, EventKind.WAITING) and number + 1 < len(marks)
        spans[uri] = (begins, marks[number + 1].at if goes_on else mark.at)
    return spans


def _gaps(marks: Sequence[_Mark]) -> Iterator[Gap]:
    starting = ""
    for mark, after in pairwise(marks):
        if mark.reference.kind is EventKind.LOADING:
            starting = mark.reference.uri
        elif mark.reference.kind not in (EventKind.UNUSABLE, EventKind.WAITING):
            starting = ""
        if after.at > mark.at:
            before = after.reference.uri if after.reference.uri != starting else ""
            yield Gap(mark.at, after.at - mark.at, starting, before)
