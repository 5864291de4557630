"""Words, numbers and dates as go-toml 2.x reads them, and as it decodes them."""

from __future__ import annotations

import datetime
import re

from .v2_strings import Strings, named

_DATE_BEGINS = re.compile(r"[0-9]{2}:|[0-9]{4}-")
_DATE = re.compile(r"(?:[0-9:.+Zz-]|[Tt]| (?=[0-9]))*")
_MOMENT, _MOMENT_WITH_SECONDS = (
    re.compile(
        rf"(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[Tt ]{clock}(?:[Zz]|[+-][0-9]{{2}}:[0-9]{{2}})?)?|{clock})"
    )
    for clock in (
        r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?",
        r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?",
    )
)
_OLD_NUMBER = re.compile(
    r"0(?:x[0-9A-Fa-f_]*|o[0-7_]*|b[01_]*|(?=[^.eE][\s\S]))|(?:[0-9+_-]|[.eE])*(?:inf|nan|[in])?"
)
_KEYWORDS = {"t": "true", "f": "false", "i": "inf", "n": "nan"}
_BASES = {"x": (16, "hexadecimal", "[0-9A-Fa-f]"), "o": (8, "octal", "[0-7]"), "b": (2, "binary", "[01]")}
_INT64 = 1 << 63


class Scalars(Strings):
    """Reads a value that is neither a string nor a list nor a table in braces."""

    def word_or_number(self, at: int) -> int:
        """Go over what is neither a string nor a list nor a table in braces."""
        sign = self.text[at]
        word = _KEYWORDS.get(sign, "")
        if word:
            if self.text.startswith(word, at):
                return at + len(word)
            raise self.stop(at, f"expected '{word}'", f'expected keyword "{word}"')
        if _DATE_BEGINS.match(self.text, at):
            found = _DATE.match(self.text, at)
            return found.end() if found else at
        return self._number(at) if self.newer else self._old_number(at)

    def _old_number(self, at: int) -> int:
        found = _OLD_NUMBER.match(self.text, at)
        text = found[0] if found else ""
        if not text:
            raise self.stop(at, "incomplete number", "")
        if text[-1] in "in" and not text.endswith(("inf", "nan")):
            older = f"unexpected character '{text[-1]}' while scanning for a number"
            raise self.stop(at + len(text) - 1, older, "")
        return at + len(text)

    def _number(self, at: int) -> int:
        text, start = self.text, at
        if text[at] in "+-":
            at += 1
            sign = text[at : at + 1]
            if not sign:
                raise self.stop(start, "", "expected number after sign")
            if sign in "in":
                word = _KEYWORDS[sign]
                if not text.startswith(word, at):
                    raise self.stop(at, "", f'expected "{word}"')
                return at + 3
            if sign not in "0123456789":
                raise self.stop(at, "", f"expected digit but got {named(sign)}")
        elif text[at] not in "0123456789":
            raise self.stop(at, "", f"unexpected character {named(text[at])} at start of value")
        if text[at] == "0" and text[at + 1 : at + 2] in ("x", "o", "b"):
            if at != start:
                raise self.stop(start, "", "sign is not allowed on numbers with a radix prefix")
            digit = _BASES[text[at + 1]][2]
            if not re.match(digit, text[at + 2 : at + 3]):
                raise self.stop(start, "", "radix prefix must be followed by at least one digit")
            return self._digits(at + 2, digit)
        begin = at
        at = self._digits(at, "[0-9]")
        if text[begin] == "0" and at > begin + 1:
            raise self.stop(begin, "", "integers cannot have leading zeroes")
        for pattern, words in (
            (r"\.", "decimal point must be followed by a digit"),
            (r"[eE][+-]?", "exponent must contain at least one digit"),
        ):
            if found := re.compile(pattern).match(text, at):
                if not re.match("[0-9]", text[found.end() : found.end() + 1]):
                    raise self.stop(found.end(), "", words)
                at = self._digits(found.end(), "[0-9]")
        if re.match("[A-Za-z]", text[at : at + 1]):
            raise self.stop(at, "", "strings must be quoted")
        return at

    def _digits(self, at: int, digit: str) -> int:
        found = re.compile(f"{digit}(?:_?{digit})*").match(self.text, at)
        at = found.end() if found else at
        if self.text.startswith("_", at):
            raise self.stop(at, "", "number must have at least one digit between underscores")
        return at

    def decode(self, at: int, end: int) -> None:
        """Look at a number or a date as the library does when somebody wants its value. Raises ``Stop``."""
        token = self.text[at:end]
        if re.fullmatch("true|false|[+-]?(?:inf|nan)", token):
            return
        if _DATE_BEGINS.match(token):
            self._decode_date(at, token)
            return
        base, name, _ = (
            _BASES.get(token[1:2], (10, "decimal", "")) if token[0] == "0" else (10, "decimal", "")
        )
        if base == 10 and re.search(r"[.eEin]", token):
            self._decode_float(at, token)
            return
        if not self.newer:
            self._decode_old_integer(at, token, base)
        number = int(token if base == 10 else token[2:], base)
        if not -_INT64 <= number < _INT64:
            digits = (token if base == 10 else token[2:]).replace("_", "")
            error = f'strconv.ParseInt: parsing "{digits}": value out of range'
            newer = f"{name} number is too large to fit in a 64-bit signed integer"
            raise self.stop(at, f"couldn't parse {name} number: {error}", newer)

    def _decode_old_integer(self, at: int, token: str, base: int) -> None:
        digits = token if base == 10 or len(token) == 2 else token[2:]
        unsigned = digits.lstrip("+-") if base == 10 else digits
        if base == 10 and re.fullmatch(r"0[0-9]+", unsigned):
            raise self.stop(at, "leading zero not allowed on decimal number", "")
        if not re.fullmatch(r"[+-]?[0-9A-Fa-f]+(?:_[0-9A-Fa-f]+)*", digits) or (
            len(token) == 2 and base != 10
        ):
            raise self.stop(at, f"{token} is no number", "", sure=False)

    def _decode_float(self, at: int, token: str) -> None:
        if not re.fullmatch(
            r"[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?", token
        ) or float(token) in (float("inf"), float("-inf")):
            raise self.stop(at, f"{token} is no number", f"{token} is no number", sure=False)

    def _decode_date(self, at: int, token: str) -> None:
        try:
            if not (_MOMENT if self.newer else _MOMENT_WITH_SECONDS).fullmatch(token):
                raise ValueError
            text = re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", token.upper())
            (datetime.time if ":" in token[:3] else datetime.datetime).fromisoformat(text)
        except ValueError:
            words = f"{token} is no date or time that there is"
            raise self.stop(at, words, words, sure=False) from None
