"""What the plugins printed, step by step: bounded, and told apart by the marks the child leaves."""

from __future__ import annotations

import re
import threading

from plugscope.worker import MARKER

_KEPT = 32_768
_SIGN = MARKER[:1].encode()
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
        excess = len(self.tail) + len(data) - _KEPT
        if excess > 0:
            del self.tail[:excess]
            self.dropped += excess
        self.tail += data[-_KEPT:]

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
            data = self._pending + chunk if self._pending else chunk
            while (start := self._whole_mark(data)) >= 0:
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
            if start < 0:
                start = self._half_mark(data)
            self._bucket.add(data[:start])
            self._pending = data[start:]

    def _whole_mark(self, data: bytes) -> int:
        """Where the first mark begins; -1 where there is none."""
        # One byte is looked for at the speed of memory, a mark in a flood at a tenth of that.
        return data.find(self._mark) if _SIGN in data else -1

    def _half_mark(self, data: bytes) -> int:
        """Where at the end a mark may begin, the rest of which is still to come; the end where none does."""
        # A mark has one newline, with which it begins.
        start = data.rfind(b"\n", max(0, len(data) - len(self._mark)))
        return start if start >= 0 and self._mark.startswith(data[start:]) else len(data)

    @property
    def is_dropping(self) -> bool:
        """Whether what comes now is more than is kept."""
        return self._bucket.dropped > 0

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
