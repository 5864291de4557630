"""The lists of disabled and of required plugins, as far as they mean plugins of a catalog."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from plugscope.boot import Catalog, DiagnosticCode, Severity, make_plan
from plugscope.sources.config.read import Loaded

from .naming import Names


class Lists(Struct, dict=True):
    """URIs, and for each of them the line it comes from."""

    disabled: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    locations: dict[str, str] = field(default_factory=dict)


def read_lists(loaded: Loaded, catalog: Catalog) -> Lists:
    """What the merged configuration disables and requires. What has no effect becomes a diagnostic."""
    names = Names(catalog.entries, loaded.release, loaded.by_id)
    lists = Lists()
    lists.disabled = _disabled(loaded, names, lists.locations) if loaded.release.has_disabled else ()
    if loaded.release.has_required:
        lists.required = _required(loaded, names, catalog, lists)
    elif loaded.items("required_plugins"):
        location = loaded.top.location_of("required_plugins")
        loaded.warn(
            DiagnosticCode.CONFIG_REQUIRED_IGNORED,
            "this release knows no required_plugins: ignored",
            location,
        )
    return lists


def _disabled(loaded: Loaded, names: Names, locations: dict[str, str]) -> tuple[str, ...]:
    out: dict[str, None] = {}
    seen: set[str] = set()
    for name, location in loaded.items("disabled_plugins"):
        meant = names.meant(name, list(out))
        for uri in meant:
            out.setdefault(uri)
            locations.setdefault(uri, str(location))
        if not meant and name not in seen:
            kind = "id" if names.by_id or not loaded.release.max_version else "URI"
            text = f"disabling {name!r} has no effect: no plugin of this release has that {kind}{names.hint(name)}"
            loaded.warn(DiagnosticCode.DISABLED_UNKNOWN, text, location)
        elif len(meant) > 1:
            text = f"the id {name!r} disables {len(meant)} plugins: {', '.join(meant)}"
            loaded.warn(DiagnosticCode.DISABLED_SEVERAL, text, location, Severity.INFO)
        seen.add(name)
    return tuple(out)


def _required(loaded: Loaded, names: Names, catalog: Catalog, lists: Lists) -> tuple[str, ...]:
    out: dict[str, None] = {}
    for name, location in loaded.items("required_plugins"):
        uri = _first_started(name, names, catalog, lists.disabled) if names.by_id else name
        out.setdefault(uri)
        lists.locations.setdefault(uri, str(location))
        if not names.has(uri):
            text = (
                f"no plugin of this release is called {name!r}{names.hint(name)}: the boot aborts at its end"
            )
            loaded.warn(DiagnosticCode.REQUIRED_UNKNOWN, text, location)
    return tuple(out)


def _first_started(name: str, names: Names, catalog: Catalog, disabled: Sequence[str]) -> str:
    """The plugin that an id requires: the first of that id to be started satisfies it, or fails and ends the boot."""
    uris = names.of_id(name)
    if not uris:
        return name
    started = [entry.uri for entry in make_plan(catalog, disabled).ordered if entry.uri in uris]
    return (started or uris)[0]
