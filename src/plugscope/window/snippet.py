"""The containerd config line for what is disabled."""

from __future__ import annotations

from plugscope.plugin import Semantics
from plugscope.session.document import Document

_CONFIG_VERSION = {Semantics.V1: 2, Semantics.V2_0: 3, Semantics.V2: 3}


def disabled_plugins(document: Document) -> str:
    """``disabled_plugins = […]``, with the config version that takes such names (ids in classic semantics)."""
    import tomlkit  # only now: it costs more than the window's first paint can spare

    semantics = document.catalog.semantics
    entries = [document.catalog.entries[position] for position in sorted(document.disabled)]
    by_id = semantics.rules.disable_by_id
    names = tomlkit.array()
    names.extend(entry.registration.id if by_id else entry.uri for entry in entries)
    names.multiline(len(entries) > 1)
    snippet = tomlkit.document()
    if semantics in _CONFIG_VERSION:
        snippet["version"] = _CONFIG_VERSION[semantics]
    snippet["disabled_plugins"] = names
    return tomlkit.dumps(snippet)
