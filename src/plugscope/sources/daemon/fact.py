"""From the bytes of an answer to what it says of each plugin, in bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plugscope.boot import Outcome
from plugscope.plugin import Meta, Platform
from plugscope.sources.observed import PluginObservation

from .error import DaemonError
from .wire import message

MOST_PLUGINS = 2_000
"""More are refused; a real daemon has some seventy."""

MOST_ITEMS = 100_000
"""So many types, platforms, exports and capabilities an answer may have in all."""


def facts_of(data: bytes) -> list[PluginObservation]:
    """The plugins of a ``PluginsResponse``, in its order. Raises ``DaemonError`` for more than a daemon can have."""
    plugins = message("PluginsResponse").FromString(data).plugins
    if len(plugins) > MOST_PLUGINS:
        raise DaemonError(
            f"it tells of {len(plugins):,} plugins; {MOST_PLUGINS:,} are the most that are read"
        )
    facts: list[PluginObservation] = []
    items = 0
    for raw in plugins:
        plugin = message("Plugin").FromString(raw)
        items += sum(
            map(len, (plugin.requires, plugin.platforms, plugin.exports, plugin.capabilities)), start=1
        )
        if items > MOST_ITEMS:
            raise DaemonError(
                f"it says more than {MOST_ITEMS:,} things of its plugins: not containerd's answer"
            )
        facts.append(_fact(plugin))
    return facts


def _fact(plugin: Any) -> PluginObservation:
    failed = plugin.HasField("init_err")
    words = plugin.init_err.message if failed else ""
    outcome = Outcome.OK
    if failed:
        outcome = Outcome.SKIP if "skip plugin" in words else Outcome.ERROR
    return PluginObservation(
        f"{plugin.type}.{plugin.id}",
        plugin.type,
        outcome,
        words,
        loading=True,
        meta=_meta(plugin),
        requires=tuple(plugin.requires),
    )


def _meta(plugin: Any) -> Meta:
    return Meta(list(_platforms(plugin)), dict(sorted(_exports(plugin))), list(plugin.capabilities))


def _platforms(plugin: Any) -> Iterator[Platform]:
    """Its platforms; what is none, as it could not be written as os/architecture, is left out."""
    for raw in plugin.platforms:
        one = message("Platform").FromString(raw)
        if one.os and one.architecture and "/" not in one.os + one.architecture + one.variant:
            yield Platform(one.os, one.architecture, one.variant, one.os_version, tuple(one.os_features))


def _exports(plugin: Any) -> Iterator[tuple[str, str]]:
    for raw in plugin.exports:
        pair = message("Export").FromString(raw)
        yield pair.key, pair.value
