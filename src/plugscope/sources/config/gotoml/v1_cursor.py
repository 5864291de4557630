"""A walk over a text as go-toml 1.x goes: what its strings and numbers are made of."""

from __future__ import annotations

import re

PLAIN = re.compile(r'[^"\\\x00-\x08\x0a-\x1f]+')
PLAIN_LONG = re.compile(r'[^"\\\x00-\x08\x0b\x0c\x0e-\x1f]+')
_FOLDED = re.compile(r"[\r\n\t ]*")
_ESCAPES = {'"': '"', "n": "\n", "b": "\b", "f": "\f", "/": "/", "t": "\t", "r": "\r", "\\": "\\"}
_NO_CHARACTER = "\ufffd"
"""What Go prints for a character where there is none."""


class Wrong(Exception):
    """Something is wrong with the token at hand."""


class Cursor:
    """A place in a text, and where the token at hand began."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._start = 0

    def _peek(self, size: int = 1) -> str:
        return self._text[self._at : self._at + size]

    def _take(self, pattern: re.Pattern[str] | str) -> str:
        found = re.compile(pattern).match(self._text, self._at)
        text = found[0] if found else ""
        self._at += len(text)
        return text

    def _pass(self, pattern: re.Pattern[str] | str) -> None:
        """Go over what matches, and begin a token behind it."""
        self._take(pattern)
        self._start = self._at

    def _skip(self, size: int = 1) -> None:
        """Go on, and begin a token there."""
        self._at += size
        self._start = self._at

    def _until(self, end: str) -> str:
        found = self._text.find(end, self._at)
        if found < 0:
            raise Wrong("unclosed string")
        text, self._at = self._text[self._at : found], found
        return text

    def _basic(self, end: str, plain: re.Pattern[str]) -> str:
        """What stands before ``end``, its escapes resolved."""
        found = ""
        while not self._text.startswith(end, self._at):
            sign = self._peek()
            if sign == "\\":
                self._at += 1
                found += self._escaped()
            elif text := self._take(plain):
                found += text
            elif sign == '"':
                found += self._take('"')
            elif sign:
                raise Wrong(f"unescaped control character U+{ord(sign):04X}")
            if self._at >= len(self._text):
                raise Wrong("unclosed string")
        return found

    def _escaped(self) -> str:
        sign = self._peek()
        if sign and sign in "\r\n\t ":
            self._take(_FOLDED)
            return ""
        self._at += 1
        if sign in _ESCAPES:
            return _ESCAPES[sign]
        if sign and sign in "uU":
            digits = self._take("[0-9A-Fa-f]{4}" if sign == "u" else "[0-9A-Fa-f]{8}")
            if not digits:
                raise Wrong("unfinished unicode escape")
            return chr(int(digits, 16)) if int(digits, 16) < 0x110000 else _NO_CHARACTER
        # The library takes its own words for a format.
        raise Wrong(f"invalid escape sequence: \\{'%!(NOVERB)' if sign == '%' else sign or _NO_CHARACTER}")

    def _expect(self, pieces: tuple[tuple[str, str], ...]) -> None:
        for wanted, words in pieces:
            sign = self._peek()
            self._at += len(sign)
            if not (re.match(r"[0-9]", sign) if wanted == "digit" else sign == wanted):
                raise Wrong(words.format(sign or _NO_CHARACTER))

    def _fraction(self) -> None:
        if self._peek() == ".":
            self._at += 1
            self._expect((("digit", "expected at least one digit in time's fraction, not {}"),))
            self._take(r"[0-9]*")

    def _decimal(self) -> bool:
        """Go over a decimal number. Returns whether it is a float."""
        has_point = has_exponent = has_digit = False
        while sign := self._take(r"[0-9]+|_|[eE][+-]?|\."):
            if sign == ".":
                if has_point:
                    raise Wrong("cannot have two dots in one float")
                if not re.match(r"[0-9]", self._peek()):
                    raise Wrong("float cannot end with a dot")
                has_point = True
            has_exponent = has_exponent or sign[0] in "eE"
            has_digit = has_digit or sign.isdigit()
            if has_point and not has_digit:
                raise Wrong("cannot start float with a dot")
        if not has_digit:
            raise Wrong("no digit in that number")
        return has_point or has_exponent
