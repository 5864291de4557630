"""Where the program's own files are, and how its worker processes are started."""

import os
import sys
from functools import cache
from pathlib import Path


def resource(*parts: str) -> Path:
    """A file or folder under ``resources``, in a wheel, a frozen program or a checkout.

    Raises ``FileNotFoundError`` if it is in none of them. ``importlib.resources`` would find them inside an archive
    too, which Qt cannot load from anyway, and costs a tenth of the time to the first paint.
    """
    for base in _bases():
        place = base.joinpath(*parts)
        if place.exists():
            return place
    raise FileNotFoundError("resources/" + "/".join(parts))


@cache
def _bases() -> tuple[Path, ...]:
    here = Path(__file__).resolve()
    return here.parent / "resources", here.parents[2] / "resources"


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
