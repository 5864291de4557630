"""Streaming a log: a few fixed strings are looked for in large blocks, and only the lines that hold one are read.

Memory is a block and a line, however large the log is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .envelope import MAX_LINE, peel
from .event import Event, interpret

_NEEDLES = (
    b"loading plugin",
    b"load plugin",
    b"starting containerd",
    b"successfully booted in",
    b"containerd: ",
    b"panic: ",
    b"fatal error: ",
    b"Failed to run",
    b"boltdb open",
    b"could not use snapshotter",
    b"unknown proxy plugin",
    b"Main process exited",
    # Messages that are not printable stand as byte values in journald's JSON: nothing can be looked for in them.
    b'"MESSAGE":[',
    b'"MESSAGE" : [',
    b'"MESSAGE": [',
)


def read_events(blocks: Iterable[bytes]) -> Iterator[Event]:
    """The facts in a log, in the order in which they stand there."""
    line = 1
    for data in _whole_lines(blocks):
        counted = 0
        for start in _hits(data):
            line += data.count(b"\n", counted, start)
            counted = start
            end = data.find(b"\n", start)
            event = interpret(peel(data[start : end if end >= 0 else len(data)]), line)
            if event is not None:
                yield event
        line += data.count(b"\n", counted)


def _whole_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut where lines end. Of a line that is too long the beginning is kept, and its end."""
    rest, skipping = b"", False
    for block in blocks:
        data = rest + block
        if skipping:
            end = data.find(b"\n")
            data, skipping = (b"", True) if end < 0 else (data[end:], False)
        end = data.rfind(b"\n") + 1
        if end:
            yield data[:end]
        rest = data[end:]
        if len(rest) > MAX_LINE:
            yield rest[: MAX_LINE + 1]
            rest, skipping = b"", True
    if rest:
        yield rest


def _hits(data: bytes) -> list[int]:
    """Where the lines begin that hold one of the strings, in order."""
    starts: set[int] = set()
    for needle in _NEEDLES:
        at = data.find(needle)
        while at >= 0:
            starts.add(data.rfind(b"\n", 0, at) + 1)
            at = data.find(b"\n", at)
            if at >= 0:
                at = data.find(needle, at)
    return sorted(starts)
