"""In the child: a process that a plugin forked, and that comes out of the plugin's code into ours."""

from __future__ import annotations

import os
import sys
import traceback


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
