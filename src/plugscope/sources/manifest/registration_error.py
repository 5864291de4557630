"""What a daemon would refuse to register, found in a manifest that cannot be opened for other reasons."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from plugscope.plugin import (
    InvalidRequiresError,
    NoPluginIDError,
    NoTypeError,
    PluginError,
    Registration,
    Registry,
    Semantics,
)

from .position import FieldError, Path


def registration_errors(value: Any) -> Iterator[FieldError]:
    """Where and why registrations would be refused, of those whose type, id and requires are what they should be."""
    plugins = value.get("plugin") if isinstance(value, dict) else None
    if not isinstance(plugins, list):
        return
    semantics = Semantics.V2
    with suppress(ValueError):
        semantics = Semantics(value.get("semantics", semantics))
    registry = Registry(semantics=semantics)
    for number, plugin in enumerate(plugins):
        if isinstance(plugin, dict):
            for path, why in _refused(plugin, registry):
                yield ("plugin", number, *path), (), why


def _refused(plugin: dict[str, Any], registry: Registry) -> Iterator[tuple[Path, str]]:
    type_, id_, requires = plugin.get("type"), plugin.get("id"), plugin.get("requires", [])
    if type_ == "":
        yield ("type",), NoTypeError.text
    if id_ == "":
        yield ("id",), NoPluginIDError.text
    are_texts = isinstance(requires, list) and all(isinstance(name, str) for name in requires)
    if not (type_ and isinstance(type_, str) and id_ and isinstance(id_, str) and are_texts):
        return
    try:
        registry.register(Registration(type_, id_, requires))
    except InvalidRequiresError as error:
        yield ("requires",), f"{', '.join(requires)}: {error}"
    except PluginError as error:
        yield (), str(error)
