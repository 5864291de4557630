"""Streaming a log: a few fixed strings are looked for in large blocks, and only the lines that hold one are read.

What every boot has is looked for everywhere; what only stands beside it, in the blocks around and while a boot goes on.
Memory is two blocks and a line, however large the log is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plugscope.sources.boot_log import EventKind

from .envelope import MAX_LINE, strip_envelope
from .event import Event, interpret

# Which of bytes.find and a pattern is faster depends on the string; these were measured.
_EVERYWHERE = (
    re.compile(rb"oad(?:ing)? plugin"),
    b"starting containerd",
    b"containerd: ",
    re.compile(rb"panic: "),
)
# Messages that are not printable stand as byte values in journald's JSON: nothing can be looked for in them.
_BYTES = re.compile(rb'"MESSAGE" ?: ?\[')
_BESIDE = (
    b"successfully booted in",
    b"fatal error: ",
    b"Failed to run",
    b"boltdb open",
    b"could not use snapshotter",
    b"unknown proxy plugin",
    b"Main process exited",
)
# A shim starts plugins of its own and logs through the daemon: on a busy node that is most of what looks like a boot.
_SHIM = re.compile(rb'loading plugin .{0,300} runtime=|"runtime":"io')
# A program that keeps what another wrote as one text may have it all in one line: so many time= are not one message.
_ONE = 2
_SEVERAL = re.compile(
    rb'\r(?!\n)|(?<!\\)\\n|\}\s*,\s*\{|"\s*,\s*"(?=time=|containerd: |[A-Z][a-z]{2} [ \d]\d |\d{4}-\d\d-\d\d)'
)
_UNDER_WAY = (EventKind.STARTING, EventKind.LOADING, EventKind.FAILED, EventKind.SKIPPED, EventKind.WAITING)

_Needle = bytes | re.Pattern[bytes]


@dataclass(slots=True)
class _Piece:
    """Whole lines: ``data`` from ``start`` to ``end``, beginning with line number ``line``."""

    data: bytes
    start: int
    end: int
    line: int


def read_events(blocks: Iterable[bytes]) -> Iterator[Event]:
    """The facts in a log, in the order in which they stand there."""
    under_way = beside = False
    held: _Piece | None = None
    everywhere: tuple[_Needle, ...] = _EVERYWHERE
    for number, piece in enumerate(_pieces(blocks)):
        if not number and b'"MESSAGE"' in piece.data:
            everywhere = (*_EVERYWHERE, _BYTES)
        hits = _hits(piece, everywhere)
        events = list(_events(piece, hits)) if hits else []
        if events and held is not None:
            yield from _events(held, _hits(held, _BESIDE))
        held = None if events or beside or under_way else piece
        found = bool(events)
        if found or beside or under_way:
            more = _hits(piece, _BESIDE)
            events = list(_events(piece, hits | more)) if more else events
        beside = found
        if events:
            under_way = events[-1].kind in _UNDER_WAY
            yield from events


def _pieces(blocks: Iterable[bytes]) -> Iterator[_Piece]:
    """The lines of a log: those that reach over two blocks by themselves, the others where they stand.

    Of a line that is too long the beginning is kept.
    """
    rest, line, skipping = b"", 1, False
    for block in blocks:
        first = block.find(b"\n") + 1
        if first and not skipping and rest:
            yield _Piece(rest + block[:first], 0, len(rest) + first, line)
        last = block.rfind(b"\n") + 1
        start = first if rest or skipping else 0
        line += bool(first and (rest or skipping))
        if not first:
            rest, skipping = (rest, True) if skipping else (rest + block, False)
        else:
            if start < last:
                yield _Piece(block, start, last, line)
                line += block.count(b"\n", start, last)
            rest, skipping = block[last:], False
        if len(rest) > MAX_LINE and not skipping:
            yield _Piece(rest[: MAX_LINE + 1], 0, MAX_LINE + 1, line)
            rest, skipping = b"", True
    if rest:
        yield _Piece(rest, 0, len(rest), line)


def _hits(piece: _Piece, needles: Iterable[_Needle]) -> set[int]:
    """Where the lines begin that hold one of the needles."""
    data, end = piece.data, piece.end
    starts: set[int] = set()
    for needle in needles:
        at = _find(needle, data, piece.start, end)
        while at >= 0:
            starts.add(data.rfind(b"\n", piece.start, at) + 1 or piece.start)
            following = data.find(b"\n", at, end)
            at = _find(needle, data, following, end) if following >= 0 else -1
    return starts


def _find(needle: _Needle, data: bytes, start: int, end: int) -> int:
    if isinstance(needle, bytes):
        return data.find(needle, start, end)
    found = needle.search(data, start, end)
    return -1 if found is None else found.start()


def _events(piece: _Piece, starts: Iterable[int]) -> Iterator[Event]:
    data, line, counted = piece.data, piece.line, piece.start
    for start in sorted(starts):
        line += data.count(b"\n", counted, start)
        counted = start
        end = data.find(b"\n", start, piece.end)
        text = data[start : end if end >= 0 else piece.end]
        if _SHIM.search(text):
            continue
        for part in _SEVERAL.split(text) if text.count(b"time=") > _ONE else (text,):
            event = interpret(strip_envelope(part), line)
            if event is not None:
                yield event
