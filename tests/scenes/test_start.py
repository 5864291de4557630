"""The program as it is started from a terminal, with a screen and without one."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.scene

COMMAND = [sys.executable, "-P", "-m", "plugscope"]
CATALOG = "catalog:containerd-2.3"


@contextmanager
def started(
    arguments: list[str], environment: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[str]]:
    """The program's process, ended with the block."""
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def window_titled(title: str, environment: Mapping[str, str]) -> str:
    """The X11 id of the visible window with that in its title, once there is one."""
    deadline = time.monotonic() + 30
    search = ["xdotool", "search", "--onlyvisible", "--name", title]
    while time.monotonic() < deadline:
        found = subprocess.run(
            search, env=environment, capture_output=True, text=True, check=False
        ).stdout.split()
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"no window is titled {title!r}")


def closed_by_key(process: subprocess.Popen[str], window: str, environment: Mapping[str, str]) -> str:
    """What the program complained of until a key closed its window; pressed again where a busy machine's window
    manager was still at work with the focus when it came."""
    for left in (3, 2, 1, 0):
        subprocess.run(
            ["xdotool", "windowactivate", "--sync", window, "key", "alt+F4"],
            env=environment,
            check=left == 3,
            timeout=20,
        )
        try:
            return process.communicate(timeout=10)[1]
        except subprocess.TimeoutExpired:
            if not left:
                raise
    raise AssertionError("the last attempt returns or raises")


@pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed")
def test_a_window_opens_on_the_source_and_closing_it_ends_the_program(
    display: dict[str, str], tmp_path: Path
) -> None:
    """The exit code is 0, and nothing is complained about on the way."""
    environment = {**os.environ, **display}
    with started([CATALOG], environment, tmp_path) as process:
        window = window_titled("containerd 2.3", environment)
        complaints = closed_by_key(process, window, environment)
    assert process.returncode == 0
    assert complaints == ""


def test_without_a_screen_the_same_job_is_done_here(tmp_path: Path) -> None:
    """One line says so; the picture goes to a file that it names, the replay to the terminal."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    with started([CATALOG], environment, tmp_path) as process:
        replay, words = process.communicate(timeout=60)
    assert process.returncode == 0, words
    assert words.startswith("no display")
    (picture,) = tmp_path.glob("*.svg")
    assert picture.name in words
    assert "metadata.bolt" in replay


def test_a_display_that_does_not_answer_counts_as_none(tmp_path: Path) -> None:
    """Qt would abort there, with a text that misleads."""
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    environment |= {"DISPLAY": ":4071", "WAYLAND_DISPLAY": ""}
    with started([CATALOG], environment, tmp_path) as process:
        _, words = process.communicate(timeout=60)
    assert process.returncode == 0, words
    assert words.startswith("no display")
