"""Which Python module, file or package a text names. Nothing is imported to find out."""

from __future__ import annotations

import re
import sys
from importlib.machinery import PathFinder
from pathlib import Path

from plugscope.worker import Target

_DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def target_of(source: str) -> Target | None:
    """The Python target that a source string names, or ``None``.

    ``path.py[:attr]``, a package directory ``[:attr]``, or ``package.module[:attr]``. Only names are looked at.
    """
    name, attr = _split(source)
    path = Path(name)
    if path.suffix == ".py" and path.is_file():
        return Target("file", str(path.resolve()), attr, str(path.resolve().parent))
    if path.is_dir() and (path / "__init__.py").is_file():
        return Target("module", path.resolve().name, attr, str(path.resolve().parent))
    if _DOTTED.fullmatch(name) and not path.exists():
        return Target("module", name, attr, str(Path.cwd()))
    return None


def _split(source: str) -> tuple[str, str]:
    name, colon, attr = source.rpartition(":")
    if colon and _DOTTED.fullmatch(attr) and not Path(source).exists():
        return name, attr
    return source, ""


def is_findable(target: Target) -> bool:
    """Whether there seems to be such a module, as far as can be told without importing anything.

    Of a dotted name the first part is looked for: finding the rest would import that.
    """
    if target.kind == "file":
        return True
    first = target.name.partition(".")[0]
    if first in sys.builtin_module_names:
        return True
    try:
        return PathFinder.find_spec(first, [target.search, *sys.path]) is not None
    except (ImportError, ValueError, OSError):
        return False


def trust_key(target: Target) -> str:
    """What trust is given to: the file or package that would be run."""
    if target.kind == "file":
        return target.name
    return str(Path(target.search) / target.name.replace(".", "/"))
