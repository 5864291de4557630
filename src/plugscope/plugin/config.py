"""A plugin's configuration: what the user wrote, laid over the plugin's defaults.

Go decodes a TOML table into the registration's ``Config`` in place. Here the default is a dataclass instance,
a dict, or ``None`` (no configuration: nothing is decoded, as in containerd); it is copied and never changed.
"""

from __future__ import annotations

import copy
import dataclasses
import types
import typing
from collections.abc import Mapping
from typing import Any

from .error import ConfigError


def decode(default: Any, given: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """Lay ``given`` over a copy of ``default``.

    Returns the configuration and the dotted keys that the default does not know (ignored, as containerd does).
    Raises ``ConfigError`` for a value of another type than the default's.
    """
    unknown: list[str] = []
    return _lay(copy.deepcopy(default), given, "", unknown), unknown


def _lay(target: Any, given: Mapping[str, Any], path: str, unknown: list[str]) -> Any:
    hints = _hints(target)
    for key, value in given.items():
        here = f"{path}.{key}" if path else str(key)
        if hints is None:
            old = target.get(key)
            target[key] = value if old is None else _fit(old, value, None, here, unknown)
        elif key in hints:
            setattr(target, key, _fit(getattr(target, key), value, hints[key], here, unknown))
        else:
            unknown.append(here)
    return target


def _hints(target: Any) -> dict[str, Any] | None:
    """The fields of a dataclass with their types; ``None`` for a dict, which takes any key."""
    if dataclasses.is_dataclass(target) and not isinstance(target, type):
        try:
            types = typing.get_type_hints(type(target))
        except Exception:  # a hint that names something the module does not have
            types = {}
        return {field.name: types.get(field.name) for field in dataclasses.fields(target)}
    if isinstance(target, dict):
        return None
    raise ConfigError(f"a default configuration is a dataclass or a dict, not {type(target).__name__}")


def _fit(old: Any, value: Any, hint: Any, path: str, unknown: list[str]) -> Any:
    if isinstance(value, Mapping) and (isinstance(old, dict) or dataclasses.is_dataclass(old)):
        return _lay(old, value, path, unknown)
    if _accepts(hint, old, value):
        return float(value) if isinstance(old, float) else value
    wanted = _name(hint) if hint is not None and old is None else type(old).__name__
    raise ConfigError(f"{path}: expected {wanted}, found {type(value).__name__} {value!r}")


def _accepts(hint: Any, old: Any, value: Any) -> bool:
    if old is not None:
        if isinstance(old, bool) or isinstance(value, bool):
            return isinstance(old, bool) and isinstance(value, bool)
        return isinstance(value, (int, float) if isinstance(old, float) else type(old))
    if hint is None or hint is Any:
        return True
    options = typing.get_args(hint) if _is_union(hint) else (hint,)
    return any(
        isinstance(value, typing.get_origin(option) or option) for option in options if option is not Any
    )


def _is_union(hint: Any) -> bool:
    return typing.get_origin(hint) in (typing.Union, types.UnionType)


def _name(hint: Any) -> str:
    return getattr(hint, "__name__", None) or str(hint)
