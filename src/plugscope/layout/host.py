"""Asking the layout worker and waiting for it: what commands do. The window's way is ``session.layout_job``."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from plugscope.installation import worker_command

from .graph import Graph
from .lanes import lane_picture
from .picture import Picture
from .sketch import LayoutError, Sketch, sketch_of

WORKER = "plugscope.layout.worker"
WINDOW_LIMIT_S, COMMAND_LIMIT_S = 2.0, 30.0


def best_picture(graph: Graph, *, resolved: bool = False, limit: float = COMMAND_LIMIT_S) -> Picture:
    """Graphviz's picture, or lanes where it fails or takes longer than ``limit`` seconds."""
    try:
        return graphviz_picture(graph, resolved=resolved, limit=limit)
    except LayoutError:
        return lane_picture(graph)


def graphviz_picture(graph: Graph, *, resolved: bool = False, limit: float = COMMAND_LIMIT_S) -> Picture:
    """Graphviz's picture, made in a process of its own. Raises ``LayoutError``; waits ``limit`` seconds at most."""
    sketch = sketch_of(graph, resolved=resolved)
    line = json.dumps(sketch.request(0)) + "\n"
    import subprocess  # the window has QProcess

    try:
        done = subprocess.run(
            worker_command(WORKER),
            input=line,
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=limit,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as late:
        raise LayoutError(f"Graphviz was stopped after {limit:g} s.") from late
    except OSError as error:
        raise LayoutError(f"The layout worker did not start: {error}") from error
    if done.returncode:
        raise LayoutError(f"The layout worker ended with code {done.returncode}.")
    return picture_from(sketch, done.stdout)


def picture_from(sketch: Sketch, line: str) -> Picture:
    """The picture in a line that the worker wrote. Raises ``LayoutError``."""
    try:
        answer: dict[str, Any] = json.loads(line)
        return sketch.picture(answer)
    except (ValueError, KeyError, TypeError) as error:
        raise LayoutError(f"The layout worker gave no picture: {error}") from error


def _environment() -> dict[str, str]:
    """A frozen program's library path is no good for another one."""
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        return environment
    environment.pop("LD_LIBRARY_PATH", None)
    return environment
