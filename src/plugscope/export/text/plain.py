"""Text from outside as it may be shown and written: nothing in it drives a terminal."""

from __future__ import annotations

import json
import math
import unicodedata
from typing import Any

_FOLDS = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def safe(text: str, *, lines: bool = False) -> str:
    """Text from outside, with control, bidirectional and unassigned characters spelled out.

    ``lines`` keeps line ends and tabs.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelled(char, lines) for char in text)


def _spelled(char: str, lines: bool) -> str:
    if lines and char in "\n\t":
        return char
    if char in _FOLDS:
        return _FOLDS[char]
    category = unicodedata.category(char)
    if category[0] == "C" or category in ("Zl", "Zp"):
        return char.encode("unicode_escape", "surrogatepass").decode("ascii")
    return char


def json_text(value: Any, indent: int = 2) -> str:
    """A JSON value as text. What would drive a terminal is escaped, and reads back as it was."""
    text = json.dumps(_finite(value), ensure_ascii=False, indent=indent, default=str)
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(_json_spelled(char) for char in text)


def _json_spelled(char: str) -> str:
    if char == "\n" or _spelled(char, False) == char:
        return char
    return json.dumps(char)[1:-1] if char != "\x7f" else "\\u007f"


def _finite(value: Any) -> Any:
    """Without what JSON has no number for: an infinity is told as its text."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list | tuple) else value
