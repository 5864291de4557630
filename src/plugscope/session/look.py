"""What a card can look like: the outcome it shows, and what else is true of it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, IntFlag

from plugscope.boot import Certainty, Outcome, Recording, Step


class Look(IntEnum):
    """What a card shows of its plugin. Fits four bits, beside ``Flag``."""

    UNKNOWN = 0
    OK = 1
    SKIP = 2
    ERROR = 3
    VICTIM = 4
    DISABLED = 5
    NOT_REACHED = 6
    ABSENT = 7
    MAY = 8
    PENDING = 9


class Flag(IntFlag):
    """What else is true of a card. A card's state is ``look | flags``, one byte."""

    NONE = 0
    BREAKPOINT = 16
    DIMMED = 32
    CHANGED = 64
    PENDING = 128


LOOK_MASK = 15

_OF_OUTCOME = {
    Outcome.OK: Look.OK,
    Outcome.SKIP: Look.SKIP,
    Outcome.ERROR: Look.ERROR,
    Outcome.DISABLED: Look.DISABLED,
    Outcome.NOT_REACHED: Look.NOT_REACHED,
}


def look_of(recording: Recording, position: int) -> Look:
    """The look of the registration at a position when the recording is at its end."""
    step = recording.by_position.get(position)
    if step is None or position in recording.plan.disabled:
        return _OF_OUTCOME[recording.outcome_of(position)]
    return look_of_step(step)


def look_of_step(step: Step) -> Look:
    """The look of a plugin that came out as the step says."""
    if step.certainty is Certainty.WILL and step.outcome is Outcome.OK:
        return Look.OK
    if step.certainty is Certainty.UNKNOWN:
        return Look.UNKNOWN
    if step.certainty is Certainty.MAY:
        # Who starts as far as can be seen is not one of those that may fail: nobody knows.
        return Look.UNKNOWN if step.outcome is Outcome.OK else Look.MAY
    if step.outcome is Outcome.ERROR and step.is_victim:
        return Look.VICTIM
    return _OF_OUTCOME[step.outcome]


def looks_of(steps: Iterable[Step]) -> list[Look]:
    """The look of each step, as ``look_of_step`` has it: of a hundred thousand most are plain to see."""
    sure, unknown, ok = Certainty.WILL, Certainty.UNKNOWN, Outcome.OK
    return [
        (Look.OK if step.certainty is sure else Look.UNKNOWN)
        if step.outcome is ok
        else Look.UNKNOWN
        if step.certainty is unknown
        else look_of_step(step)
        for step in steps
    ]
