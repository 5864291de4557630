"""The bytes of a log in blocks of bounded size: plain, out of gzip, or from the UTF-16 that PowerShell writes."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

BLOCK = 1 << 20
_GZIP = b"\x1f\x8b"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Readable(Protocol):
    """What bytes can be read from, a block at a time."""

    def read(self, size: int = ..., /) -> bytes:
        """Up to so many bytes; none at the end."""


Progress = Callable[[int], bool]
"""Called with the number of bytes read so far; reading ends when it says no."""


def blocks(stream: Readable, progress: Progress | None = None) -> Iterator[bytes]:
    """What a stream holds, as text of one byte a letter or UTF-8."""
    raw = _raw(stream, progress)
    first = next(raw, b"")
    while 0 < len(first) < 2 and (more := next(raw, b"")):
        first += more
    if first.startswith(_GZIP):
        yield from _unpacked(first, raw)
    elif first.startswith(_UTF16):
        yield from _narrowed(first, raw)
    elif first:
        yield first
        yield from raw


def plain_head(head: bytes) -> bytes:
    """The beginning of a log as ``blocks`` would give it."""
    if head.startswith(_GZIP):
        return next(_unpacked(head, iter(())), b"")
    return next(_narrowed(head, iter(())), b"") if head.startswith(_UTF16) else head


def _raw(stream: Readable, progress: Progress | None) -> Iterator[bytes]:
    read = 0
    while block := stream.read(BLOCK):
        read += len(block)
        yield block
        if progress is not None and not progress(read):
            return


def _unpacked(first: bytes, raw: Iterator[bytes]) -> Iterator[bytes]:
    """Bytes out of gzip, one or several files after one another. What is damaged ends the log."""
    unpack = zlib.decompressobj(wbits=31)
    data: bytes | None = first
    while data is not None:
        try:
            out = unpack.decompress(data, BLOCK)
        except zlib.error:
            return
        if out:
            yield out
        if unpack.eof:
            data, unpack = unpack.unused_data or next(raw, None), zlib.decompressobj(wbits=31)
        else:
            data = unpack.unconsumed_tail or next(raw, None)


def _narrowed(first: bytes, raw: Iterator[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    yield decoder.decode(first).encode("utf-8", "replace")
    for block in raw:
        yield decoder.decode(block).encode("utf-8", "replace")
