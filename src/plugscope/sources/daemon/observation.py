"""What a daemon answers, as a catalog and an observed boot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plugscope.boot.catalog import Catalog, Entry, Init, Known, Outcome
from plugscope.plugin import Meta, Platform, Registration, Semantics
from plugscope.sources.error import SourceError

from .client import DaemonClient, DaemonError


@dataclass(frozen=True, slots=True)
class Observation:
    """A daemon at one moment: its plugins in init order with their outcomes, its version and its deprecations."""

    catalog: Catalog
    version: str
    uuid: str
    pid: int
    deprecations: tuple[str, ...]


def observe_daemon(address: str) -> Observation:
    """Ask the daemon at ``unix:///path``. Raises ``SourceError``."""
    path = address.removeprefix("unix:")
    path = path[2:] if path.startswith("//") else path
    try:
        with DaemonClient(path) as client:
            plugins = client.plugins()
            version, server = client.version(), client.server()
    except DaemonError as error:
        raise SourceError.at(address, str(error)) from None
    return Observation(
        catalog_of(plugins, version, address),
        version,
        "" if server is None else server.uuid,
        0 if server is None else int(server.pid),
        () if server is None else tuple(one.message for one in server.deprecations),
    )


def catalog_of(plugins: Sequence[Any], version: str, address: str) -> Catalog:
    """The catalog of an answer to ``Plugins``. Its order is that of initialisation: registration order is not told."""
    number = version.removeprefix("v")
    return Catalog(
        [_entry(plugin) for plugin in plugins],
        semantics_of_version(number),
        name=f"containerd {number}".strip(),
        version=number,
        address=address.removeprefix("unix://"),
    )


def semantics_of_version(version: str) -> Semantics:
    """The rules of a release; the newest for an unknown one."""
    parts = version.split(".")
    try:
        major, minor = int(parts[0]), int(parts[1])
    except (ValueError, IndexError):
        return Semantics.V2
    if major >= 2:
        return Semantics.V2 if (major, minor) >= (2, 3) else Semantics.V2_0
    return Semantics.V1 if minor >= 3 else Semantics.CLASSIC


def _entry(plugin: Any) -> Entry:
    meta = Meta(
        [
            Platform(one.os, one.architecture, one.variant, one.os_version, tuple(one.os_features))
            for one in plugin.platforms
        ],
        {pair.key: pair.value for pair in sorted(plugin.exports, key=lambda pair: str(pair.key))},
        list(plugin.capabilities),
    )
    message = plugin.init_err.message if plugin.HasField("init_err") else ""
    failed = plugin.HasField("init_err")
    outcome = Outcome.OK
    if failed:
        outcome = Outcome.SKIP if "skip plugin" in message else Outcome.ERROR
    return Entry(
        Registration(plugin.type, plugin.id, tuple(plugin.requires)),
        init=Init(outcome, message, meta),
        known=Known.LIVE,
    )
