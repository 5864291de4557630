"""What the plugins printed, step by step: bounded, and told apart by the marks the child leaves."""

from __future__ import annotations

import re
import threading

from .message import MARKER

_KEPT = 32_768
_TRACEBACK = re.compile(
    r"(?:Timeout \(\d+:\d+:\d+(?:\.\d+)?\)!|Fatal Python error: .*|Windows fatal exception: .*)\n"
    r"(?:.*\n)*?(?=\Z)",
)


class _Bucket:
    """The beginning and the end of one step's output, and how much lay between."""

    def __init__(self) -> None:
        self.head = bytearray()
        self.tail = bytearray()
        self.dropped = 0

    def add(self, data: bytes) -> None:
        room = _KEPT - len(self.head)
        if room > 0:
            self.head += data[:room]
            data = data[room:]
        if data:
            self.tail += data
            excess = len(self.tail) - _KEPT
            if excess > 0:
                del self.tail[:excess]
                self.dropped += excess

    def text(self) -> str:
        parts = [self.head.decode("utf-8", "replace")]
        if self.dropped:
            parts.append(f"\n… {self.dropped} bytes of output left out …\n")
        parts.append(self.tail.decode("utf-8", "replace"))
        return "".join(parts).strip("\n")


class OutputCollector:
    """Fed by a reading thread, asked by another. ``token`` keeps plugins from faking a mark."""

    def __init__(self, token: str) -> None:
        self._mark = f"\n{MARKER} {token} ".encode()
        self._changed = threading.Condition()
        self._pending = b""
        self._bucket = _Bucket()
        self._done: dict[int, str] = {}
        self._finished = False

    def feed(self, chunk: bytes) -> None:
        """Take what was read."""
        with self._changed:
            data = self._pending + chunk
            while (start := data.find(self._mark)) >= 0:
                end = data.find(b"\n", start + len(self._mark))
                if end < 0:
                    break
                self._bucket.add(data[:start])
                index = data[start + len(self._mark) : end]
                if index.isdigit():
                    self._done[int(index)] = self._bucket.text()
                    self._bucket = _Bucket()
                    self._changed.notify_all()
                data = data[end + 1 :]
            keep = self._held_back(data)
            self._bucket.add(data[: len(data) - keep])
            self._pending = data[len(data) - keep :]

    def _held_back(self, data: bytes) -> int:
        """How much of the end could be the beginning of a mark."""
        start = data.rfind(self._mark)
        if start >= 0:
            return len(data) - start
        for length in range(min(len(self._mark) - 1, len(data)), 0, -1):
            if self._mark.startswith(data[-length:]):
                return length
        return 0

    def finish(self) -> None:
        """No more will come."""
        with self._changed:
            self._finished = True
            self._changed.notify_all()

    def of_mark(self, index: int, timeout: float = 2.0) -> str:
        """What was printed before a step's mark; waits for it, as it may come a little after its message."""
        with self._changed:
            self._changed.wait_for(lambda: index in self._done or self._finished, timeout)
            return self._done.pop(index, "")

    def rest(self) -> str:
        """What was printed after the last mark."""
        with self._changed:
            self._bucket.add(self._pending)
            self._pending = b""
            return self._bucket.text()

    def split_traceback(self) -> tuple[str, str]:
        """The interpreter's last words (where it hung or crashed), and the output before them."""
        text = self.rest() + "\n"
        found = _TRACEBACK.search(text)
        if found is None:
            return "", text.strip("\n")
        return text[found.start() :].strip("\n"), text[: found.start()].strip("\n")
