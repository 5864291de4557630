"""The memory limit: set in the child, and named by the host where it may have stood in the way."""

from __future__ import annotations

import os
import sys
import threading

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
