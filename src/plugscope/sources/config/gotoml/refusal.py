"""What a library refuses of a file's bytes."""

from __future__ import annotations

from msgspec import Struct

from . import v1_parser, v2_parser
from .stop import Stop, line_and_column
from .v2_parser import Reads


class Refusal(Struct, frozen=True):
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


def first_refusal(text: str, patch: int) -> Refusal | None:
    """What go-toml 1.9.5 refuses, or 1.9.4. It counts characters."""
    try:
        v1_parser.check(text, patch)
    except Stop as stop:
        return _refusal(stop, text)
    return None


def second_refusal(data: bytes, minor: int, reads: Reads) -> Refusal | None:
    """What go-toml 2.2, 2.3 or 2.4 refuses. It counts bytes.

    ``reads``: whether the value at a path is decoded, for numbers are looked at only then.
    """
    text = data.decode("latin-1")
    try:
        v2_parser.check(text, minor, reads)
    except Stop as stop:
        return _refusal(stop, text)
    return None


def _refusal(stop: Stop, text: str) -> Refusal:
    line, column = line_and_column(text, stop.at)
    return Refusal(stop.words, line, column, stop.sure, stop.placed, stop.done)
