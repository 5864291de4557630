"""A recording over another catalog: over a part of its own, or over one that others share."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping

from msgspec.structs import replace

from .catalog import Catalog
from .plan import Plan
from .recording import Recording


def rebased(recording: Recording, catalog: Catalog, position_of: Mapping[int, int]) -> Recording:
    """The recording over another catalog.

    ``position_of``: for positions here, those there; what has none is left out. Steps keep their index in the whole
    boot; what pulled a plugin forward is told only if it has a position there, too.
    """
    old = recording.plan
    puller, via = [-1] * len(catalog.entries), [""] * len(catalog.entries)
    for position, there in position_of.items():
        puller[there] = position_of.get(old.puller[position], -1)
        via[there] = old.via[position] if puller[there] >= 0 else ""
    plan = Plan(
        catalog,
        [position_of[position] for position in old.sequence if position in position_of],
        frozenset(position_of[position] for position in old.disabled if position in position_of),
        puller,
        via,
        old.error,
        old.diagnostics,
        old.error_uri,
    )
    steps = []
    for step in recording.steps:
        if step.position in position_of:
            moved = copy.copy(step)
            moved.position = position_of[step.position]
            steps.append(moved)
    return replace(recording, plan=plan, steps=steps)


def part_of(recording: Recording, positions: Collection[int]) -> Recording:
    """The recording with only these registrations left, in the same order and with the same outcomes."""
    kept = sorted(positions)
    entries = recording.plan.catalog.entries
    catalog = replace(recording.plan.catalog, entries=[entries[position] for position in kept])
    return rebased(recording, catalog, {position: number for number, position in enumerate(kept)})
