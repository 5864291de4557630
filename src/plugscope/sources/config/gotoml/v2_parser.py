"""What go-toml 2.x refuses: containerd since 2.0.

Containerd builds its 2.0 to 2.2 with go-toml 2.2 and its 2.3 with 2.3, which say the same but for what is missing at
the end of a file. Debian builds its 2.1 with 2.4, which reads TOML 1.1 and words nearly all anew.

Facts: the sources of 2.2.4, 2.3.0 and 2.4.3, and a daemon of Debian's 2.1.9.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .stop import Stop
from .v2_keys import Clash, Keys
from .v2_scalars import Scalars
from .v2_strings import named

_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")

Reads = Callable[[tuple[str, ...]], bool]


def check(text: str, minor: int, reads: Reads) -> None:
    """Raises ``Stop`` for a document that the library refuses, a byte of it a character.

    ``minor``: by its 2.2, 2.3 or 2.4; ``reads``: whether somebody wants the value at a path, for numbers are looked at
    only then.
    """
    _Reader(text, minor, reads).document()


class _Reader(Scalars):
    """A descent through the document. What a statement holds is noted, and looked at once the statement is read."""

    def __init__(self, text: str, minor: int, reads: Reads) -> None:
        super().__init__(text, minor)
        self._reads = reads
        self._at = 0
        self._done = 0
        self._depth = 0
        self._seen = Keys(self.newer)
        self._table: tuple[str, ...] = ()
        self._pairs: list[tuple[int, tuple[str, ...]]] = []
        self._scalars: list[tuple[tuple[str, ...], int, int]] = []

    def document(self) -> None:
        """Go through all statements."""
        try:
            while self._space() < len(self.text):
                sign = self._peek()
                if sign in "#\r\n":
                    self._line_end()
                elif sign == "[":
                    self._header()
                else:
                    self._assignment()
        except Stop as stop:
            stop.done = self._done
            raise

    def _header(self) -> None:
        size = 2 if self._peek(2) == "[[" else 1
        self._at += size
        begin = self._space()
        keys = self._keys()
        if self.newer and self._peek(size) != "]" * size:
            words = (
                "expected ']]' to close array table name" if size == 2 else "expected ']' to close table name"
            )
            raise self.stop(self._at, "", words)
        for _ in range(size):
            self._expect("]")
        self._checked(lambda: self._seen.header(keys, size == 2), begin)
        self._table = keys

    def _assignment(self) -> None:
        begin = self._at
        self._pairs, self._scalars = [], []
        self._key_value(0, self._table)
        self._checked(self._look, begin)

    def _checked(self, look: Callable[[], None], begin: int) -> None:
        """Look at a statement that was read: 2.4 demands the end of its line before, its forerunners behind."""
        if self.newer:
            self._line_end()
        try:
            look()
        except Clash as clash:
            words = str(clash).encode("latin-1").decode("utf-8", "replace")
            raise Stop(begin, words, placed=self.newer) from None
        self._done = self._at
        if not self.newer:
            self._line_end()

    def _look(self) -> None:
        tables: dict[int, Keys] = {0: self._seen}
        for table, keys in self._pairs:
            tables.setdefault(table, Keys(self.newer)).pair(keys)
        for path, begin, end in self._scalars:
            if self._reads(path):
                self.decode(begin, end)

    def _line_end(self) -> None:
        if self._space() < len(self.text) and self._peek() == "#":
            self._at = self.comment(self._at)
        if self._at < len(self.text):
            self._newline()

    def _newline(self) -> None:
        if self._peek(2) == "\r\n" or self._peek() == "\n":
            self._at += 2 if self._peek() == "\r" else 1
            return
        older = newer = f"expected newline but got {named(self._peek())}"
        if self._peek() == "\r":
            older = (
                r"windows new line should be \r\n" if self._peek(2) != "\r" else "windows new line expected"
            )
        raise self.stop(self._at, older, newer)

    def _peek(self, size: int = 1) -> str:
        return self.text[self._at : self._at + size]

    def _space(self) -> int:
        found = _SPACE.match(self.text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _blank(self) -> None:
        """Go over spaces, comments and ends of lines."""
        while self._space() < len(self.text) and self._peek() in "#\r\n":
            if self._peek() == "#":
                self._at = self.comment(self._at)
            else:
                self._newline()

    def _expect(self, sign: str) -> None:
        if self._peek() != sign:
            words = f"expected character {sign}"
            raise self.stop(self._at, words if self._peek() else f"{words} but the document ended here", "")
        self._at += 1

    def _keys(self) -> tuple[str, ...]:
        """A key with all its dots, and the spaces behind it."""
        keys = [self._key()]
        while self._space() < len(self.text) and self._peek() == ".":
            self._at += 1
            self._space()
            keys.append(self._key())
        return tuple(keys)

    def _key(self) -> str:
        sign = self._peek()
        if not sign:
            raise self.stop(self._at, "expected key but found none", "expected key but reached end of input")
        if sign in "\"'":
            text, self._at = self.string(self._at, is_key=True)
            return text
        found = _BARE.match(self.text, self._at)
        if found is None:
            words = "invalid character at start of key"
            raise self.stop(self._at, f"{words}: {sign}", f"{words}: {named(sign)}")
        self._at = found.end()
        return found[0]

    def _key_value(self, table: int, above: tuple[str, ...]) -> None:
        begin = self._at
        keys = self._keys()
        self._pairs.append((table, keys))
        if self.newer and self._peek() != "=":
            raise self.stop(self._at, "", "expected '=' after key")
        if not self._peek():
            words = "expected = after a key, but the document ends there"
            raise self.stop(begin if self.minor == 3 else self._at, words, "")
        self._expect("=")
        self._space()
        self._value((*above, *keys))

    def _value(self, path: tuple[str, ...]) -> None:
        begin, sign = self._at, self._peek()
        if not sign:
            raise self.stop(self._at, "expected value, not eof", "expected value, not end of input")
        if sign in "\"'":
            _, self._at = self.string(self._at)
        elif sign in "[{":
            self._depth += 1
            (self._array if sign == "[" else self._inline_table)(path)
            self._depth -= 1
        else:
            self._at = self.word_or_number(self._at)
            self._scalars.append((path, begin, self._at))

    def _array(self, path: tuple[str, ...]) -> None:
        begin = self._at
        self._at += 1
        if not self.newer:
            self._old_array(path, begin)
            return
        self._listed("]", "array", lambda: self._value(path))

    def _listed(self, closing: str, what: str, item: Callable[[], None]) -> None:
        """As 2.4 reads what stands in brackets or braces."""
        behind = False
        while True:
            self._blank()
            sign = self._peek()
            if not sign:
                raise self.stop(self._at, "", f"{what} is incomplete")
            if sign == closing:
                self._at += 1
                return
            if sign == "," and not behind:
                words = (
                    f"expected value but got {named(sign)}"
                    if what == "array"
                    else f"unexpected comma in {what}"
                )
                raise self.stop(self._at, "", words)
            if sign != "," and behind:
                kind = "array value" if what == "array" else f"{what} key-value"
                raise self.stop(self._at, "", f"expected ',' or '{closing}' after {kind}")
            if sign == ",":
                self._at += 1
            else:
                item()
            behind = sign != ","

    def _old_array(self, path: tuple[str, ...], begin: int) -> None:
        first = True
        while self._at < len(self.text):
            self._blank()
            sign = self._peek()
            if not sign:
                raise self.stop(begin, "array is incomplete", "")
            if sign == "]":
                break
            if sign == ",":
                if first:
                    raise self.stop(self._at, "array cannot start with comma", "")
                self._at += 1
                self._blank()
            elif not first:
                raise self.stop(self._at, "array elements must be separated by commas", "")
            if self._peek() == "]":
                break
            self._value(path)
            self._blank()
            first = False
        self._expect("]")

    def _inline_table(self, path: tuple[str, ...]) -> None:
        table = self._at + 1
        self._at += 1
        if self.newer:
            self._listed("}", "inline table", lambda: self._key_value(table, path))
            return
        first = True
        while self._at < len(self.text):
            before = self._at
            self._space()
            if not self._peek():
                raise self.stop(before, "inline table is incomplete", "")
            if self._peek() == "}":
                break
            if not first:
                self._expect(",")
                self._space()
            self._key_value(table, path)
            first = False
        self._expect("}")
