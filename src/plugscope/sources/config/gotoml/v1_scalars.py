"""Dotted keys and numbers as go-toml 1.x reads them, from what its tokens say."""

from __future__ import annotations

import math
import re

from .stop import Stop
from .v1_tokens import FLOAT, INTEGER, Token

_PART = re.compile(
    r"""[ ]*(?:(?P<bare>[A-Za-z0-9_-]+)|'(?P<single>[^']*)'|"(?P<double>[^"]*)")""".replace("[ ]", r"[ \t]")
)
_INT64 = 1 << 63


def parts_of(key: Token, words: str) -> list[str]:
    """The parts of a dotted key. Raises ``Stop`` with ``words`` before what is wrong."""
    try:
        return _split(key.text)
    except ValueError as error:
        raise Stop(key.at, f"{words}: {error}") from None


def _split(text: str) -> list[str]:
    if not text:
        raise ValueError("empty key")
    parts: list[str] = []
    at, rest = 0, text
    while rest := text[at:].lstrip(" \t"):
        at = len(text) - len(rest)
        found = _PART.match(text, at)
        if found and found["bare"]:
            at = _behind_bare(text, found.end())
        elif found:
            at = found.end()
        elif rest[0] == ".":
            at += 1
            if at >= len(text):
                raise ValueError("unexpected end of key")
            if not re.match(r"""[A-Za-z0-9_'" -]""", text[at]):
                raise ValueError("expecting key part after dot")
        elif rest[0] in "'\"":
            raise ValueError(f"unclosed {'single' if rest[0] == chr(39) else 'double'}-quoted key")
        else:
            raise ValueError(f"invalid key character: {rest[0]}")
        if found:
            parts.append(found["bare"] or found["single"] or found["double"] or "")
    if not parts:
        raise ValueError("empty key")
    return parts


def _behind_bare(text: str, at: int) -> int:
    behind = len(text) - len(text[at:].lstrip(" \t"))
    following = text[behind : behind + 1]
    if following and following != ".":
        what = "bare key character" if behind == at else "key character after whitespace"
        raise ValueError(f"invalid {what}: {following}")
    return behind


def number_of(token: Token, patch: int) -> int | float:
    """The number that a token writes. Raises ``Stop`` with the library's words."""
    text = token.text.replace("_", "")
    base = {"x": 16, "o": 8, "b": 2}.get(text[1:2], 10) if text[0] == "0" and len(text) >= 3 else 10
    if token.kind == INTEGER and base == 10 and text[0] == "0" and len(text) >= 3:
        raise Stop(token.at, "invalid base", placed=False)
    digit = "[0-9A-Fa-f]" if base == 16 and token.kind == INTEGER else "[0-9]"
    if re.search(f"(?<!{digit})_|_$", token.text):
        kind = "hex number" if base == 16 and token.kind == INTEGER else "number"
        raise Stop(token.at, f"invalid use of _ in {kind}")
    if token.kind == FLOAT:
        return _float(text, token.at)
    digits = text if base == 10 else text[2:]
    number = int(digits, base)
    if patch >= 5 and number >= _INT64:
        # It tries once more without a sign.
        if digits[0] == "+" or number >= 2 * _INT64:
            why = "invalid syntax" if digits[0] == "+" else "value out of range"
            raise Stop(token.at, f'strconv.ParseUint: parsing "{digits}": {why}')
    elif not -_INT64 <= number < _INT64:
        raise Stop(token.at, f'strconv.ParseInt: parsing "{digits}": value out of range')
    return number


def _float(text: str, at: int) -> float:
    try:
        number = float(text)
    except ValueError:
        raise Stop(at, f'strconv.ParseFloat: parsing "{text}": invalid syntax') from None
    if math.isinf(number):
        raise Stop(at, f'strconv.ParseFloat: parsing "{text}": value out of range')
    return number
