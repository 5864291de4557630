"""Laying an imported file over what was read before it.

Facts: ``mergeConfig`` of ``config.go``, tried on daemons of 1.6.20, 1.7.24 and 2.1.9.
"""

from __future__ import annotations

from typing import Any

from plugscope.sources.release import Release
from plugscope.sources.toml import Leaf, Table

_LISTS = ("disabled_plugins", "required_plugins", "imports")
_SECTIONS = ("grpc", "ttrpc", "debug", "metrics", "cgroup")
_WHOLE = ("proxy_plugins", "timeouts", "stream_processors")


def merge(into: Table, new: Table, release: Release) -> None:
    """Merge a file's top level.

    Scalars override unless they are zero, lists are joined (2.x leaves out what is there already), entries of
    proxy_plugins and the like replace whole. A plugin's table replaces the earlier one in 1.x; in 2.x its keys replace
    one by one, zero or not.
    """
    for key, entry in new.entries.items():
        known = into.entries.get(key)
        if isinstance(entry, Leaf):
            if key in _LISTS and isinstance(entry.value, list):
                empty = Leaf([], entry.location)
                into.entries[key] = (known if isinstance(known, Leaf) else empty).joined(entry, release.is_v2)
            elif entry.value or known is None:
                into.entries[key] = entry
        elif not isinstance(known, Table):
            into.entries[key] = entry.copy()
        elif key in _SECTIONS:
            _over(known, entry)
        elif key in _WHOLE or (key == "plugins" and not release.is_v2):
            known.entries.update(entry.copy().entries)
        elif key == "plugins":
            _deep(known, entry)


def _over(into: Table, new: Table) -> None:
    """Take over what is not zero."""
    for key, entry in new.entries.items():
        if _is_set(entry) or key not in into:
            into.entries[key] = entry


def _is_set(entry: Leaf | Table) -> Any:
    return entry.entries if isinstance(entry, Table) else entry.value


def _deep(into: Table, new: Table) -> None:
    """Merge tables key by key, and let everything else replace."""
    for key, entry in new.entries.items():
        known = into.entries.get(key)
        if isinstance(entry, Table) and isinstance(known, Table):
            _deep(known, entry)
        else:
            into.entries[key] = entry.copy() if isinstance(entry, Table) else entry
