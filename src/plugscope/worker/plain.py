"""Foreign values as plain ones: bounded, and never trusted to behave."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

_DEPTH, _WIDTH, _LENGTH = 6, 200, 4_000


def text_of(value: object, length: int = _LENGTH) -> str:
    """``str(value)``, cut to ``length`` characters; a value whose ``str`` fails is named by its class."""
    try:
        text = str(value)
    except Exception as error:
        text = f"<{type(value).__name__} whose text cannot be had: {type(error).__name__}>"
    if len(text) > length:
        text = f"{text[:length]}… ({len(text) - length} characters more)"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def plain_of(value: Any, depth: int = _DEPTH) -> Any:
    """What JSON can hold of a value; the rest as text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return text_of(value)
    if depth == 0:
        return text_of(value, 200)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name, None) for field in dataclasses.fields(value)}
    try:
        if isinstance(value, Mapping):
            return {text_of(k, 200): plain_of(v, depth - 1) for k, v in list(value.items())[:_WIDTH]}
        if isinstance(value, list | tuple | set | frozenset):
            return [plain_of(item, depth - 1) for item in list(value)[:_WIDTH]]
    except Exception as error:
        return f"<{type(value).__name__}: {type(error).__name__}>"
    return text_of(value, 400)
