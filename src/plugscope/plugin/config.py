"""A plugin's configuration: what the user wrote, laid over the plugin's defaults.

Go decodes a TOML table into the registration's ``Config`` in place. Here the default is a dataclass instance,
a dict, or ``None`` (no configuration: nothing is decoded, as in containerd); it is copied and never changed.
"""

from __future__ import annotations

import copy
import dataclasses
import enum
import pathlib
import types
import typing
from collections.abc import Mapping
from typing import Any

from .error import ConfigError


def decode(default: Any, given: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """Lay ``given`` over a copy of ``default``.

    Returns the configuration and the dotted keys that the default does not know (ignored, as containerd does).
    Raises ``ConfigError`` for a value of another type than the default's. Where nothing is given, any default
    will do, and one that cannot be copied is handed out itself.
    """
    unknown: list[str] = []
    try:
        copied = copy.deepcopy(default)
    except Exception as error:
        if given:
            raise ConfigError(f"the default configuration cannot be copied: {error}") from error
        copied = default
    return (_lay(copied, given, "", unknown) if given else copied), unknown


def _lay(target: Any, given: Mapping[str, Any], path: str, unknown: list[str]) -> Any:
    hints = _hints(target)
    changes: dict[str, Any] = {}
    for key, value in given.items():
        here = f"{path}.{key}" if path else str(key)
        if hints is None:
            old = target.get(key)
            target[key] = value if old is None else _fit(old, value, None, here, unknown)
        elif key in hints:
            changes[key] = _fit(getattr(target, key), value, hints[key], here, unknown)
        else:
            unknown.append(here)
    if not changes:
        return target
    try:
        return dataclasses.replace(target, **changes)
    except Exception as error:  # its own __post_init__ refuses the values
        raise ConfigError(f"{path}: {error}" if path else str(error)) from error


def _hints(target: Any) -> dict[str, Any] | None:
    """The fields of a dataclass with their types; ``None`` for a dict, which takes any key."""
    if dataclasses.is_dataclass(target) and not isinstance(target, type):
        try:
            hints = typing.get_type_hints(type(target))
        except Exception:  # a hint that names something the module does not have
            hints = {}
        return {field.name: hints.get(field.name) for field in dataclasses.fields(target) if field.init}
    if isinstance(target, dict):
        return None
    raise ConfigError(f"a default configuration is a dataclass or a dict, not {type(target).__name__}")


def _fit(old: Any, value: Any, hint: Any, path: str, unknown: list[str]) -> Any:
    if isinstance(value, Mapping) and (isinstance(old, dict) or dataclasses.is_dataclass(old)):
        return _lay(old, value, path, unknown)
    value = _converted(old, value)
    if _accepts(hint, old, value):
        return value
    wanted = _name(hint) if hint is not None and old is None else type(old).__name__
    raise ConfigError(f"{path}: expected {wanted}, found {type(value).__name__} {value!r}")


def _converted(old: Any, value: Any) -> Any:
    """The value as the default's type, where a file has another spelling for it."""
    if isinstance(old, enum.Enum) and not isinstance(value, enum.Enum):
        members = {member.value: member for member in type(old)}
        return members.get(value, value) if isinstance(value, str | int | float) else value
    if isinstance(old, tuple | set | frozenset) and isinstance(value, list):
        return type(old)(value)
    if isinstance(old, pathlib.PurePath) and isinstance(value, str):
        return type(old)(value)
    if isinstance(old, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def _accepts(hint: Any, old: Any, value: Any) -> bool:
    if old is not None:
        return isinstance(value, type(old)) and isinstance(value, bool) == isinstance(old, bool)
    if hint is None:
        return True
    options = typing.get_args(hint) if _is_union(hint) else (hint,)
    return any(_is_a(value, option) for option in options)


def _is_a(value: Any, option: Any) -> bool:
    origin = typing.get_origin(option) or option
    if origin is typing.Literal:
        return value in typing.get_args(option)
    if not isinstance(origin, type) or origin is object:
        return True  # Any, a type variable: nothing that could be checked
    if isinstance(value, bool):
        return origin is bool
    return isinstance(value, origin) or (origin is float and isinstance(value, int))


def _is_union(hint: Any) -> bool:
    return typing.get_origin(hint) in (typing.Union, types.UnionType)


def _name(hint: Any) -> str:
    return str(hint) if _is_union(hint) else getattr(hint, "__name__", None) or str(hint)
