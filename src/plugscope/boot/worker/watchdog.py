"""In the child: a timer that writes down where the code stands when its time is up. The host ends it then."""

from __future__ import annotations

import faulthandler
from contextlib import suppress


def start(seconds: float, descriptor: int, *, leave: bool = False) -> None:
    """Write every thread's stack to ``descriptor`` after ``seconds``, and then ``leave`` the process.

    The timer is a thread. Where plugins left no memory for one, the host's own clock has to do.
    """
    with suppress(RuntimeError):
        faulthandler.dump_traceback_later(seconds, exit=leave, file=descriptor)


def stop() -> None:
    """The code came back. Not for a forked process: the thread to wait for is not in it."""
    faulthandler.cancel_dump_traceback_later()
