"""Where the program's own files are, and how its worker processes are started."""

import os
import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def resource(*parts: str) -> Traversable:
    """A file or folder under ``resources``, in a wheel, a frozen program or a checkout.

    Raises ``FileNotFoundError`` if it is in none of them.
    """
    for base in (files("plugscope") / "resources", Path(__file__).resolve().parents[2] / "resources"):
        place: Traversable = base
        for part in parts:
            place = place / part
        if place.is_file() or place.is_dir():
            return place
    raise FileNotFoundError("resources/" + "/".join(parts))


def worker_command(module: str) -> list[str]:
    """The command that runs a worker module of ours (``plugscope.layout.worker``) in a process of its own.

    A frozen program has no Python to run it with; beside it lies ``plugscope-worker``, which takes the module's
    name. Elsewhere it is this interpreter, with ``-P``: a ``json.py`` in the folder that the user happens to be in
    must not stand in for the library's. A worker that wants that folder on its path puts it there itself.
    """
    if getattr(sys, "frozen", False):
        suffix = ".exe" if os.name == "nt" else ""
        return [str(Path(sys.executable).with_name("plugscope-worker" + suffix)), module]
    return [sys.executable, "-P", "-m", module]
