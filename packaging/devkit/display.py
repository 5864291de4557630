"""A screen that nobody sees, with a window manager, for tests and pictures of real windows."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from devkit.say import DevError

GEOMETRY = "1600x1000x24"
START_TIMEOUT_S = 20.0


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
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", geometry, "-dpi", "96", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(writing)
    manager: subprocess.Popen[bytes] | None = None
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise DevError("No virtual display: Xvfb ended before it was ready.")
        variables = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"],
            env=os.environ | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _await_manager(manager, variables)
        yield variables
    finally:
        for process in (manager, server):
            if process is not None:
                process.terminate()
                process.wait(timeout=10)


def _await_manager(manager: "subprocess.Popen[bytes]", variables: dict[str, str]) -> None:
    """Wait until openbox answers, as far as xdotool can tell; without xdotool, for a moment."""
    if not shutil.which("xdotool"):
        time.sleep(0.5)
        return
    deadline = time.monotonic() + START_TIMEOUT_S
    asked = ["xdotool", "get_num_desktops"]
    while subprocess.run(
        asked, check=False, env=os.environ | variables, stdin=subprocess.DEVNULL, capture_output=True
    ).returncode:
        if manager.poll() is not None or time.monotonic() > deadline:
            raise DevError("No virtual display: openbox did not start.")
        time.sleep(0.02)
