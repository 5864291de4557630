"""From the shape of a manifest to a catalog, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import UNSET

from plugscope.boot import Absent, Catalog, Entry, Get, Init, Known, Lookup, OnError, Outcome
from plugscope.plugin import ANY, Meta, Platform, Registration, Semantics

from .shape import AbsentShape, InitShape, LookupShape, ManifestShape, PluginShape

# A look into a table takes a tenth of a call of the enumeration, and there may be a hundred thousand.
_KNOWN = {str(known): known for known in Known}
_GET = {str(get): get for get in Get}
_ON_ERROR = {str(policy): policy for policy in OnError}


def to_catalog(shape: ManifestShape, plugins: Iterable[PluginShape] | None = None) -> Catalog:
    """The catalog that a manifest describes. Raises ``ValueError`` where the schema asks more than the shape does.

    ``plugins`` are the manifest's, where they come one by one; else they are the shape's.
    """
    # A hundred thousand plugins have a few dozen types and some hundred Requires between them: a third of the memory.
    shared: dict[Any, Any] = {}
    return Catalog(
        [_entry(plugin, shared.setdefault) for plugin in (shape.plugin if plugins is None else plugins)],
        Semantics(shape.semantics),
        shape.name,
        shape.version,
        shape.root,
        shape.state,
        shape.address,
        shape.disabled,
        shape.required,
        tuple(Absent(absent.uri or f"{absent.type}.{absent.id}", absent.why) for absent in shape.absent),
        note=shape.note,
    )


def _entry(plugin: PluginShape, share: Callable[[Any, Any], Any]) -> Entry:
    if plugin.init_fn and not _names_function(plugin.init_fn):
        raise ValueError(f"init_fn {plugin.init_fn!r} must read package.module:function")
    type_, requires = plugin.type, plugin.requires
    requires = () if requires is UNSET else share(requires, requires)
    return Entry(
        Registration(share(type_, type_), plugin.id, requires),
        None if plugin.lookups is None else tuple(map(_lookup, plugin.lookups)),
        None if plugin.init is None else _init(plugin.init),
        plugin.init_fn,
        plugin.source,
        _KNOWN[plugin.known],
        plugin.config,
    )


def _names_function(text: str) -> bool:
    module, _, function = text.partition(":")
    return bool(module and function)


def _lookup(shape: LookupShape) -> Lookup:
    get = shape.get
    type_ = shape.type
    if type_ is UNSET:
        if get != "all":
            raise ValueError(f"{get} goes with a type")
        type_ = ANY
    id_ = shape.id
    if id_ is UNSET:
        if get == "by_id":
            raise ValueError("by_id goes with an id")
        id_ = ""
    return Lookup(
        _GET[get],
        type_,
        id_,
        _ON_ERROR[shape.on_error],
        shape.error,
        shape.absent,
        shape.wraps,
        shape.members,
        shape.min,
        shape.any_of,
        shape.outcome,
        shape.unordered,
        shape.evidence,
    )


def _init(shape: InitShape) -> Init:
    platforms = list(map(Platform.parse, shape.platforms))
    meta = Meta(platforms, dict(shape.exports), list(shape.capabilities))
    return Init(Outcome(shape.outcome), shape.message, meta, shape.duration_ms)


def to_shape(catalog: Catalog) -> ManifestShape:
    """The manifest that opens to this catalog again."""
    return ManifestShape(
        plugscope=1,
        semantics=catalog.semantics.value,
        name=catalog.name,
        version=catalog.version,
        note=catalog.note,
        root=catalog.root,
        state=catalog.state,
        address=catalog.address,
        disabled=catalog.disabled,
        required=catalog.required,
        plugin=tuple(map(_plugin_shape, catalog.entries)),
        absent=tuple(AbsentShape(why=absent.why, uri=absent.uri) for absent in catalog.absent),
    )


def _plugin_shape(entry: Entry) -> PluginShape:
    registration = entry.registration
    return PluginShape(
        type=str(registration.type),
        id=registration.id,
        requires=tuple(map(str, registration.requires)) or UNSET,
        config=_config_of(entry),
        lookups=None if entry.lookups is None else tuple(map(_lookup_shape, entry.lookups)),
        init=None if entry.init is None else _init_shape(entry.init),
        # An object that can be called has no name to find it by.
        init_fn=entry.init_fn if _names_function(entry.init_fn) else "",
        source=entry.location,
        known=entry.known.value,
    )


def _config_of(entry: Entry) -> dict[str, Any] | None:
    """What the user set; of a registration that was found in code, its defaults."""
    default = entry.registration.config
    return default if entry.config is None and isinstance(default, dict) else entry.config


def _lookup_shape(lookup: Lookup) -> LookupShape:
    return LookupShape(
        get=lookup.get.value,
        type=UNSET if lookup.get is Get.ALL and lookup.type == ANY else str(lookup.type),
        id=lookup.id if lookup.id or lookup.get is Get.BY_ID else UNSET,
        on_error=lookup.on_error.value,
        error=lookup.error,
        absent=lookup.absent,
        wraps=lookup.wraps,
        members="fatal" if lookup.members == "fatal" else "tolerate",
        min=lookup.min,
        any_of=lookup.any_of,
        outcome="skip" if lookup.outcome == "skip" else "error",
        unordered=lookup.unordered,
        evidence=lookup.evidence,
    )


def _init_shape(init: Init) -> InitShape:
    outcome = {Outcome.SKIP: "skip", Outcome.ERROR: "error"}.get(init.outcome, "ok")
    return InitShape(
        outcome=outcome,  # type: ignore[arg-type]  # one of the three that an init can come out with
        message=init.message,
        duration_ms=init.duration_ms,
        exports=init.meta.exports,
        capabilities=init.meta.capabilities,
        platforms=[str(platform) for platform in init.meta.platforms],
    )
