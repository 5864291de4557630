"""The bytes of a log in blocks of bounded size: plain, out of gzip, xz or bzip2, or from the UTF-16 that PowerShell
writes."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Protocol

from .packed import BLOCK, PACKED, unpacked

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NO_BREAK = b"\xc2\xa0"
_SAMPLE = 1 << 16


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
    while 0 < len(first) < 8 and (more := next(raw, b"")):
        first += more
    if first.startswith(PACKED):
        yield from unpacked(first, raw)
    elif encoding := _utf16(first):
        yield from _narrowed(first, raw, encoding)
    elif first:
        yield from _spaced(first, raw)


def plain_head(head: bytes) -> bytes:
    """The beginning of a log as ``blocks`` would give it."""
    if head.startswith(PACKED):
        return next(unpacked(head, iter(())), b"")
    encoding = _utf16(head)
    return next(_narrowed(head, iter(()), encoding) if encoding else _spaced(head, iter(())), b"")


def _utf16(head: bytes) -> str:
    """The encoding of UTF-16, with its mark or, where a text is nearly all Latin, without; else ""."""
    if head.startswith(_UTF16):
        return "utf-16"
    sample = head[:256]
    if len(sample) > 31 and sample[1::2].count(0) > len(sample) * 0.45 and not sample[::2].count(0):
        return "utf-16-le"
    return ""


def _spaced(first: bytes, raw: Iterator[bytes]) -> Iterator[bytes]:
    """Text out of a web page may have a space that does not break in place of each space."""
    if first.find(_NO_BREAK, 0, _SAMPLE) < 0:
        yield first
        yield from raw
        return
    for block in chain((first,), raw):
        yield block.replace(_NO_BREAK, b" ")


def _raw(stream: Readable, progress: Progress | None) -> Iterator[bytes]:
    read = 0
    while block := stream.read(BLOCK):
        read += len(block)
        yield block
        if progress is not None and not progress(read):
            return


def _narrowed(first: bytes, raw: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield decoder.decode(first).encode("utf-8", "replace")
    for block in raw:
        yield decoder.decode(block).encode("utf-8", "replace")
