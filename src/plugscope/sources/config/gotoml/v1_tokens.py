"""The tokens of go-toml 1.x. What it finds wrong here is a token too: the parser words it by where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple

from .v1_cursor import PLAIN, PLAIN_LONG, Cursor, Wrong

# Named as the library prints them; it has the two double brackets the wrong way round.
ERROR, EOF, KEY, STRING, INTEGER, FLOAT = "Error", "EOF", "Key", "String", "Integer", "Float"
TRUE, FALSE, INF, NAN, EQUAL, COMMA = "True", "False", "Inf", "NaN", "=", ","
OPEN, CLOSE, OPEN_CURLY, CLOSE_CURLY, OPEN_DOUBLE, CLOSE_DOUBLE = "[", "]", "{", "}", "]]", "[["
DATE, TIME, OFFSET, HEADER, HEADER_OF_ARRAY = (
    "LocalDate",
    "LocalTime",
    "TimeOffset",
    "KeyGroup",
    "KeyGroupArray",
)

_BARE = re.compile(r"[A-Za-z0-9_-]")
_KEY_GAP = re.compile(r"[ \t]([ \t]*)(\.[ \t]*)?")
_COMMENT = re.compile(r"(?:[^\n\r]|\r(?!\n))*")
_BASES = {"x": r"[0-9A-Fa-f_]*", "o": "[0-7_]*", "b": "[01_]*"}
_WORDS = {"true": TRUE, "false": FALSE, "inf": INF, "nan": NAN}
_CLOCK = (
    *(("digit", "invalid hour digit in time: {}"),) * 2,
    (":", "time hour/minute separator should be :, not {}"),
    *(("digit", "invalid minute digit in time: {}"),) * 2,
    (":", "time minute/second separator should be :, not {}"),
    *(("digit", "invalid second digit in time: {}"),) * 2,
)
_CALENDAR = (
    *(("digit", "invalid month digit in date: {}"),) * 2,
    ("-", "expected - to separate month of a date, not {}"),
    *(("digit", "invalid day digit in date: {}"),) * 2,
)
_ZONE = (
    *(("digit", "invalid hour digit in time offset: {}"),) * 2,
    (":", "time offset hour/minute separator should be :, not {}"),
    *(("digit", "invalid minute digit in time offset: {}"),) * 2,
)


class Token(NamedTuple):
    """A token, and the offset at which it begins: that of a string is behind its quote."""

    kind: str
    text: str
    at: int


State = Callable[[], Generator[Token, None, "State | None"]]


class Lexer(Cursor):
    """A walk over the text. Each state yields tokens and returns the state that follows, ``None`` at the end."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._brackets: list[str] = []

    def __iter__(self) -> Iterator[Token]:
        state: State | None = self._void
        while state is not None:
            try:
                state = yield from state()
            except Wrong as error:
                yield Token(ERROR, str(error), self._start)
                return

    def _emit(self, kind: str, text: str | None = None) -> Token:
        token = Token(kind, self._text[self._start : self._at] if text is None else text, self._start)
        self._start = self._at
        return token

    def _sign(self, kind: str, size: int = 1) -> Token:
        self._at += size
        return self._emit(kind)

    def _void(self) -> Generator[Token, None, State | None]:
        """Where a key or a header may begin, or a table in braces end."""
        self._pass(r"[ \t\r\n]*")
        sign = self._peek()
        if sign == "#":
            return self._comment(self._void)
        if sign == "[":
            return self._header
        if sign in ("}", "="):
            return self._close_curly if sign == "}" else self._equal
        if sign:
            return self._key
        yield self._emit(EOF)
        return None

    def _value(self) -> Generator[Token, None, State | None]:
        """Where a value may begin, or something go on behind one."""
        self._pass(r"[ \t]*")
        sign = self._peek()
        states = {"=": self._equal, "[": self._open, "]": self._close, "{": self._open_curly}
        states |= {"}": self._close_curly, '"': self._string, "'": self._literal, ",": self._comma}
        if sign in states:
            return states[sign]
        if sign == "#":
            return self._comment(self._value)
        if sign in ("\r", "\n"):
            self._skip()
            return self._value if self._brackets[-1:] == ["["] else self._void
        word = next((word for word in _WORDS if self._text.startswith(word, self._at)), "")
        if word:
            yield self._sign(_WORDS[word], len(word))
            return self._value
        if sign and sign in "+-0123456789":
            return self._date_or_number
        if sign:
            raise Wrong("cannot start float with a dot" if sign == "." else f"no value can start with {sign}")
        yield self._emit(EOF)
        return None

    def _comment(self, following: State) -> State:
        self._pass(_COMMENT)
        return following

    def _equal(self) -> Generator[Token, None, State | None]:
        yield self._sign(EQUAL)
        return self._value

    def _comma(self) -> Generator[Token, None, State | None]:
        yield self._sign(COMMA)
        return self._void if self._brackets[-1:] == ["{"] else self._value

    def _open(self) -> Generator[Token, None, State | None]:
        yield self._sign(OPEN)
        self._brackets.append("[")
        return self._value

    def _open_curly(self) -> Generator[Token, None, State | None]:
        yield self._sign(OPEN_CURLY)
        self._brackets.append("{")
        return self._void

    def _close(self) -> Generator[Token, None, State | None]:
        yield self._sign(CLOSE)
        self._pop("[", "]")
        return self._value

    def _close_curly(self) -> Generator[Token, None, State | None]:
        yield self._sign(CLOSE_CURLY)
        self._pop("{", "}")
        return self._value

    def _pop(self, opening: str, closing: str) -> None:
        if self._brackets[-1:] != [opening]:
            raise Wrong(f"cannot have '{closing}' here")
        self._brackets.pop()

    def _key(self) -> Generator[Token, None, State | None]:
        name = ""
        while (sign := self._peek()) not in ("", "="):
            if sign in ('"', "'"):
                self._at += 1
                inner = self._basic('"', PLAIN_LONG) if sign == '"' else self._until("'")
                name += sign + inner + sign
                self._at += 1
            elif sign == "\n":
                raise Wrong("keys cannot contain new lines")
            elif sign in " \t":
                found = _KEY_GAP.match(self._text, self._at)
                gap = found[2] if found else None
                self._take(_KEY_GAP)
                if found is None or gap is None:
                    break
                name += f" {found[1]}{gap}"
            elif sign != "." and not _BARE.match(sign):
                raise Wrong(f"keys cannot contain {sign} character")
            else:
                name += sign
                self._at += 1
        yield self._emit(KEY, name)
        return self._void

    def _header(self) -> Generator[Token, None, State | None]:
        is_array = self._peek(2) == "[["
        yield self._sign(OPEN_DOUBLE if is_array else OPEN, 2 if is_array else 1)
        what = "table array key" if is_array else "table key"
        while True:
            self._take(r"[^\[\]]*")
            if self._peek() != "]":
                raise Wrong(f"{what} cannot contain ']'" if self._peek() else f"unclosed {what}")
            if self._at > self._start:
                yield self._emit(HEADER_OF_ARRAY if is_array else HEADER)
            self._at += 1
            if not is_array:
                yield self._emit(CLOSE)
                return self._void
            if self._peek() == "]":
                yield self._sign(CLOSE_DOUBLE)
                return self._void

    def _string(self) -> Generator[Token, None, State | None]:
        is_long = self._peek(3) == '"""'
        end = '"""' if is_long else '"'
        self._skip(len(end))
        if is_long:
            self._pass(r"(?:\r?\n)?")
        text = self._basic(end, PLAIN_LONG if is_long else PLAIN)
        yield self._emit(STRING, text)
        self._skip(len(end))
        return self._value

    def _literal(self) -> Generator[Token, None, State | None]:
        is_long = self._peek(3) == "'''"
        end = "'''" if is_long else "'"
        self._skip(len(end))
        if is_long:
            self._pass(r"(?:\r?\n)?")
        yield self._emit(STRING, self._until(end))
        self._skip(len(end))
        return self._value

    def _date_or_number(self) -> Generator[Token, None, State | None]:
        if re.match(r"[0-9]{2}:", self._peek(3)):
            self._at += 3
            self._expect(_CLOCK[3:])
            self._fraction()
            yield self._emit(TIME)
        elif re.match(r"[0-9]{4}-", self._peek(5)):
            self._at += 5
            yield from self._date()
        else:
            yield self._number()
        return self._value

    def _date(self) -> Iterator[Token]:
        self._expect(_CALENDAR)
        yield self._emit(DATE)
        sign = self._peek()
        if not sign or (sign == " " and not re.match(r"[0-9]{2}", self._peek(3)[1:])):
            return
        if sign not in " T":
            raise Wrong(f"incorrect date/time separation character: {sign}")
        self._skip()
        self._expect(_CLOCK)
        self._fraction()
        yield self._emit(TIME)
        if self._peek() == "Z":
            yield self._sign(OFFSET)
        elif self._peek() and self._peek() in "+-":
            self._at += 1
            self._expect(_ZONE)
            yield self._emit(OFFSET)

    def _number(self) -> Token:
        base = self._peek(2)[1:] if self._peek() == "0" else ""
        if base in _BASES and base:
            self._at += 2
            if not self._take(_BASES[base]):
                raise Wrong("number needs at least one digit")
            return self._emit(INTEGER)
        if base.isascii() and base.isalpha():
            known = "possible options are x (hex) o (octal) b (binary)"
            raise Wrong(f"unknown number base: {base}. {known}")
        if self._take(r"[+-]") and (word := self._take("inf|nan")):
            return self._emit(_WORDS[word])
        return self._emit(FLOAT if self._decimal() else INTEGER)
