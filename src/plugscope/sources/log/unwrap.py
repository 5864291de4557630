"""Lines that a terminal, an editor or a mail program has broken, put together again.

A page copied off a terminal has a break at its width in the middle of words, a mail or a paste in a forum one between
them. Whether that has happened is found out by how a text begins; a whole log is passed on as it is. In place of the
lines that were joined to one stand empty ones, so that every line keeps its number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

_HEAD = 1 << 16
_LONGEST = 1 << 14
_MOST_JOINED = 40
_QUOTE = re.compile(rb"[\s>|#]*")
# What begins a line of its own: a message of logrus, a line of a journal or of syslog, what goes past the log, a fence.
_START = re.compile(
    rb"time=\\*\"?\d{4}-|(?:TRAC|DEBU|INFO|WARN|ERRO|FATA|PANI)(?:\x1b?\[\d*m)?\[\d{4}|[\[{<]|```|-- "
    rb"|(?:panic|fatal error|containerd): "
    rb"|(?:\S{2,12} [ \d]?\d |\d{4}-\d\d-\d\d[T ])\d\d:\d\d:\d\d|\d{9,11}\.\d{1,9} "
)
_MESSAGE = re.compile(rb"time=\"?\d{4}-\d\d-\d\dT|(?:INFO|WARN|ERRO|FATA)\[\d{4}|\{\"(?:error|id|level)\":\"")
_PAST_LOG = re.compile(rb"^[\s>|#]*containerd: ")
_CUT = re.compile(rb"(?:\xe2\x80\xa6>?|>)$")
# A field of a message, or the plugin that it names.
_FIELD = re.compile(rb'[a-z_]{1,20}=\S|"?io\.\w{1,40}\.')


def unwrapped(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks of a log with broken lines joined."""
    first = next(blocks, b"")
    while 0 < len(first) < _HEAD and (more := next(blocks, b"")):
        first += more
    joiner = _Joiner.of(first[:_HEAD])
    everything = chain((first,), blocks) if first else blocks
    if joiner is None:
        yield from everything
        return
    rest = b""
    for block in everything:
        *lines, rest = (rest + block).split(b"\n")
        yield b"".join(joiner.joined(lines))
        if len(rest) > _LONGEST:
            yield b"".join(joiner.flushed()) + rest
            rest = b""
    yield b"".join(joiner.joined([rest] if rest else [])) + b"".join(joiner.flushed())


class _Joiner:
    """``width``: that of the terminal whose breaks stand in the middle of words; 0 if the breaks stand between them."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._parts: list[bytes] = []
        self._size = 0

    @classmethod
    def of(cls, head: bytes) -> _Joiner | None:
        """How the lines of a text are to be joined; ``None`` if they are whole."""
        lines = [line.rstrip(b"\r") for line in head.split(b"\n")]
        messages = broken = 0
        widths: Counter[int] = Counter()
        for line, after in zip(lines, [*lines[1:], b""], strict=True):
            is_message = _MESSAGE.search(line) is not None
            if not is_message and (_PAST_LOG.match(line) is None or not line.rstrip().endswith(b":")):
                continue
            messages += is_message
            text = _QUOTE.sub(b"", after, count=1)
            if text and not _begins(text):
                broken += not is_message or _is_open(line) or _FIELD.match(text) is not None
                widths[_width(line)] += 1
        followed = widths.total()
        width, often = widths.most_common(1)[0] if followed else (0, 0)
        if (
            often > 1
            and often * 5 >= followed * 4
            and often * 5 >= messages
            and width >= max(map(_width, lines)) - 1
        ):
            return cls(width)
        return cls(0) if broken and broken * 5 >= messages else None

    def joined(self, lines: list[bytes]) -> Iterator[bytes]:
        """Whole lines, each with its end, of what came so far."""
        for raw in lines:
            line = raw.rstrip(b"\r")
            if not self._parts or not self._goes_on(line):
                yield from self.flushed()
                self._parts, self._size = [line], len(line)
                continue
            text = (
                line
                if self._width and not line.startswith((b">", b"#", b"|"))
                else _QUOTE.sub(b"", line, count=1)
            )
            self._parts.append(text if self._width else b" " + text)
            self._size += len(line)

    def flushed(self) -> Iterator[bytes]:
        """The line that was not ended yet."""
        if self._parts:
            yield b"".join(self._parts) + b"\n" * len(self._parts)
            self._parts = []

    def _goes_on(self, line: bytes) -> bool:
        text = _QUOTE.sub(b"", line, count=1)
        if not text or len(self._parts) >= _MOST_JOINED or self._size > _LONGEST or _begins(text):
            return False
        last = self._parts[-1]
        if self._width and _width(last) >= self._width:
            return True
        if self._width:
            return False
        if _PAST_LOG.search(self._parts[0]) is not None:
            return True
        is_message = _MESSAGE.search(self._parts[0]) is not None
        return is_message and (_is_open(b"".join(self._parts)) or _FIELD.match(text) is not None)


def _width(line: bytes) -> int:
    return len(line.decode("utf-8", "replace"))


def _begins(text: bytes) -> bool:
    return _START.match(text) is not None


def _is_open(line: bytes) -> bool:
    """Whether a message of logrus is not at its end: in the middle of quotes, or before what it says."""
    if _CUT.search(line):
        return False
    if (line.count(b'"') - line.count(b'\\"')) % 2:
        return True
    return b"time=" in line and b"msg=" not in line
