"""Measuring and printing: the best of several passes in CPU time, and rows with what the design holds them to."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


def best_ms(function: Callable[[], object], passes: int = 7, inner: int = 1) -> float:
    """Milliseconds of CPU for one call: the best of ``passes``, each the mean of ``inner`` calls."""
    best = float("inf")
    for _ in range(passes):
        gc.collect()
        began = time.process_time()
        for _ in range(inner):
            function()
        best = min(best, (time.process_time() - began) / inner)
    return best * 1000


@dataclass(frozen=True)
class Row:
    """One number: ``hold`` is the most that it may be, 0 if nothing is held."""

    name: str
    value: float
    unit: str = "ms"
    hold: float = 0.0

    def __str__(self) -> str:
        verdict = (
            "" if not self.hold else f"hold {self.hold:g}: {'ok' if self.value <= self.hold else 'OVER'}"
        )
        return f"{self.name:<58}{self.value:>10.3f} {self.unit:<4}  {verdict}".rstrip()


def say(text: str) -> None:
    """A line of the report, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def show(title: str, rows: list[Row]) -> bool:
    """Print the rows; says whether all hold."""
    say(f"\n{title}")
    for row in rows:
        say(f"  {row}")
    return all(not row.hold or row.value <= row.hold for row in rows)
