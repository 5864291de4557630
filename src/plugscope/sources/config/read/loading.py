"""A configuration file and all it imports, read, brought up to date and merged, as a release does it.

Nothing is read but the file and what it imports. What the daemon would only warn of becomes a diagnostic; where it
would stop, reading stops too, and what was read by then is kept to be looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from plugscope.boot import DiagnosticCode, Severity
from plugscope.plugin import Stage
from plugscope.sources.release import Release
from plugscope.sources.toml import Leaf, Location, Table, dotted

from .abort import ConfigAborted
from .decode import TypeMismatch, ignored, mismatch
from .document import parse_document, read_document
from .imports import MOST_FILES, absolute, merge, real_path, resolve
from .loaded import Loaded
from .migrate import migrate_plugins, move_server_settings, rename_ids
from .shape import shape_of
from .validation import check_server, validate

_NEEDS_RENAMING = (0, 1)
_NEGATIVE = "panic: runtime error: index out of range [%d]"


def load(
    path: Path, release: Release, name: str = "", base: Path | None = None, data: bytes | None = None
) -> Loaded:
    """Read a configuration. ``name`` is what the daemon calls the file, ``base`` the root of its file system;
    ``data`` are its bytes where it is no file."""
    loaded = Loaded(release, version=release.default_version)
    try:
        last = _read_all(loaded, path, name or str(path), base, data)
        validate(loaded, last)
        check_server(loaded)
    except ConfigAborted as aborted:
        loaded.abort = aborted.abort
        if aborted.note:
            loaded.warn(DiagnosticCode.CONFIG_BUILD, aborted.note, aborted.location, Severity.INFO)
    return loaded


def _read_all(loaded: Loaded, path: Path, name: str, base: Path | None, data: bytes | None) -> str:
    """Read the first file and then, breadth first, what each one imports. Returns the name of the last."""
    release = loaded.release
    pending: list[tuple[str, Path]] = [(name, path)]
    first_version: int | None = None
    while pending:
        name, path = pending.pop(0)
        if name in loaded.files or len(loaded.files) >= MOST_FILES:
            continue
        top = _read(path, name, release, None if loaded.files else data)
        _tell_ignored(loaded, top)
        version = _version_of(top)
        if not first_version:
            first_version = version
        if release.refuses_newer_imports and version > first_version:
            text = f"drop-in config version {version} higher than root config version {first_version}"
            raise ConfigAborted(
                Stage.CONFIG_LOAD, text, top.location_of("version") if "version" in top else Location(name, 1)
            )
        if release.is_v2 and version < 0:
            raise ConfigAborted(
                Stage.CONFIG_LOAD if release.refuses_newer_imports else Stage.SERVER_SETUP,
                _NEGATIVE % version,
                top.location_of("version"),
            )
        version = _bring_up(loaded, top, version)
        merge(loaded.top, top, release)
        loaded.version = version or loaded.version
        loaded.files.append(name)
        for text, location in _imports(top):
            pending.extend((other, real_path(other, base)) for other in _found(loaded, text, location, base))
    return name


def _read(path: Path, name: str, release: Release, data: bytes | None) -> Table:
    def fit(table: Table) -> None:
        _refuse_misfit(table, release)

    if data is None:
        return read_document(path, name, release, fit)
    return parse_document(data, name, release, fit)


def _version_of(top: Table) -> int:
    version = top.value("version")
    return version if isinstance(version, int) and not isinstance(version, bool) else 0


def _imports(top: Table) -> list[tuple[str, Location]]:
    leaf = top.get("imports")
    return [(str(item), location) for item, location in leaf.items] if isinstance(leaf, Leaf) else []


def _refuse_misfit(top: Table, release: Release) -> None:
    """Decode the top level: raise ``ConfigAborted`` for a value of the wrong type."""
    shape = shape_of(release)
    found = mismatch(top, shape.top, shape, second=release.is_v2)
    if found is not None:
        raise ConfigAborted(Stage.CONFIG_LOAD, _unmarshal_error(found, release), found.location)


def _tell_ignored(loaded: Loaded, top: Table) -> None:
    """Warn of keys that are not looked at."""
    release = loaded.release
    shape, second = shape_of(release), release.is_v2
    for key in ignored(top, shape.top, shape, second=second):
        how = "this release warns and goes on" if second else "without a word"
        text = f"unknown key {dotted(key.path)}: ignored ({how})"
        loaded.warn(DiagnosticCode.CONFIG_UNKNOWN_KEY, text, key.location)
    if not release.max_version:
        top.entries.pop("version", None)


def _unmarshal_error(found: TypeMismatch, release: Release) -> str:
    if release.is_v2:
        row, column = (
            found.location.value_line or found.location.line,
            found.location.value_column or found.location.column,
        )
        return f"failed to unmarshal TOML at row {row} column {column}: {found.words}"
    return f"failed to unmarshal TOML: {found.words}"


def _bring_up(loaded: Loaded, top: Table, version: int) -> int:
    """Migrate one file as far as its release does that file by file. Returns the version it has then."""
    release = loaded.release
    if not release.is_v2:
        return version
    target = loaded.version
    if not release.refuses_newer_imports:
        if version in _NEEDS_RENAMING and target >= 2:
            rename_ids(top, loaded.ambiguous)
            return target
        return version
    if version < target:
        if version in _NEEDS_RENAMING:
            rename_ids(top, loaded.ambiguous)
        if version <= 2:
            migrate_plugins(top.table("plugins"))
        if version <= 3 < target:
            move_server_settings(top)
        text = f"this release brings the file's version {version or 1} up to {target} at every start"
        loaded.warn(DiagnosticCode.CONFIG_MIGRATED, text, top.location_of("version"), Severity.INFO)
        return target
    return version


def migrate_merged(loaded: Loaded, enabled: Collection[str]) -> None:
    """What 2.0 to 2.2 do after merging: run the migrations of the plugins that are enabled."""
    release = loaded.release
    if release.is_v2 and not release.refuses_newer_imports and loaded.version < release.max_version:
        migrate_plugins(loaded.top.table("plugins"), enabled)
        text = f"this release brings the configuration's version {loaded.version} up to {release.max_version}"
        loaded.warn(
            DiagnosticCode.CONFIG_MIGRATED,
            f"{text} at every start",
            loaded.top.location_of("version"),
            Severity.INFO,
        )


def _found(loaded: Loaded, text: str, location: Location, base: Path | None) -> list[str]:
    """The files that an import names, with a word on those that are not what they seem."""
    release = loaded.release
    if not release.has_imports:
        loaded.warn(
            DiagnosticCode.CONFIG_IMPORT_IGNORED,
            "this release knows no imports: the file is not read",
            location,
        )
        return []
    if len(loaded.imports) < MOST_FILES:
        loaded.imports.append(str(real_path(absolute(text, location.file, release), base)))
    found = resolve(text, location.file, release, base, location)
    if "*" in text and not found:
        loaded.warn(
            DiagnosticCode.CONFIG_IMPORT_EMPTY, f"imports {text!r}: no file matches", location, Severity.INFO
        )
    if "*" in text and not text.startswith("/") and not release.globs_follow_the_file:
        why = "before 1.7 a relative pattern starts from the daemon's working directory (/ under systemd)"
        loaded.warn(
            DiagnosticCode.CONFIG_IMPORT_RELATIVE, f"imports {text!r}: {why}, not from this file", location
        )
    return found
