"""Where the program's own files are."""

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
