"""The log beside the recording of one of its boots: which line tells of which plugin, and which other boots there are.

It holds no lines: ``lines`` reads those of the boot again when somebody wants to see them. Nothing of the reader is
imported for it: the window knows it before it opens a log.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from plugscope.boot import split_location

from .event_kind import EventKind

_AFTER = 20
"""So many lines after the last that tells of a boot are counted to it, up to the next boot."""

_OF_SILENCE = 1_000
"""So many lines are shown of a log in which no line tells of a boot."""


class BootMark(Struct, frozen=True):
    """One of the boots in a log: its number, counted from 1 in the order of time, when it began in the daemon's own
    words ("" if no line says so), and its first and last line."""

    number: int
    time: str
    lines: tuple[int, int]


class LogReference(Struct, frozen=True):
    """A line (from 1) that tells something of the boot: of the plugin ``uri``, or of the boot as a whole ("")."""

    line: int
    kind: EventKind
    uri: str = ""
    time: str = ""


class BootLog(Struct, frozen=True, dict=True):
    """The log of a recording. ``name`` is what places begin with, ``file`` where the lines can be read again.

    ``boots`` are those that can be chosen, the last of ``count``; ``number`` is the chosen one. ``references`` stand in
    the order of time. ``unfinished`` is the plugin that started last, if nothing tells what came of it.
    """

    name: str
    number: int
    count: int
    boots: tuple[BootMark, ...]
    references: tuple[LogReference, ...]
    unfinished: str = ""
    newest_first: bool = False
    file: Path | None = None

    def in_file(self, file: Path | None) -> BootLog:
        """The same, with lines that can be read again from a file."""
        return replace(self, file=file)

    @property
    def mark(self) -> BootMark:
        """The chosen boot."""
        found = next((boot for boot in self.boots if boot.number == self.number), None)
        return found or BootMark(self.number, "", (1, 1))

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last line to show: those of the boot, and a few after them up to the next boot."""
        first, last = self.mark.lines
        if not last:
            return 1, _OF_SILENCE
        if self.newest_first:
            return first, last
        following = [boot.lines[0] - 1 for boot in self.boots if boot.lines[0] > last]
        return first, min((last + _AFTER, *following))

    def references_of(self, uri: str) -> tuple[LogReference, ...]:
        """What is told of a plugin, in the order of time."""
        return self._by_uri.get(uri, ())

    @cached_property
    def _by_uri(self) -> Mapping[str, tuple[LogReference, ...]]:
        found: dict[str, list[LogReference]] = {}
        for reference in self.references:
            if reference.uri:
                found.setdefault(reference.uri, []).append(reference)
        return {uri: tuple(references) for uri, references in found.items()}

    def line_of(self, location: str) -> int:
        """The line that a place (``FILE:line``) names in this log; 0 if it is a place elsewhere."""
        name, number = split_location(location)
        return int(number) if number and name == self.name else 0

    def location_of(self, line: int) -> str:
        """A line of this log as a place."""
        return f"{self.name}:{line}"
