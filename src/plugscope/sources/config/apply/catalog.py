"""A containerd configuration as a catalog: a release's plugins, with the configuration applied."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from msgspec.structs import replace

from plugscope.boot import BootAbort, Catalog, Diagnostic, DiagnosticCode, Entry, Severity
from plugscope.plugin import Stage
from plugscope.sources.config.read import (
    MOST_BYTES,
    Loaded,
    Shape,
    ignored,
    load,
    migrate_merged,
    mismatch,
    shape_of,
)
from plugscope.sources.release import Release
from plugscope.sources.shipped import open_catalog
from plugscope.sources.toml import Table, dotted

from .choice import choose_catalog
from .effect import apply_effects
from .effective import Effective
from .listener import refused_address
from .naming import Names
from .plugin_lists import read_lists
from .proxy import add_proxies

ASK = "ask"
"""For ``catalog_name``: run the ``containerd`` on PATH with ``--version``, and take its release."""


def config_catalog(
    path: Path | str, catalog_name: str | None = None, *, name: str = "", base: Path | None = None
) -> Catalog:
    """Read a containerd ``config.toml`` and all it imports.

    ``catalog_name``: which release it is for, as ``containerd-2.1``; the newest that accepts its version without one,
    that of the installed daemon with ``"ask"``. ``name``: what the daemon calls the file; ``base``: the folder that
    stands for the root of its file system. Where the daemon would not come up, ``Catalog.abort`` says so.
    Raises ``SourceError`` for a release that is not shipped.
    """
    path = Path(path)
    return _read(path, _start(path), None, catalog_name, name or str(path), base)


def read_config(data: bytes, location: str, catalog_name: str | None = None) -> Catalog:
    """The same for a configuration that is no file, such as one that is piped."""
    return _read(Path(location), data, data, catalog_name, location, None)


def _read(
    path: Path, start: bytes, data: bytes | None, catalog_name: str | None, name: str, base: Path | None
) -> Catalog:
    chosen, why, advice = choose_catalog(start, catalog_name)
    catalog = open_catalog(chosen)
    loaded = load(path, Release(catalog.version), name, base, data)
    if why:
        loaded.diagnostics.insert(
            0, Diagnostic(DiagnosticCode.CONFIG_RELEASE, Severity.INFO, why, "", name, advice=advice)
        )
    return apply_config(catalog, loaded, path.name)


def _start(path: Path) -> bytes:
    """What the version is looked for in; nothing if the file cannot be read, which reading it will tell."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except (OSError, ValueError):
        return b""


def apply_config(catalog: Catalog, loaded: Loaded, file_name: str) -> Catalog:
    """A release's catalog with a configuration applied."""
    proxies = add_proxies(loaded, catalog)
    catalog = replace(catalog, entries=[*catalog.entries, *proxies])
    lists = read_lists(loaded, catalog)
    known = {entry.uri for entry in catalog.entries}
    migrate_merged(loaded, known - set(lists.disabled))
    shape = shape_of(loaded.release)
    root, state = _text(loaded, "root") or catalog.root, _text(loaded, "state") or catalog.state
    entries = [
        under(_configured(entry, loaded, shape, known), catalog, root, state) for entry in catalog.entries
    ]
    _tell_unknown_tables(loaded, catalog.entries, shape)
    ending = refused_address(loaded)
    if loaded.abort is not None:
        _tell_abort(loaded, loaded.abort, catalog.entries)
    elif ending is not None:
        text = f"the daemon ends here, once its plugins are up: {ending.message}"
        loaded.diagnostics.append(
            Diagnostic(DiagnosticCode.CONFIG_ABORT, Severity.ERROR, text, "", ending.location, ending.message)
        )
    return replace(
        catalog,
        entries=entries,
        name=f"{file_name} for {catalog.name}",
        root=root,
        state=state,
        address=_address(loaded) or catalog.address,
        disabled=lists.disabled,
        required=lists.required,
        diagnostics=(*catalog.diagnostics, *loaded.diagnostics),
        abort=loaded.abort,
        ending=ending,
        locations=lists.locations,
        imports=tuple(dict.fromkeys(loaded.imports)),
    )


def _text(loaded: Loaded, *path: str) -> str:
    value = loaded.top.value(*path)
    return value if isinstance(value, str) else ""


def _address(loaded: Loaded) -> str:
    """Where the daemon listens: from 2.3 on, its gRPC server is a plugin."""
    return _text(loaded, "plugins", "io.containerd.server.v1.grpc", "address") or _text(
        loaded, "grpc", "address"
    )


def _key(entry: Entry, loaded: Loaded) -> str:
    """The name of a plugin's table."""
    by_id = loaded.by_id or not loaded.release.max_version
    return entry.registration.id if by_id else entry.uri


def _configured(entry: Entry, loaded: Loaded, shape: Shape, known: Collection[str]) -> Entry:
    """An entry with its configuration: what is set, what is in force, what does not fit, and what it changes."""
    struct = shape.plugins.get(entry.uri)
    user = loaded.top.get("plugins", _key(entry, loaded))
    if struct is None and not isinstance(user, Table):
        return entry
    if user is not None and not isinstance(user, Table):
        words = "toml: cannot encode a value as a document root"
        return entry if struct is None else _undecodable(entry, words, str(user.location))
    table = user if isinstance(user, Table) else Table()
    config = Effective(
        table, shape.defaults.get(entry.uri, {}), loaded.release, known, loaded.top.table("plugins")
    )
    if table.entries:
        entry = replace(entry, config=table.plain())
    entry = replace(entry, settings=config.settings())
    if struct is None:
        return entry
    second = loaded.release.is_v2
    found = mismatch(table, struct, shape, second=second, sorted_keys=second)
    if found is not None:
        return _undecodable(entry, found.words, str(found.location))
    unread = ignored(table, struct, shape, second=second)
    if unread and shape.exact:
        entry = replace(entry, settings=config.settings([key.path for key in unread]))
    _tell_ignored(loaded, entry, ((key.path, str(key.location)) for key in unread), shape)
    return apply_effects(entry, config)


def _undecodable(entry: Entry, words: str, location: str) -> Entry:
    return replace(entry, abort=BootAbort(Stage.PLUGIN_CONFIG_DECODE, words, location, entry.uri))


def _tell_ignored(
    loaded: Loaded, entry: Entry, keys: Iterable[tuple[tuple[str, ...], str]], shape: Shape
) -> None:
    how = "this release warns and goes on" if loaded.release.is_v2 else "without a word"
    for path, location in keys:
        text = f"{entry.uri} has no setting {dotted(path)}: ignored ({how})"
        severity = Severity.WARNING
        if not shape.exact:
            severity = Severity.INFO
            near = f"{shape.version}, the nearest release that is described"
            text = f"{entry.uri} has no setting {dotted(path)} in {near}"
        loaded.diagnostics.append(
            Diagnostic(DiagnosticCode.CONFIG_UNKNOWN_KEY, severity, text, entry.uri, location)
        )


def _tell_unknown_tables(loaded: Loaded, entries: list[Entry], shape: Shape) -> None:
    """Tables of ``[plugins]`` that no plugin looks at."""
    names = Names(entries, loaded.release, loaded.by_id)
    keys = {_key(entry, loaded): entry for entry in entries}
    for key, table in loaded.top.table("plugins").entries.items():
        owner = keys.get(key)
        if owner is None:
            text = f"no plugin of this release reads [plugins.{dotted((key,))}]: ignored without a word"
            loaded.warn(DiagnosticCode.CONFIG_UNKNOWN_TABLE, text + names.hint(key), table.location)
        elif owner.uri not in shape.plugins and shape.exact and not loaded.by_id:
            text = f"{owner.uri} has no configuration: its table is ignored without a word"
            loaded.warn(DiagnosticCode.CONFIG_UNUSED_TABLE, text, table.location, uri=owner.uri)


def _tell_abort(loaded: Loaded, abort: BootAbort, entries: list[Entry]) -> None:
    """The end of the boot as a problem, with the name that would work where a name is the fault."""
    hint = Names(entries, loaded.release, loaded.by_id).hint(abort.name) if abort.name else ""
    text = f"the daemon ends here: {abort.message}"
    loaded.diagnostics.append(
        Diagnostic(
            DiagnosticCode.CONFIG_ABORT, Severity.ERROR, text, abort.uri, abort.location, abort.message, hint
        )
    )


def under(entry: Entry, catalog: Catalog, root: str, state: str) -> Entry:
    """The entry with root and state where a configuration has them, in its words and in what it exports."""
    moves = [(old, new) for old, new in ((catalog.root, root), (catalog.state, state)) if old and old != new]
    if entry.init is None or not moves:
        return entry
    meta = entry.init.meta.copy()
    message = entry.init.message
    for old, new in moves:
        message = message.replace(f"{old}/", f"{new.rstrip('/')}/")
        for key, value in meta.exports.items():
            if value.startswith(f"{old}/"):
                meta.exports[key] = f"{new.rstrip('/')}{value[len(old) :]}"
    return replace(entry, init=replace(entry.init, message=message, meta=meta))
