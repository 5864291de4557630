"""Logs that are kept packed: gzip, as logrotate does by default, xz and bzip2, as some distributions have it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any

BLOCK = 1 << 20
"""So many bytes come out at a time."""

_GZIP = b"\x1f\x8b"
_XZ = b"\xfd7zXZ\0"
PACKED = (_GZIP, _XZ, b"BZh")
"""How packed files begin."""

_MOST_MEMORY = 1 << 27


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
