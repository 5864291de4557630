"""What the window would show, on a machine without a display: the picture in a file, the replay in the terminal."""

from __future__ import annotations

import io
import sys

from .main import run
from .terminal import note

_PICTURE = "plugscope-replay.svg"


def show(source: str, over: str = "") -> int:
    """Draw the graph to a file and print the replay, of what happened according to ``over`` if that is given; returns
    the replay's exit code."""
    note(f"no display: drawing {source} to {_PICTURE}, and replaying it here instead of in a window")
    typed = sys.stdin.buffer.read() if source == "-" and sys.stdin is not None else None
    observed = ["--observed", over] if over else []
    for verb in (["render", source, "-o", _PICTURE, *observed], ["replay", source, *observed]):
        if typed is not None:  # both verbs read it
            sys.stdin = io.TextIOWrapper(io.BytesIO(typed))
        sys.stdout.flush()
        code = run(verb)
        if code == 2:
            break
    return code
