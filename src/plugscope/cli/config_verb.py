"""``config``: what to write into containerd's configuration, and writing it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from plugscope.boot import Catalog, make_plan
from plugscope.plugin import Semantics
from plugscope.sources.config import (
    ChangeRefused,
    Naming,
    Release,
    change_disabled,
    naming_of,
    snippet,
    written,
)
from plugscope.sources.config.choice import version_of
from plugscope.sources.config.naming import Names
from plugscope.sources.config.writing import difference, read_text, save, write_new
from plugscope.sources.error import SourceError

from .opened import Opened, opened
from .option import DISABLE, shared
from .terminal import note, refuse, safe, say, say_json

_RELEASES = {
    Semantics.CLASSIC: "1.2.0",
    Semantics.V1: "1.7.0",
    Semantics.V2_0: "2.0.0",
    Semantics.V2: "2.3.0",
}
"""A release of each era, for catalogs that name none."""


@click.command("config", short_help="The disabled_plugins setting, or a config file with it changed.")
@shared
@DISABLE
@click.option(
    "--enable",
    "-e",
    multiple=True,
    metavar="URI",
    help="Take it out of the list. May be given several times.",
)
@click.option(
    "--in", "file", metavar="FILE", default="", help="The configuration to change, if SOURCE is none."
)
@click.option("--write", is_flag=True, help="Write the change into the file, after a backup beside it.")
@click.option(
    "-o", "--output", metavar="FILE", default="", help="Write the changed configuration there instead."
)
def config(
    source: str,
    as_json: bool,
    semantics: str | None,
    trust: bool,
    python: str,
    catalog: str,
    disable: tuple[str, ...],
    enable: tuple[str, ...],
    file: str,
    write: bool,
    output: str,
) -> None:
    """Print the disabled_plugins setting that disables these plugins, named as the source's containerd names them.

    If SOURCE is a containerd configuration, or --in names one, print what changes in it as a diff: comments, order
    and layout stay. Nothing is written without --write or -o, and never a file that is imported or linked to.

    \b
    Examples
      plugscope config catalog:containerd-2.1 --disable io.containerd.grpc.v1.cri
      plugscope config /etc/containerd/config.toml --enable io.containerd.grpc.v1.cri --write
    """
    if write and output:
        refuse(("--write", "goes without -o: one file is written, or the other"))
    with opened(source, trust=trust, semantics=semantics, python=python, catalog=catalog) as it:
        try:
            change = _Change.of(it, file, disable, enable)
            if change.path is None and (write or output):
                refuse(
                    ("--write" if write else "-o", "there is no configuration to change; name one with --in")
                )
            backup = change.carry_out(write, output)
        except SourceError as error:
            refuse(*((problem.place, problem.message) for problem in error.problems))
        except ChangeRefused as error:
            refuse((file or source, str(error)))
        _tell(change, it.catalog, as_json, output, backup)


class _Change(Struct, dict=True):
    """What is to be changed: the names of the whole list afterwards, and the file with its texts, if there is one."""

    names: list[str]
    disable: list[str]
    enable: list[str]
    naming: Naming
    path: Path | None = None
    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, it: Opened, file: str, disable: tuple[str, ...], enable: tuple[str, ...]) -> _Change:
        """Work the change out. Raises ``SourceError`` and ``ChangeRefused``."""
        catalog = it.catalog
        release = Release(catalog.version or _RELEASES[catalog.semantics])
        names = Names(catalog.entries, release, False)
        wanted = [_uri(name, names) for name in disable]
        gone = [_uri(name, names, certain=False) for name in enable]
        path = Path(file) if file else _own_file(it)
        text = read_text(path) if path is not None else ""
        naming = naming_of(release, version_of(text.encode()) if path is not None else release.max_version)
        known = [uri for uri in make_plan(catalog).disabled_uris if uri not in gone]
        every = [written(uri, naming) for uri in dict.fromkeys((*known, *wanted))]
        change = cls(list(dict.fromkeys(every)), wanted, gone, naming, path, text)
        if path is not None:
            change.after = change_disabled(text, wanted, gone, naming)
        return change

    def carry_out(self, write: bool, output: str) -> Path | None:
        """Write what is to be written; returns the backup, if one was made. Raises ``SourceError``."""
        if self.path is not None and write and self.after != self.before:
            return save(self.path, self.before, self.after)
        if output:
            write_new(Path(output), self.after)
        return None


def _uri(name: str, names: Names, certain: bool = True) -> str:
    """The URI of a plugin; in classic semantics its id will do."""
    if names.has(name):
        return name
    same = names.of_id(name)
    if same and not names.release.max_version:
        return same[0]
    if certain:
        refuse((name, f"no plugin has that URI{names.hint(name)}"))
    return name


def _own_file(it: Opened) -> Path | None:
    """The source's own file, if it is a configuration."""
    return it.source.file if it.is_config else None


def _tell(change: _Change, catalog: Catalog, as_json: bool, output: str, backup: Path | None) -> None:
    diff = difference(change.before, change.after, str(change.path)) if change.path is not None else ""
    for warning in _warnings(change, catalog):
        note(f"warning: {safe(warning)}")
    if as_json:
        say_json(_shape(change, diff, output, backup))
    elif change.path is None:
        say(safe(snippet(change.names).rstrip("\n"), lines=True))
    else:
        say(safe(diff.rstrip("\n"), lines=True) if diff else "nothing to change")
    if backup is not None:
        note(f"written to {safe(str(change.path))}; what it was is in {safe(str(backup))}")
    elif output:
        note(f"written to {safe(output)}")


def _shape(change: _Change, diff: str, output: str, backup: Path | None) -> dict[str, Any]:
    path = None if change.path is None else str(change.path)
    return {
        "disabled": change.names,
        "snippet": snippet(change.names),
        "file": path,
        "changed": change.after != change.before,
        "diff": diff or None,
        "text": change.after if path is not None else None,
        "written": output or (path if backup is not None else None),
        "backup": None if backup is None else str(backup),
    }


def _warnings(change: _Change, catalog: Catalog) -> list[str]:
    """What the change does besides, and what it cannot do."""
    found = []
    for uri in change.disable if change.naming is Naming.ID else ():
        name = written(uri, change.naming)
        same = [entry.uri for entry in catalog.entries if entry.registration.id == name and entry.uri != uri]
        if same:
            found.append(f"this file names plugins by id: {name!r} disables {', '.join(same)}, too")
    for uri in change.enable:
        place = catalog.places.get(uri, "")
        if place and change.path is not None and not place.startswith(f"{change.path}:"):
            found.append(f"{uri} is still disabled at {place}: another file, which is not changed")
    return found


COMMANDS = (config,)
