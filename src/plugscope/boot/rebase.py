"""A recording over another catalog: over a part of its own, or over one that others share."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping

from msgspec.structs import replace

from .catalog import Catalog
from .plan import Plan
from .recording import Recording


def rebased(recording: Recording, catalog: Catalog, place: Mapping[int, int]) -> Recording:
    """The recording over another catalog. ``place`` says where there each registration stands; what has no place is
    left out. Steps keep their index in the whole boot; what pulled a plugin forward is told only if it has a place.
    """
    old = recording.plan
    puller, via = [-1] * len(catalog.entries), [""] * len(catalog.entries)
    for position, there in place.items():
        puller[there] = place.get(old.puller[position], -1)
        via[there] = old.via[position] if puller[there] >= 0 else ""
    plan = Plan(
        catalog,
        [place[position] for position in old.sequence if position in place],
        frozenset(place[position] for position in old.disabled if position in place),
        puller,
        via,
        old.error,
        old.diagnostics,
        old.error_uri,
    )
    steps = []
    for step in recording.steps:
        if step.position in place:
            moved = copy.copy(step)
            moved.position = place[step.position]
            steps.append(moved)
    return replace(recording, plan=plan, steps=steps)


def part_of(recording: Recording, positions: Collection[int]) -> Recording:
    """The recording with only these registrations left, in the same order and with the same outcomes."""
    kept = sorted(positions)
    entries = recording.plan.catalog.entries
    catalog = replace(recording.plan.catalog, entries=[entries[position] for position in kept])
    return rebased(recording, catalog, {position: number for number, position in enumerate(kept)})
