"""The lines of one boot, read again out of its log when somebody wants to see them.

Memory is bounded however large the log is: of a boot of more than ``MOST_LINES`` lines those near what tells of a
plugin are kept, of a line its first ``LONGEST`` bytes, and after ``MOST_BYTES`` only the lines that tell something.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from plugscope.sources.boot_log import BootLog, EventKind, LogReference
from plugscope.sources.error import SourceError

from .block import Progress, blocks
from .envelope import CUT, plain, strip_envelope
from .event import interpret
from .logrus import fields_of

MOST_LINES = 100_000
MOST_BYTES = 1 << 25
LONGEST = 1 << 14

_ENDS = (EventKind.ABORTED, EventKind.PANICKED, EventKind.FATAL, EventKind.EXITED)
_VERSION = re.compile(r"\.v\d{1,3}\.[\w-]{1,200}")
_OF_A_NAME = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_CLOCK = re.compile(r"\b\d\d:\d\d:\d\d(?:[.,]\d{1,9})?")


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """What a line says, taken apart: each part "" where the line has none. ``level`` is logrus's word."""

    time: str
    level: str
    message: str


@dataclass
class Lines:
    """Lines of a log from line ``first`` to ``last``, without those that were left out. Indices count from 0.

    ``gaps`` are those of the lines that some are left out before, ``about`` those of the lines about each plugin.
    """

    first: int
    last: int
    numbers: array[int] = field(default_factory=lambda: array("Q"))
    raws: list[bytes] = field(default_factory=list)
    uris: list[str] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    about: dict[str, list[int]] = field(default_factory=dict)
    _starts: array[int] = field(default_factory=lambda: array("Q"))
    _end: int = 0

    def add(self, number: int, raw: bytes, uri: str) -> None:
        """Keep one more line."""
        index = len(self.numbers)
        if number != (self.numbers[-1] if index else self.first - 1) + 1:
            self.gaps.append(index)
        if uri:
            self.about.setdefault(uri, []).append(index)
        self.numbers.append(number)
        self.raws.append(raw)
        self.uris.append(uri)
        self._starts.append(self._end)
        self._end += len(raw) + 1

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def left_out(self) -> int:
        """How many lines between the first and the last are not kept."""
        return self.last - self.first + 1 - len(self) if len(self) else 0

    def gap_before(self, index: int) -> int:
        """How many lines are left out right before one."""
        before = self.numbers[index - 1] if index else self.first - 1
        return self.numbers[index] - before - 1

    def holding(self, text: str) -> list[int]:
        """The lines that hold a text, in capitals or not."""
        needle = text.lower()
        if not needle.isascii():
            return [index for index in range(len(self)) if needle in self.raw(index).lower()]
        found: list[int] = []
        # One search through all of it takes a third of the time that one a line would take.
        whole, wanted = b"\n".join(self.raws).lower(), needle.encode()
        at = whole.find(wanted)
        while 0 <= at < len(whole):
            index = bisect_right(self._starts, at) - 1
            found.append(index)
            at = whole.find(wanted, self._starts[index + 1]) if index + 1 < len(self) else -1
        return found

    def index_of(self, number: int) -> int:
        """Where a line of the log is kept; -1 if it is not."""
        index = bisect_left(self.numbers, number)
        return index if index < len(self) and self.numbers[index] == number else -1

    def raw(self, index: int) -> str:
        """A line as it stands in the log, without its end."""
        return self.raws[index].decode("utf-8", "replace")

    def said(self, index: int) -> ParsedLine:
        """A line taken apart."""
        return parse_line(self.raws[index])


def parse_line(raw: bytes) -> ParsedLine:
    """What a line says."""
    message = strip_envelope(raw)
    if message.is_logrus:
        fields = fields_of(message)
        error = fields.get("error", "")
        text = f"{fields.get('msg', '')}: {error}" if error else fields.get("msg", "")
        return ParsedLine(fields.get("time", ""), fields.get("level", ""), text or message.text)
    event = interpret(message)
    level = "fatal" if event is not None and event.kind in _ENDS else ""
    found = _CLOCK.search(raw[:80].decode("utf-8", "replace"))
    return ParsedLine(found[0] if found else "", level, message.text or plain(raw.decode("utf-8", "replace")))


def read_lines(log: BootLog, uris: Collection[str], progress: Progress | None = None) -> Lines:
    """The lines of the log's boot. ``uris`` are the plugins that a line may name.

    ``progress`` is called with the number of bytes read and ends the reading when it says no. Raises ``SourceError``
    if the lines cannot be read again, or are others by now.
    """
    if log.file is None:
        raise SourceError.at(
            log.name, "came through a pipe, and its lines cannot be read twice; save it as a file"
        )
    first, last = log.span
    try:
        with log.file.open("rb", buffering=0) as stream:
            lines = _kept(_numbered(blocks(stream, progress), first, last), log, frozenset(uris))
    except OSError as error:
        raise SourceError.at(log.name, error.strerror or str(error)) from None
    _check(lines, log)
    return lines


def _numbered(stream: Iterable[bytes], first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """The lines from one number to another. Blocks before the first are counted and not looked at."""
    line, rest = 1, b""
    for block in stream:
        ends = block.count(b"\n")
        if line + ends < first:
            line += ends
            continue
        *whole, rest = (rest + block).split(b"\n")
        rest = rest[: LONGEST + 1]
        for raw in whole:
            if line > last:
                return
            if line >= first:
                yield line, raw
            line += 1
    if rest and first <= line <= last:
        yield line, rest


def _kept(numbered: Iterable[tuple[int, bytes]], log: BootLog, uris: Collection[str]) -> Lines:
    references = sorted(log.references, key=lambda reference: reference.line)
    told = {reference.line: reference for reference in references}
    first, last = log.span
    lines = Lines(first, first - 1)
    points = [reference.line for reference in references]
    many = last - first + 1 > MOST_LINES
    near = _Near(points, _reach(points, first, last)) if many else None
    room = MOST_BYTES
    for number, raw in numbered:
        lines.last = number
        reference = told.get(number)
        if reference is None and (room <= 0 or not (near is None or near.holds(number))):
            continue
        kept = raw.rstrip(b"\r")
        if len(kept) > LONGEST:
            kept = kept[:LONGEST] + CUT.encode()
        room -= len(kept)
        lines.add(number, kept, (reference.uri if reference is not None else "") or _named_in(kept, uris))
    return lines


def _reach(points: list[int], first: int, last: int) -> int:
    """How far from points, which are sorted, lines can be kept so that they are no more than ``MOST_LINES``."""

    def kept(reach: int) -> int:
        total, end = 0, first - 1
        for point in points:
            start = max(point - reach, end + 1)
            end = max(end, min(point + reach, last))
            total += max(end - start + 1, 0)
        return total

    return bisect_right(range(MOST_LINES), MOST_LINES, key=kept) - 1


class _Near:
    """Whether numbers that only grow lie within ``reach`` of one of ``points``, which are sorted."""

    def __init__(self, points: list[int], reach: int) -> None:
        self._points = points
        self._reach = reach
        self._next = 0

    def holds(self, number: int) -> bool:
        points = self._points
        while self._next < len(points) and points[self._next] < number - self._reach:
            self._next += 1
        return self._next < len(points) and points[self._next] <= number + self._reach


def _named_in(raw: bytes, uris: Collection[str]) -> str:
    """The first plugin that a line names in full, as in a path of its directory."""
    if b".v" not in raw:
        return ""
    text = raw.decode("utf-8", "replace")
    for found in _VERSION.finditer(text):
        head = text[max(found.start() - 120, 0) : found.start()]
        uri = head[len(head.rstrip(_OF_A_NAME)) :] + found[0]
        if uri in uris:
            return uri
    return ""


def _check(lines: Lines, log: BootLog) -> None:
    """A log may have been turned over since it was read: its first telling line must still tell the same."""
    reference: LogReference | None = min(log.references, key=lambda one: one.line, default=None)
    if reference is None or not len(lines):
        return
    index = lines.index_of(reference.line)
    event = None if index < 0 else interpret(strip_envelope(lines.raws[index]))
    if len(lines.raws[max(index, 0)]) > LONGEST:
        return
    if event is None or event.kind is not reference.kind or event.time != reference.time:
        raise SourceError.at(log.name, "has changed since it was read; reload it")
