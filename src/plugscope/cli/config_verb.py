"""``config``: what to write into containerd's configuration, and writing it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from plugscope.sources import Kind, SourceError
from plugscope.sources.config import ChangeRefused, Proposal, propose, release_of, snippet
from plugscope.sources.config.apply import Names
from plugscope.sources.config.edit import listed_in, save, write_new

from .opened import OpenedSource, opened
from .option import DISABLE, Asked, shared
from .terminal import note, refuse, safe, say, say_json


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
    asked: Asked,
    enable: tuple[str, ...],
    file: str,
    write: bool,
    output: str,
) -> None:
    """Print the disabled_plugins setting that disables these plugins, named as the source's containerd names them.

    If SOURCE is a containerd configuration, or --in names one, print what changes in it as a diff: comments, order
    and layout stay. Nothing is written without --write or -o, and never a file that is imported or linked to. Exit
    code 1 if a plugin stays disabled by another file.

    \b
    Examples
      plugscope config catalog:containerd-2.1 --disable io.containerd.grpc.v1.cri
      plugscope config /etc/containerd/config.toml --enable io.containerd.grpc.v1.cri --write
    """
    if write and output:
        refuse(("--write", "goes without -o: one file is written, or the other"))
    with opened(asked) as it:
        try:
            change = _proposal(it, file, asked.disable, enable)
            if change.file is None and (write or output):
                refuse(
                    ("--write" if write else "-o", "there is no configuration to change; name one with --in")
                )
            backup = _carry_out(change, write, output)
        except SourceError as error:
            refuse(*((found.location, found.message) for found in error.diagnostics))
        except ChangeRefused as error:
            refuse((file or asked.source, str(error)))
        _tell(change, asked.as_json, output, backup)
        if change.still:
            sys.exit(1)


def _proposal(it: OpenedSource, file: str, disable: tuple[str, ...], enable: tuple[str, ...]) -> Proposal:
    """Work the change out. Raises ``SourceError`` and ``ChangeRefused``."""
    names = Names(it.catalog.entries, release_of(it.catalog), False)
    path = Path(file) if file else _own_file(it)
    wanted = [_uri(name, names) for name in disable]
    listed = listed_in(path) if path is not None and enable else ()
    gone = [uri for name in enable for uri in (_as_listed(name, names, listed) or [_uri(name, names)])]
    return propose(it.catalog, wanted, gone, path)


def _carry_out(change: Proposal, write: bool, output: str) -> Path | None:
    """Write what is to be written; returns the backup, if one was made. Raises ``SourceError``."""
    if change.file is not None and write and change.changes:
        return save(change.file, change.before, change.after)
    if output:
        write_new(Path(output), change.after)
    return None


def _uri(name: str, names: Names) -> str:
    """The URI of a plugin; in classic semantics its id will do."""
    if names.has(name):
        return name
    same = names.of_id(name)
    if not same or names.release.max_version:
        refuse((name, f"no plugin has that URI{names.hint(name)}"))
    return same[0]


def _as_listed(name: str, names: Names, listed: Sequence[str]) -> list[str]:
    """What an entry that stands in the file's list is called there and may mean: an id, or nothing at all."""
    if name not in listed or names.has(name):
        return []
    return [name, names.migrated(name)] if names.migrated(name) else [name, *names.of_id(name)]


def _own_file(it: OpenedSource) -> Path | None:
    """The source's own file, if it is a configuration."""
    return it.source.file if it.source.kind is Kind.CONFIG else None


def _tell(change: Proposal, as_json: bool, output: str, backup: Path | None) -> None:
    for warning in change.warnings:
        note(f"warning: {safe(warning)}")
    if as_json:
        say_json(_shape(change, output, backup))
    elif change.file is None:
        say(safe(change.setting.rstrip("\n"), lines=True))
    else:
        say(safe(change.diff.rstrip("\n"), lines=True) if change.changes else "nothing to change")
    if backup is not None:
        note(f"written to {safe(str(change.file))}; what it was is in {safe(str(backup))}")
    elif output:
        note(f"written to {safe(output)}")


def _shape(change: Proposal, output: str, backup: Path | None) -> dict[str, Any]:
    file = None if change.file is None else str(change.file)
    return {
        "disabled": change.names,
        "snippet": snippet(change.names),
        "file": file,
        "changed": change.changes,
        "diff": change.diff or None,
        "text": change.after if file is not None else None,
        "written": output or (file if backup is not None else None),
        "backup": None if backup is None else str(backup),
    }


COMMANDS = (config,)
