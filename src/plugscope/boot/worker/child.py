"""The worker process (``python -m plugscope.boot.worker.child``). Standard library only.

It keeps the pipe to the host for itself: what the plugins print to standard output or error, from Python or
from C, goes to standard error, where the host collects it.
"""

from __future__ import annotations

import faulthandler
import io
import logging
import os
import sys
from typing import Any

from . import loading, running
from .message import decode, encode


class Wire:
    """The child's end of the conversation."""

    def __init__(self) -> None:
        self._requests = os.fdopen(os.dup(0), "rb")
        self._answers = os.fdopen(os.dup(1), "wb", buffering=0)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        sys.stdin = io.TextIOWrapper(os.fdopen(os.dup(0), "rb"))
        sys.stdout = io.TextIOWrapper(
            os.fdopen(1, "wb", closefd=False), "utf-8", "replace", line_buffering=True
        )
        sys.stderr = io.TextIOWrapper(
            os.fdopen(2, "wb", closefd=False), "utf-8", "replace", line_buffering=True
        )

    def ask(self) -> dict[str, Any] | None:
        """The next request; ``None`` when the host has gone."""
        line = self._requests.readline()
        return decode(line) if line else None

    def say(self, message: dict[str, Any]) -> None:
        """Tell the host."""
        self._answers.write(encode(message))


def limit_memory(size: int) -> None:
    """Let the process take ``size`` bytes of writable memory, where the system can say so."""
    try:
        import resource
    except ImportError:
        return
    # Reserved but unusable address space (thread arenas) does not count against RLIMIT_DATA, as it does
    # against RLIMIT_AS: a plugin with a thread pool would hit the latter without having used anything.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    try:
        resource.setrlimit(kind, (size, size))
    except (OSError, ValueError):
        return


def main() -> None:
    """Serve one host: load once, run once."""
    wire = Wire()
    faulthandler.enable(file=2)
    # The boot's own log lines would stand among what the plugins print.
    logging.getLogger("plugscope").addHandler(logging.NullHandler())
    request = wire.ask()
    if request is None:
        return
    limit_memory(int(request["memory"]))
    loaded = loading.load(request["target"], wire.say)
    if loaded is None:
        return
    order = wire.ask()
    if order is not None:
        running.run(loaded, order, wire.say)


if __name__ == "__main__":
    main()
