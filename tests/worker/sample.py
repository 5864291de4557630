"""Running Python source in a worker, for the tests."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent

from plugscope.boot import Recording, Step, make_plan
from plugscope.boot.run import Run, Worker
from plugscope.sources.python import load_catalog
from plugscope.worker import Limits, Target

HEADER = """
from plugscope.plugin import *
from plugscope.plugin import plugin, register, Registration
import os, sys, time
"""
AFTER = """
@plugin("z.v1", "after")
def after(ic):
    print("after is here")
    return "fine"
"""


def write(folder: Path, source: str, name: str = "plugins") -> Path:
    """A module in a folder, with what every plugin wants to import already imported. ``AFTER`` may stand behind."""
    path = folder / f"{name}.py"
    path.write_text(HEADER + dedent(source.removesuffix(AFTER)) + AFTER * source.endswith(AFTER), "utf-8")
    return path


def target(path: Path, attr: str = "") -> Target:
    """The worker's target for a file."""
    return Target("file", str(path), attr, str(path.parent))


def run_source(
    folder: Path,
    source: str,
    *,
    limits: Limits | None = None,
    disable: Sequence[str] = (),
    required: Sequence[str] = (),
) -> Recording:
    """Write a module, load it in a worker, run it, and give back the recording."""
    with Worker(limits or Limits(timeout=20)) as worker:
        catalog = load_catalog(worker, target(write(folder, source)), "plugins.py")
        catalog.required = tuple(required)
        run = Run(make_plan(catalog, disable), worker)
        for _ in run.steps():
            pass
        return run.recording()


def step_of(recording: Recording, uri: str) -> Step:
    """The step of a plugin."""
    return recording.by_uri[uri]


def is_alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text("utf-8", "replace").rpartition(")")[2].split()[0] != "Z"
