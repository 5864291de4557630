"""What Plugscope brings along: catalogs of containerd releases, and examples."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from plugscope.boot import Catalog
from plugscope.installation import resource

from .error import SourceError
from .release import Release

_PREFIX = "containerd-"


def catalog_names() -> list[str]:
    """The full names of the shipped catalogs, oldest release first."""
    names = [file.name.removesuffix(".json") for file in resource("catalogs").iterdir()]
    return sorted(
        (name for name in names if name.startswith(_PREFIX)), key=lambda name: catalog_release(name).number
    )


def catalog_release(name: str) -> Release:
    """The release that a catalog of this name is of."""
    return Release(name.removeprefix(_PREFIX))


def nearest_catalog(release: Release) -> str:
    """The full name of the shipped catalog that stands in for a release."""
    return _PREFIX + release.nearest(map(catalog_release, catalog_names())).version


def open_catalog(name: str) -> Catalog:
    """Open ``containerd-2.3.4``, or ``containerd-2.3``: the newest of that minor. Raises ``SourceError``."""
    names = catalog_names()
    matching = [known for known in names if known == name or known.startswith(f"{name}.")]
    if not matching:
        release = catalog_release(name)
        there = nearest_catalog(release) if release.is_known else _similar(name, names)
        raise SourceError.at(f"catalog:{name}", f"no such catalog; there is {there}")
    from .manifest import read_manifest

    chosen = matching[-1]
    return read_manifest(resource("catalogs", f"{chosen}.json").read_bytes(), "json", f"catalog:{chosen}")


class ContainerdFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """What is true of containerd's own plugins beside what their catalogs tell, by URI (``resources/containerd.json``).

    ``before_1_2``: those of the oldest catalog that 1.1 had already; 1.0 cannot disable any. ``waiting``: the one that
    says in the log that it waits, for its database. ``fatal_after_boot``: the one that ends the daemon when all others
    are up. ``moved``: under which URI 2.x has a plugin of 1.x. ``gone``: why a plugin is in no newer release.
    ``missed``: what is seen elsewhere when one does not start.
    """

    before_1_2: frozenset[str]
    waiting: str
    fatal_after_boot: str
    moved: dict[str, str]
    gone: dict[str, str]
    missed: dict[str, str]


@cache
def containerd_facts() -> ContainerdFacts:
    """The shipped facts."""
    return msgspec.json.decode(resource("containerd.json").read_bytes(), type=ContainerdFacts)


class Example(Struct, frozen=True):
    """A shipped example: opened as ``example:NAME``, shown by its title, with a sentence on what it is and one on
    what it teaches."""

    name: str
    title: str
    text: str
    teaches: str


def examples() -> list[Example]:
    """The shipped examples, the one to begin with first. What ``index.json`` does not list is part of another."""
    index = resource("examples", "index.json").read_text("utf-8")
    return [Example(**row) for row in json.loads(index)]


def example_names() -> list[str]:
    """The names of the shipped examples, in the order of ``examples``."""
    return [example.name for example in examples()]


def example_file(name: str) -> Path:
    """The file or package of an example. Raises ``SourceError``."""
    names = example_names()
    if name in names:
        return resource("examples", next(file for file in _files() if file.partition(".")[0] == name))
    raise SourceError.at(f"example:{name}", f"no such example; there is {_similar(name, names)}")


def _similar(name: str, names: list[str]) -> str:
    import difflib

    return ", ".join(difflib.get_close_matches(name, names, 1) or names)


def _files() -> list[str]:
    return sorted(file.name for file in resource("examples").iterdir())
