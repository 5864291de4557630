"""The worker process (``python -m plugscope.worker``).

It keeps the pipe to the host for itself: what the plugins print to standard output or error, from Python or
from C, goes to standard error, where the host collects it.
"""

from __future__ import annotations

import faulthandler
import io
import logging
import os
import sys

from . import loading, running
from .guard import limit_memory, start_watchdog, stop_watchdog
from .message import CUT_OFF, LOADED, Answer, Load, Order, Ready, Request, decode_request, encode
from .printed import Printed


class Wire:
    """The child's end of the conversation, on descriptors that the plugins do not know of."""

    def __init__(self) -> None:
        self._requests = os.fdopen(os.dup(0), "rb")
        self._answers = os.dup(1)
        self.output = os.dup(2)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        sys.stdin = io.TextIOWrapper(os.fdopen(os.dup(0), "rb"))
        sys.stdout = _text_stream(1)
        sys.stderr = _text_stream(2)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._leave_to_parent)

    def ask(self) -> Request | None:
        """The next request; ``None`` when the host has gone."""
        line = self._requests.readline()
        return decode_request(line) if line else None

    def _leave_to_parent(self) -> None:
        """What a forked process says goes nowhere: the host speaks with one process."""
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (self._requests.fileno(), self._answers):
            os.dup2(null, descriptor, inheritable=False)
        os.close(null)

    def say(self, message: Answer) -> None:
        """Tell the host; without a way to do so there is nothing left to live for."""
        data = memoryview(encode(message))
        try:
            while data:
                data = data[os.write(self._answers, data) :]
        except OSError:
            os._exit(CUT_OFF)


def _text_stream(descriptor: int) -> io.TextIOWrapper:
    raw = os.fdopen(descriptor, "wb", closefd=False)
    return io.TextIOWrapper(raw, "utf-8", "replace", line_buffering=True)


def main() -> None:
    """Serve one host: load once, run once."""
    wire = Wire()
    faulthandler.enable(file=wire.output)
    # The boot's own log lines would stand among what the plugins print.
    logging.getLogger("plugscope").addHandler(logging.NullHandler())
    wire.say(Ready())
    request = wire.ask()
    if not isinstance(request, Load):
        return
    limit_memory(request.memory)
    printed = Printed(wire.output, request.token)
    start_watchdog(request.timeout, wire.output)
    loaded = loading.load(request.target, wire.say)
    stop_watchdog()
    if loaded is None:
        return
    printed.mark(LOADED)
    order = wire.ask()
    if isinstance(order, Order):
        running.run(loaded, order, wire.say, printed)


if __name__ == "__main__":
    main()
