"""Python modules, files and packages: loaded in the worker, never here."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from plugscope.boot.catalog import Catalog, Entry, Known
from plugscope.boot.worker.host import LoadRefused, Worker
from plugscope.boot.worker.message import Target
from plugscope.plugin import Registration, Semantics

from .error import SourceError

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


def load_catalog(worker: Worker, target: Target, place: str) -> Catalog:
    """Have the worker import the target; the catalog of what it registered.

    Raises ``SourceError`` with the place in the user's file where it failed.
    """
    try:
        loaded = worker.load(target)
    except LoadRefused as refusal:
        raise SourceError.at(refusal.place or place, refusal.message) from refusal
    entries = [_entry(plugin) for plugin in loaded["plugins"]]
    return Catalog(entries, Semantics(loaded["semantics"]), name=place, runnable=True)


def _entry(plugin: Mapping[str, Any]) -> Entry:
    return Entry(
        Registration(plugin["type"], plugin["id"], plugin["requires"], plugin["config"]),
        init_fn=plugin["init_fn"],
        place=plugin["place"],
        known=Known.DECLARED,
    )
