"""Writing to people and programs without letting foreign text drive the terminal."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import click

from plugscope.boot import Catalog, Diagnostic
from plugscope.export.text import json_text
from plugscope.export.text import safe as safe


def say(text: str = "") -> None:
    """A line on standard output."""
    click.echo(text)


def say_json(value: Any) -> None:
    """A JSON value on standard output. What would drive a terminal is escaped, and reads back as it was."""
    click.echo(json_text(value))


def note(text: str) -> None:
    """A line on standard error."""
    click.echo(text, err=True)


def diagnostic_line(diagnostic: Diagnostic) -> str:
    """A diagnostic as a line, with its location in front where it has one."""
    where = f"{safe(diagnostic.location)}: " if diagnostic.location else ""
    return f"{where}{diagnostic.severity}: {safe(diagnostic.message)}"


def called(uri: str, catalog: Catalog) -> str:
    """A plugin's URI, spelled out; of one that has neither type nor id, its place in the manifest's list."""
    if uri == ".":
        position = next((n for n, entry in enumerate(catalog.entries) if entry.uri == uri), None)
        return uri if position is None else f"plugin[{position}]"
    return safe(uri)


def refuse(*problems: tuple[str, str]) -> NoReturn:
    """End with exit code 2 and one line ``error: LOCATION: what is wrong`` a problem."""
    for location, message in problems:
        where = f"{safe(location)}: " if location else ""
        note(f"error: {where}{safe(message)}")
    sys.exit(2)
