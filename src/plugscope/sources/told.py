"""Sources that tell of a boot that happened: logs and listings, found out by how they begin."""

from __future__ import annotations

from collections.abc import Callable

from plugscope.boot import Recording

from .boot_log import BootLog
from .error import SourceError
from .listing import looks_like_listing, read_listing
from .log import Readable, looks_like_log, read_log

_LONGEST_LISTING = 1 << 24


class Chained:
    """A stream of which the beginning has been read already."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """The next bytes, fewer than asked for where the beginning ends."""
        if size < 0:
            head, self._head = self._head, b""
            return head + self._stream.read()
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._stream.read(size)


def read_told(
    head: bytes,
    stream: Readable,
    location: str,
    number: int = -1,
    progress: Callable[[int], bool] | None = None,
) -> tuple[Recording, BootLog | None] | None:
    """The boot that a log or a listing tells of, and which line of a log tells of what; ``None`` if it is neither.

    ``head`` has been read from the stream. ``number``: which boot of a log, from 1, or from the end with -1 for the
    last. ``progress`` is called with the number of bytes read, and ends the reading when it says no. Raises
    ``SourceError``.
    """
    whole = Chained(head, stream)
    if looks_like_listing(head):
        data = whole.read(len(head)) + whole.read(_LONGEST_LISTING)
        return read_listing(data, location), None
    if looks_like_log(head):
        log = read_log(whole, location, number, progress)
        return log.recording, log.told
    if number != -1:
        raise SourceError.at(location, "no log: only a log tells of several boots")
    return None
