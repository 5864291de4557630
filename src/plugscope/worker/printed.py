"""In the child: telling the host where the output of one step ends and that of the next begins."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from .message import MARKER


class Printed:
    """Writes marks into the output, on a descriptor of its own: plugins may close theirs.

    ``descriptor`` leads where standard output and error lead; ``token`` keeps plugins from faking a mark.
    """

    def __init__(self, descriptor: int, token: str) -> None:
        self.descriptor = descriptor
        self._token = token
        self._flush_c = _flush_of_c()

    def mark(self, index: int) -> None:
        """Send on what is still buffered, by Python or by C, and mark that a step ends here."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:  # noqa: S112 - a plugin may have replaced or closed it
                continue
        self._flush_c()
        try:
            os.write(self.descriptor, f"\n{MARKER} {self._token} {index}\n".encode())
        except OSError:
            return


def _flush_of_c() -> Callable[[], object]:
    """C's own buffers: on a pipe they are written out only when they are full or the process ends well."""
    if os.name != "posix":
        return lambda: None
    try:
        import ctypes

        flush = ctypes.CDLL(None).fflush
    except (ImportError, OSError, AttributeError):
        return lambda: None
    return lambda: flush(None)
