"""Writing to people and programs without letting foreign text drive the terminal."""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from typing import Any, NoReturn

import click

from plugscope.boot import Diagnostic

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


def say(text: str = "") -> None:
    """A line on standard output."""
    click.echo(text)


def say_json(value: Any) -> None:
    """A JSON value on standard output. What would drive a terminal is escaped, and reads back as it was."""
    text = json.dumps(_finite(value), ensure_ascii=False, indent=2, default=str)
    if not text.isascii() or "\x7f" in text:
        text = "".join(_json_spelled(char) for char in text)
    click.echo(text)


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


def note(text: str) -> None:
    """A line on standard error."""
    click.echo(text, err=True)


def diagnostic_line(diagnostic: Diagnostic) -> str:
    """A diagnostic as a line, with its place in front where it has one."""
    where = f"{safe(diagnostic.place)}: " if diagnostic.place else ""
    return f"{where}{diagnostic.severity}: {safe(diagnostic.message)}"


def refuse(*problems: tuple[str, str]) -> NoReturn:
    """End with exit code 2 and one line ``error: PLACE: what is wrong`` a problem."""
    for place, message in problems:
        where = f"{safe(place)}: " if place else ""
        note(f"error: {where}{safe(message)}")
    sys.exit(2)
