"""A part of a recording, as a recording of its own."""

from __future__ import annotations

import copy
from collections.abc import Collection

from msgspec.structs import replace

from .plan import Plan
from .recording import Recording


def part_of(recording: Recording, positions: Collection[int]) -> Recording:
    """The recording with only these registrations left, in the same order and with the same outcomes.

    Steps keep their index in the whole boot; what pulled a plugin forward is told only if it is in the part.
    """
    plan = recording.plan
    kept = sorted(positions)
    place = {position: number for number, position in enumerate(kept)}
    catalog = replace(plan.catalog, entries=[plan.catalog.entries[position] for position in kept])
    part = Plan(
        catalog,
        [place[position] for position in plan.sequence if position in place],
        frozenset(place[position] for position in plan.disabled if position in place),
        [place.get(plan.puller[position], -1) for position in kept],
        [plan.via[position] if plan.puller[position] in place else "" for position in kept],
        plan.error,
        plan.diagnostics,
    )
    steps = []
    for step in recording.steps:
        if step.position in place:
            moved = copy.copy(step)
            moved.position = place[step.position]
            steps.append(moved)
    return replace(recording, plan=part, steps=steps)
