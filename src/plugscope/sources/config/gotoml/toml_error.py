"""What a library refuses of a file's bytes."""

from __future__ import annotations

from msgspec import Struct

from . import v1_parser, v2_parser
from .stop import Stop, line_and_column
from .v2_parser import Reads


class TomlError(Struct, frozen=True):
    """The first thing that a library refuses: its words, and the line and column, both from 1.

    ``sure``: these are its own words, letter by letter; ``placed``: it tells the place; ``done``: so many bytes of the
    file were decoded before.
    """

    words: str
    line: int
    column: int
    sure: bool = True
    placed: bool = True
    done: int = 0


def v1_error(text: str, patch: int) -> TomlError | None:
    """What go-toml 1.9.5 refuses, or 1.9.4. It counts characters."""
    try:
        v1_parser.check(text, patch)
    except Stop as stop:
        return _toml_error(stop, text)
    return None


def v2_error(data: bytes, minor: int, reads: Reads) -> TomlError | None:
    """What go-toml 2.2, 2.3 or 2.4 refuses. It counts bytes.

    ``reads``: whether the value at a path is decoded, for numbers are looked at only then.
    """
    text = data.decode("latin-1")
    try:
        v2_parser.check(text, minor, reads)
    except Stop as stop:
        return _toml_error(stop, text)
    return None


def _toml_error(stop: Stop, text: str) -> TomlError:
    line, column = line_and_column(text, stop.at)
    return TomlError(stop.words, line, column, stop.sure, stop.placed, stop.done)
