"""What Plugscope brings along: catalogs of containerd releases, and examples."""

from __future__ import annotations

import difflib
import re
from importlib.resources.abc import Traversable

from plugscope.boot.catalog import Catalog
from plugscope.place import resource

from .error import SourceError
from .manifest import read_manifest


def catalog_names() -> list[str]:
    """The full names of the shipped catalogs, oldest release first."""
    names = [file.name.removesuffix(".json") for file in resource("catalogs").iterdir()]
    return sorted((name for name in names if name.startswith("containerd-")), key=_version_key)


def _version_key(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", name))


def open_catalog(name: str) -> Catalog:
    """Open ``containerd-2.3.4``, or ``containerd-2.3``: the newest of that minor. Raises ``SourceError``."""
    names = catalog_names()
    matching = [known for known in names if known == name or known.startswith(f"{name}.")]
    if not matching:
        near = difflib.get_close_matches(name, names, 1) or names
        raise SourceError.at(f"catalog:{name}", f"no such catalog; there is {', '.join(near)}")
    chosen = matching[-1]
    return read_manifest(resource("catalogs", f"{chosen}.json").read_bytes(), "json", f"catalog:{chosen}")


def example_names() -> list[str]:
    """The names of the shipped examples."""
    return sorted(
        file.name.rpartition(".")[0] or file.name
        for file in resource("examples").iterdir()
        if not file.name.startswith((".", "__")) and (file.is_dir() or file.name.endswith(_SUFFIXES))
    )


_SUFFIXES = (".toml", ".json", ".yaml", ".py")


def example_file(name: str) -> Traversable:
    """The file or package of an example. Raises ``SourceError``."""
    for file in resource("examples").iterdir():
        if name in (file.name, file.name.rpartition(".")[0]) and example_names():
            return file
    names = example_names()
    near = difflib.get_close_matches(name, names, 1) or names
    raise SourceError.at(f"example:{name}", f"no such example; there is {', '.join(near)}")
