"""Processes that a worker's child started and set free from its session, as a daemon does."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_ROUNDS = 3
"""One that is killed may have started another just before."""


def kill_strays(mark: str) -> None:
    """Kill every process with this text in its environment, which the child's own descendants inherit.

    Only where there is a ``/proc``; one that has cleared its environment is not found.
    """
    for _ in range(_ROUNDS):
        found = list(_marked(mark.encode()))
        for pid in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not found:
            return


def _marked(mark: bytes) -> Iterator[int]:
    with suppress(FileNotFoundError), os.scandir("/proc") as entries:
        for entry in entries:
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                with suppress(OSError):
                    if mark in Path(entry.path, "environ").read_bytes():
                        yield int(entry.name)
