"""Python modules, files and packages: loaded in the worker, never here."""

from __future__ import annotations

from plugscope.boot import Catalog, Entry, Known
from plugscope.boot.run import LoadRefused, Worker
from plugscope.plugin import Registration, Semantics
from plugscope.sources.error import SourceError
from plugscope.worker import LoadedPlugin, Target


def load_catalog(worker: Worker, target: Target, location: str) -> Catalog:
    """Have the worker import the target; the catalog of what it registered.

    Raises ``SourceError`` with the place in the user's file where it failed.
    """
    try:
        loaded = worker.load(target)
    except LoadRefused as refusal:
        # Python gives line 0 where it cannot even decode a file.
        raise SourceError.at(refusal.location.removesuffix(":0") or location, refusal.message) from refusal
    entries = [_entry(plugin) for plugin in loaded.plugins]
    return Catalog(entries, Semantics(loaded.semantics), name=location)


def _entry(plugin: LoadedPlugin) -> Entry:
    return Entry(
        Registration(plugin.type, plugin.id, plugin.requires, plugin.config),
        init_fn=plugin.init_fn,
        location=plugin.location,
        known=Known.DECLARED,
    )
