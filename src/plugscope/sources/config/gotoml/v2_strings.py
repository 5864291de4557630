"""Strings and comments as go-toml 2.x reads them.

The text has a character for each byte, as Latin-1 has, for the library counts bytes.
"""

from __future__ import annotations

import re

from .stop import Stop

_UTF8 = (
    r"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    r"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_COMMENT = re.compile(rf"#(?:[\t\x20-\x7e]|{_UTF8})*")
_RUNS = {
    '"': re.compile(rf"(?:[\t\x20\x21\x23-\x5b\x5d-\x7e]|{_UTF8})+"),
    "'": re.compile(rf"(?:[\t\x20-\x26\x28-\x7e]|{_UTF8})+"),
    '"""': re.compile(rf"(?:[\t\n\x20\x21\x23-\x5b\x5d-\x7e]|\r\n|{_UTF8})+"),
    "'''": re.compile(rf"(?:[\t\n\x20-\x26\x28-\x7e]|\r\n|{_UTF8})+"),
}
_KINDS = {'"': "basic string", "'": "literal string"}
_SCANS = {
    '"': re.compile(r'"(?:[^"\\\n\r]|\\[\s\S])*'),
    '"""': re.compile(r'"""(?:[^"\\\r]|\\[\s\S]|\r\n|"(?!""))*'),
}
"""2.2 looks for the end of a string before it looks at what it holds."""
_FOLDS = (re.compile(r"\\(?:[ \t]|\r(?=\n))*\n[ \t\r\n]*"), re.compile(r"\\[ \t]*\r?\n(?:[ \t\n]|\r\n)*"))
_ESCAPES = {'"': '"', "\\": "\\", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "e": "\x1b"}
_DIGITS = {"u": 4, "U": 8, "x": 2}


def named(sign: str) -> str:
    """A byte as the library names it."""
    return f"U+{ord(sign):04X}" + (f" '{sign}'" if sign.isprintable() else "")


class Strings:
    """Reads one thing at a time, from a place on, and gives the place behind it.

    ``minor``: as its 2.2, 2.3 or 2.4 does. 2.4 words nearly all anew (``newer``).
    """

    def __init__(self, text: str, minor: int) -> None:
        self.text = text
        self.minor = minor
        self.newer = minor >= 4

    def stop(self, at: int, older: str, newer: str, *, sure: bool = True) -> Stop:
        """What to raise. What is missing at the end of a file, 2.3 tells at its start, and 2.4 at its last byte."""
        if at == len(self.text):
            at = {3: 0, 4: max(at - 1, 0)}.get(self.minor, at)
        return Stop(at, newer if self.newer else older, sure=sure)

    def comment(self, at: int) -> int:
        """Go over a comment, to the end of its line."""
        found = _COMMENT.match(self.text, at)
        end = found.end() if found else at
        sign = self.text[end : end + 1]
        if not sign or sign == "\n" or self.text.startswith("\r\n", end):
            return end
        words = "control characters are not allowed in comments"
        if sign == "\r":
            words = "carriage returns are not allowed in comments"
        elif sign >= "\x80":
            words = "invalid UTF-8 character in comment"
        raise self.stop(end, "invalid character in comment", words)

    def string(self, at: int, *, is_key: bool = False) -> tuple[str, int]:
        """A string, and where it ends. ``is_key``: it is no long one, however many quotes it begins with."""
        quote = self.text[at]
        opening = quote * 3 if not is_key and self.text.startswith(quote * 3, at) else quote
        end = self._scan(at, opening) if not self.newer and quote == '"' else len(self.text)
        begin, value = at, ""
        at += len(opening)
        if len(opening) == 3 and (found := re.compile(r"\r?\n").match(self.text, at)):
            at = found.end()
        while at < len(self.text):
            sign = self.text[at]
            if found := _RUNS[opening].match(self.text, at):
                value, at = value + found[0], found.end()
            elif sign == quote:
                count = len(opening) if len(opening) == 1 else self._quotes(at, quote)
                value, at = (
                    value + quote * (count - len(opening) if count >= len(opening) else count),
                    at + count,
                )
                if count >= len(opening):
                    return value, at
            elif sign == "\\" and quote == '"':
                text, at = self._escaped(at, end, opening)
                value += text
            else:
                raise self._refused(at, opening, self.text[begin:end])
        raise self._unterminated(opening)

    def _quotes(self, at: int, quote: str) -> int:
        """How many quotes stand here: three to five of them are an end."""
        found = re.compile(f"{quote}+").match(self.text, at)
        count = len(found[0]) if found else 0
        if count > 5:
            kind = f"multiline {_KINDS[quote]}"
            older, newer = f"{quote * 3} not allowed in {kind}", f"too many quotes at the end of a {kind}"
            raise self.stop(at if self.newer else at + 2, older, newer)
        return count

    def _scan(self, at: int, opening: str) -> int:
        """The place of the quotes that close a basic string."""
        found = _SCANS[opening].match(self.text, at)
        end = found.end() if found else at
        sign = self.text[end : end + 1]
        if sign == "\\":
            raise self.stop(end + 1 if len(opening) == 3 else end, "need a character after \\", "")
        if sign == "\r" and len(opening) == 3:
            raise self.stop(end if end + 1 < len(self.text) else end + 1, r"need a \n after \r", "")
        if sign in ("\n", "\r"):
            raise self.stop(end, "basic strings cannot have new lines", "")
        if not sign:
            raise self._unterminated(opening)
        if len(opening) == 3:
            self._quotes(end, opening[0])
        return end

    def _unterminated(self, opening: str) -> Stop:
        kind = _KINDS[opening[0]]
        if len(opening) == 3:
            words = f"multiline {kind} not terminated by {opening}"
            return self.stop(len(self.text), words, words)
        older = f'{kind} not terminated by "' if opening == '"' else f"unterminated {kind}"
        return self.stop(len(self.text), older, f"unterminated {kind}")

    def _refused(self, at: int, opening: str, token: str) -> Stop:
        """A character that no string may hold. ``token``: the string, as far as its end is known."""
        sign, is_long = self.text[at], len(opening) == 3
        kind = f"{'multiline ' if is_long else ''}{_KINDS[opening[0]]}"
        if sign in "\r\n":
            if not is_long:
                return self.stop(at, f"{kind}s cannot have new lines", f"{kind}s cannot have new lines")
            older = at if at + 1 < len(self.text) else at + 1
            newer = "carriage returns must be followed by a newline character"
            return self.stop(at if self.newer else older, r"need a \n after \r", newer)
        older_words = "invalid character"
        if opening[0] == '"':
            older_words = f"invalid character {named(sign)}" if "\\" in token else "invalid UTF-8"
        if sign < "\x80":
            return self.stop(at, older_words, f"{kind}s cannot have control characters")
        return self.stop(at, older_words, f"invalid UTF-8 character in {kind}")

    def _escaped(self, at: int, end: int, opening: str) -> tuple[str, int]:
        """What an escape stands for, and where it ends. ``end``: of the string, as far as it is known."""
        sign = self.text[at + 1 : at + 2]
        if not sign:
            raise self.stop(at, "", "need a character after \\")
        if len(opening) == 3 and (found := _FOLDS[self.newer].match(self.text, at)) and found.end() <= end:
            return "", found.end()
        if sign in _ESCAPES:
            return _ESCAPES[sign], at + 2
        if sign not in _DIGITS or (sign == "x" and not self.newer):
            older, newer = (
                f"invalid escaped character {named(sign)}",
                f"invalid escape character {named(sign)}",
            )
            raise self.stop(at if self.newer else at + 1, older, newer)
        count = _DIGITS[sign]
        digits = self.text[at + 2 : at + 2 + count]
        if not self.newer:
            digits = self.text[at + 2 : min(at + 2 + count, end + (3 if len(opening) == 3 else 0))]
        if len(digits) < count:
            older = f"unicode point needs {count} character, not {len(digits)}"
            # Where there is nothing to point at, 2.3 points at the start of the file.
            where = at + 2 if digits or self.minor == 2 else len(self.text)
            raise self.stop(at if self.newer else where, older, "unicode escape sequence is too short")
        wrong = re.search(r"[^0-9A-Fa-f]", digits)
        if wrong:
            newer = "invalid hexadecimal digit in unicode escape sequence"
            raise self.stop(at + 2 + wrong.start(), "non-hex character", newer)
        code = int(digits, 16)
        if code > 0x10FFFF or 0xD800 <= code < 0xE000:
            older = "escape sequence is invalid Unicode code point"
            newer = "escape sequence is not a valid unicode code point"
            raise self.stop(at if self.newer else at + 2, older, newer)
        return chr(code).encode().decode("latin-1"), at + 2 + count
