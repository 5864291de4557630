"""A screen that nobody sees, with a window manager, for tests and pictures of real windows."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from devkit.say import DevError

GEOMETRY = "1600x1000x24"
START_TIMEOUT_S = 20.0
ATTEMPTS = 3


def can_start() -> str | None:
    """None if a virtual display can be started here, else why not."""
    if not sys.platform.startswith("linux"):
        return "virtual displays are X11's"
    missing = [name for name in ("Xvfb", "openbox") if not shutil.which(name)]
    return f"not installed: {', '.join(missing)}" if missing else None


@contextmanager
def virtual_display(geometry: str = GEOMETRY) -> Iterator[dict[str, str]]:
    """Start Xvfb on a free display number and openbox on it; both end with the block.

    Gives the variables that lead a Qt program there. `geometry` is width x height x depth, in pixels and bits.
    Without a window manager a window loses the focus for good after a modal dialog, so there is one.
    Raises `DevError` where the two are not installed or do not start.
    """
    if reason := can_start():
        raise DevError(f"No virtual display: {reason}.")
    with ExitStack() as stack:
        yield _started(stack, geometry)


def _started(stack: ExitStack, geometry: str) -> dict[str, str]:
    """Both processes, left to the stack to end; a number that somebody else just took is given up for another."""
    for attempt in range(ATTEMPTS):
        with ExitStack() as trial:
            variables = {
                "DISPLAY": f":{_start_server(trial, geometry)}",
                "QT_QPA_PLATFORM": "xcb",
                "WAYLAND_DISPLAY": "",
            }
            try:
                _start_manager(trial, variables)
            except DevError:
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            stack.push(trial.pop_all())
            return variables
    raise AssertionError("the last attempt returns or raises")


def _start_server(stack: ExitStack, geometry: str) -> str:
    """Xvfb, and the display number that it chose."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", geometry, "-dpi", "96", "-nolisten", "tcp"]
    with os.fdopen(reading) as answer:
        server = _spawn(stack, command, pass_fds=(writing,))
        os.close(writing)
        number = answer.readline().strip()
    if not number:
        raise DevError(f"No virtual display: Xvfb ended with exit code {server.wait()}.")
    return number


def _start_manager(stack: ExitStack, variables: dict[str, str]) -> None:
    """openbox; it is there once xdotool gets an answer from it (without xdotool, after a moment)."""
    environment = os.environ | variables
    manager = _spawn(stack, ["openbox", "--sm-disable"], environment=environment)
    if not shutil.which("xdotool"):
        time.sleep(0.5)
        return
    deadline = time.monotonic() + START_TIMEOUT_S
    question = ["xdotool", "get_num_desktops"]
    while subprocess.run(question, check=False, env=environment, capture_output=True).returncode:
        if manager.poll() is not None or time.monotonic() > deadline:
            raise DevError(f"No virtual display: openbox did not start (exit code {manager.poll()}).")
        time.sleep(0.02)


def _spawn(
    stack: ExitStack,
    command: list[str],
    *,
    environment: dict[str, str] | None = None,
    pass_fds: tuple[int, ...] = (),
) -> "subprocess.Popen[bytes]":
    """A silent process in a session of its own, which the stack ends."""
    process = subprocess.Popen(
        command,
        env=environment,
        pass_fds=pass_fds,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    stack.callback(_end, process)
    return process


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
