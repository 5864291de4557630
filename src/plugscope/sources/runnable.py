"""Manifests that name Python functions: whether there are any, and what a worker needs to run them."""

from __future__ import annotations

from pathlib import Path

from plugscope.boot import Catalog
from plugscope.worker import Target

from .source import Source


def functions_target(catalog: Catalog, source: Source) -> Target:
    """What the worker needs to run a manifest: its plugins, with the functions that they name."""
    import msgspec

    from .manifest import to_shape

    plugins = msgspec.to_builtins(to_shape(catalog).plugin)
    for plugin, entry in zip(plugins, catalog.entries, strict=True):
        plugin.setdefault("requires", [])
        plugin.setdefault("init_fn", "")
        plugin["config"] = entry.config
    folder = source.file.resolve().parent if source.file is not None else Path.cwd()
    return Target("functions", source.text, "", str(folder), str(catalog.semantics), list(plugins))


def is_runnable(catalog: Catalog) -> bool:
    """Whether some plugin names a Python function."""
    return any(entry.init_fn for entry in catalog.entries)
