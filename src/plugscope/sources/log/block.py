"""The bytes of a log in blocks of bounded size: plain, out of gzip, xz or bzip2, or from the UTF-16 that PowerShell
writes."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, Protocol

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NO_BREAK = b"\xc2\xa0"
_SAMPLE = 1 << 16
BLOCK = 1 << 20
"""So many bytes come out at a time."""

_GZIP = b"\x1f\x8b"
_XZ = b"\xfd7zXZ\0"
PACKED = (_GZIP, _XZ, b"BZh")
"""How packed files begin."""

_MOST_MEMORY = 1 << 27


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


def unpacked(first: bytes, raw: Iterator[bytes]) -> Iterator[bytes]:
    """Bytes out of one or several packed files after one another. What is damaged ends the log."""
    if first.startswith(_GZIP):
        yield from _gunzipped(first, raw)
        return
    start, damaged = _decompressor(first)
    unpack = start()
    data: bytes | None = first
    while data is not None:
        try:
            out = unpack.decompress(data, BLOCK)
        except damaged:
            return
        if out:
            yield out
        if unpack.eof:
            data, unpack = unpack.unused_data or next(raw, None), start()
        else:
            data = next(raw, None) if unpack.needs_input else b""


def _decompressor(first: bytes) -> tuple[Callable[[], Any], tuple[type[Exception], ...]]:
    """What unpacks a file that begins so, made anew for each file, and what it raises at a damaged one."""
    if first.startswith(_XZ):
        import lzma  # Python may have been built without it, and few logs need it

        return lambda: lzma.LZMADecompressor(memlimit=_MOST_MEMORY), (lzma.LZMAError, EOFError)
    import bz2

    return bz2.BZ2Decompressor, (OSError, EOFError)


def _gunzipped(first: bytes, raw: Iterator[bytes]) -> Iterator[bytes]:
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
