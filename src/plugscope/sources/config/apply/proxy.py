"""Proxy plugins: registrations that a configuration makes.

Facts: ``LoadPlugins`` of ``server.go``. They are registered after all others, with nothing required, and always come
up: the address is dialled when it is first used.
"""

from __future__ import annotations

import re

from plugscope.boot import BootAbort, Catalog, DiagnosticCode, Entry, Init, Known, Severity
from plugscope.plugin import ErrorText, Meta, Platform, Registration, Stage
from plugscope.sources.config.read import Loaded
from plugscope.sources.toml import Leaf, Table

_HOST = Platform("linux", "amd64")
_PART = re.compile(r"[A-Za-z0-9_.-]+")
_SYSTEM = re.compile(r"[A-Za-z0-9_-]+(?:\([A-Za-z0-9_.-]*\))?")
_ARCHITECTURES = {
    "x86_64": "amd64",
    "x86-64": "amd64",
    "aarch64": "arm64",
    "i386": "386",
    "armhf": "arm",
    "armel": "arm",
}


def add_proxies(loaded: Loaded, catalog: Catalog) -> list[Entry]:
    """The entries that ``[proxy_plugins]`` adds; where the daemon would panic, ``loaded.abort`` says so."""
    entries: list[Entry] = []
    known = {entry.uri for entry in catalog.entries}
    types = loaded.release.proxy_types
    proxies = loaded.top.table("proxy_plugins")
    for name, table in proxies.entries.items():
        if not isinstance(table, Table):
            continue
        word = str(table.value("type") or "")
        location = table.location_of("type") if word else table.location
        uri = f"{types.get(word, '')}.{name}"
        panic = _panic(word, name, uri, types, known if loaded.release.max_version else set())
        if panic:
            loaded.abort = loaded.abort or BootAbort(
                Stage.REGISTER_PANIC, panic, str(location), uri if word in types and name else ""
            )
            continue
        known.add(uri)
        entries.append(_entry(loaded, types[word], name, table))
    if len(entries) > 1:
        text = f"{len(entries)} proxy plugins are registered in random order: their order here is the file's"
        loaded.warn(DiagnosticCode.PROXY_ORDER, text, proxies.location, Severity.INFO)
    return entries


def _panic(word: str, name: str, uri: str, types: dict[str, str], known: set[str]) -> str:
    """What ``Register`` panics with, or ""."""
    if word not in types:
        return "panic: plugin: no type"
    if not name:
        return "panic: plugin: no id"
    return f"panic: {ErrorText.REGISTERED_TWICE.format(uri)}" if uri in known else ""


def _entry(loaded: Loaded, kind: str, name: str, table: Table) -> Entry:
    address = str(table.value("address") or "")
    meta = Meta(exports={"address": address})
    if loaded.release.proxies_have_meta:
        exports = {key: str(value) for key, value in table.table("exports").plain().items()}
        capabilities = table.value("capabilities")
        meta = Meta(
            _platforms(loaded, name, table),
            {**exports, "address": address},
            [str(item) for item in capabilities] if isinstance(capabilities, list) else [],
        )
    return Entry(
        Registration(kind, name),
        (),
        Init(meta=meta),
        location=str(table.location),
        known=Known.DECLARED,
        config=table.plain(),
    )


def _platforms(loaded: Loaded, name: str, table: Table) -> list[Platform]:
    """The platform that is configured: the host's without one; none if it cannot be read (the daemon has an empty
    one then)."""
    leaf = table.get("platform")
    text = str(leaf.value) if isinstance(leaf, Leaf) else ""
    if not text:
        return [_HOST]
    if is_platform(text):
        return [_normal(text.split("/"))]
    message = f"proxy plugin {name}: {text!r} is no platform; it is registered with an empty one"
    loaded.warn(DiagnosticCode.PROXY_PLATFORM, message, table.location_of("platform"))
    return []


def is_platform(text: str) -> bool:
    """Whether containerd reads a text as a platform."""
    system, *rest = text.split("/")
    return len(rest) <= 2 and bool(_SYSTEM.fullmatch(system)) and all(_PART.fullmatch(part) for part in rest)


def _normal(parts: list[str]) -> Platform:
    """What ``platforms.Parse`` of containerd makes of its parts, as far as the usual names go."""
    system, _, version = parts[0].partition("(")
    if len(parts) == 1:
        only = system.lower()
        if only in ("linux", "windows", "darwin", "freebsd"):
            return Platform(only, _HOST.architecture, "", version.removesuffix(")"))
        return Platform(_HOST.os, _ARCHITECTURES.get(only, only))
    architecture = _ARCHITECTURES.get(parts[1].lower(), parts[1].lower())
    variant = parts[2] if len(parts) == 3 else ""
    if architecture == "arm" and not variant:
        variant = "v7"
    return Platform(system.lower(), architecture, variant, version.removesuffix(")"))
