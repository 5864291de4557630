"""The Python function that ``features.toml`` names. A manifest's functions are found in the folder that it lies in."""

from __future__ import annotations

from collections import deque

from plugscope.plugin import InitContext


def open_ring(ic: InitContext) -> deque[float]:
    """Room for the last hours of measurements, one a minute. Raises ``ValueError`` for no hours at all."""
    clock = ic.get("station.clock.v1")
    hours = int(ic.config["hours"])
    if hours < 1:
        raise ValueError(f"a store of {hours} hours keeps nothing")
    print(f"keeping {hours} hours by {clock}, in memory and not in {ic.root}")
    ic.meta.exports["hours"] = str(hours)
    return deque(maxlen=hours * 60)
