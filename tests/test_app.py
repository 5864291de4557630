"""The start looks into PySide: what it finds there, and that it starts where there is nothing to find.

Checked with PySide6 6.11.3 on CPython 3.11: ``shibokensupport.feature`` has ``_mod_uses_pyside``, which is asked at
each import. With another release look whether the start is still as fast (tests/bench/bench_start.py) and add it here.
"""

from __future__ import annotations

import os
import subprocess
import sys

import PySide6
import pytest

CHECKED = ("6.11.3",)
PATCH = """
import sys
import PySide6.QtCore
from plugscope import app
app._leave_sources_unread()
feature = sys.modules["shibokensupport.feature"]
print(feature._mod_uses_pyside(sys.modules["__main__"]))
"""
START = """
import os, signal, sys, threading, types
import PySide6.QtCore
{before}
threading.Timer(2.0, os.kill, (os.getpid(), signal.SIGINT)).start()
from plugscope.app import start
sys.exit(start(["catalog:containerd-2.3"]))
"""
OTHERS = {
    "as it is": "",
    "a release without the function": "sys.modules['shibokensupport.feature'] = types.ModuleType('feature')",
    "a release without the module": "sys.modules.pop('shibokensupport.feature')",
}


def run(program: str) -> subprocess.CompletedProcess[str]:
    """A Python that runs a program, with no window on anybody's screen."""
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


@pytest.mark.skipif(PySide6.__version__ not in CHECKED, reason=f"checked with {', '.join(CHECKED)}")
def test_what_is_spared_is_still_there_to_be_spared() -> None:
    """In a release that was looked at the function is found, and says no to every module from then on."""
    done = run(PATCH)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["False"], "")


@pytest.mark.skipif(os.name != "posix", reason="ended by a signal")
@pytest.mark.parametrize("release", OTHERS)
def test_the_window_starts_whatever_pyside_has_inside(release: str) -> None:
    """Where there is nothing to patch nothing is patched: the start is slower then, and works."""
    done = run(START.format(before=OTHERS[release]))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
