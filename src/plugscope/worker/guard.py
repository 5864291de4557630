"""What keeps the worker to its work: a timer over each step, an end to forked processes, and a limit to memory."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import traceback
from contextlib import suppress


def start_watchdog(seconds: float, descriptor: int, *, leave: bool = False) -> None:
    """Write every thread's stack to ``descriptor`` after ``seconds``, and then ``leave`` the process.

    The timer is a thread. Where plugins left no memory for one, the host's own clock has to do.
    """
    with suppress(RuntimeError):
        faulthandler.dump_traceback_later(seconds, exit=leave, file=descriptor)


def stop_watchdog() -> None:
    """The code came back. Not for a forked process: the thread to wait for is not in it."""
    faulthandler.cancel_dump_traceback_later()


def end_fork(pid: int, error: BaseException | None) -> None:
    """In a process other than ``pid``: end it with the status Python would end with. In ``pid`` do nothing.

    ``error`` is what came out of the plugin's code. Our code is no place for a second process: the boot would go
    on twice. Without the interpreter's own end, which would wait for threads that a fork does not have.
    """
    if os.getpid() == pid:
        return
    status = 1
    try:
        status = _status(error)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _status(error: BaseException | None) -> int:
    if error is None:
        return 0
    if not isinstance(error, SystemExit):
        traceback.print_exception(error)
        return 1
    if error.code is None or isinstance(error.code, int):
        return (error.code or 0) & 0xFF
    sys.stderr.write(f"{error.code}\n")
    return 1


THREAD_STACK = (6 if sys.version_info[:2] == (3, 13) else 4) << 20
"""Bytes that a thread's stack may take: the limit counts them all, however few the thread uses.

Less than is usual, and no less than this: 1000 calls, as many as Python lets nest, fit in even where each of them
sorts. On 3.13 that takes 4.9 MiB, before it 3; from 3.14 on Python looks at the stack itself.
"""

_NO_THREAD = ("can't start new thread", "unable to start watchdog thread")
_NO_MEMORY = (
    "MemoryError",
    "failed to map segment from shared object",
    "Cannot allocate memory",
    # Where Python has not even memory left for its MemoryError: compile() does that on 3.13.
    "returned NULL without setting an exception",
)


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
    if resource.getrlimit(resource.RLIMIT_STACK)[0] > THREAD_STACK:
        threading.stack_size(THREAD_STACK)


def limit_words(error: str, size: int) -> str:
    """What to say of the limit beside an ``error`` that speaks of memory or threads; "" beside any other."""
    if os.name != "posix":
        return ""
    limit = f"under a memory limit of {size / (1 << 20):g} MiB"
    if any(sign in error for sign in _NO_THREAD):
        return f"{limit}, of which each thread takes {THREAD_STACK >> 20} MiB"
    return limit if any(sign in error for sign in _NO_MEMORY) else ""
