"""What disabling and enabling plugins comes to in a configuration: the names, the changed file, and what it does
besides."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from plugscope.boot import Catalog, make_plan, split_location
from plugscope.sources.config.apply import version_of
from plugscope.sources.release import Release

from .change import Naming, change_disabled, naming_of, snippet, written
from .writing import difference, read_text


class Proposal(Struct, frozen=True):
    """A change that is worked out and not made.

    ``names`` is the whole list afterwards, named as such a file names plugins. ``file``: the configuration that
    changes from ``before`` to ``after``, or ``None`` where there is none. ``warnings``: a sentence each. ``still``:
    what another file goes on disabling.
    """

    names: tuple[str, ...]
    naming: Naming
    file: Path | None = None
    before: str = ""
    after: str = ""
    warnings: tuple[str, ...] = ()
    still: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether the file becomes another one."""
        return self.after != self.before

    @property
    def diff(self) -> str:
        """What changes in the file, as a unified diff; "" if nothing does."""
        return "" if self.file is None else difference(self.before, self.after, str(self.file))

    @property
    def setting(self) -> str:
        """The setting as it is to stand in the configuration: that of the file, where there is one."""
        if self.file is None:
            return snippet(self.names)
        return snippet(tomllib.loads(self.after.removeprefix("\ufeff")).get("disabled_plugins", []))


def release_of(catalog: Catalog) -> Release:
    """The release that a catalog is of; one of its era, if it names none or is looked at under rules by which plugins
    are named otherwise."""
    named, era = Release(catalog.version), catalog.semantics
    alike = named.is_v2 is era.is_v2 and named.era.rules.disable_by_id is era.rules.disable_by_id
    return named if named.is_known and alike else Release.of(era)


def propose(
    catalog: Catalog,
    disable: Iterable[str] = (),
    enable: Iterable[str] = (),
    file: Path | None = None,
    *,
    disabled: Sequence[str] | None = None,
) -> Proposal:
    """Work out what disabling and enabling plugins, given as URIs, comes to.

    ``file``: the configuration to change. ``disabled``: what is disabled before, if it is not what the catalog says.
    Raises ``SourceError`` for a file that cannot be read, ``ChangeRefused`` for one that cannot be changed.
    """
    disable, enable = list(disable), list(enable)
    release = release_of(catalog)
    text = "" if file is None else read_text(file)
    version = release.max_version if file is None else version_of(text.encode())
    naming = naming_of(release, version)
    before = make_plan(catalog).disabled_uris if disabled is None else disabled
    known = [uri for uri in before if uri not in enable]
    names = dict.fromkeys(written(uri, naming) for uri in (*known, *disable))
    after = "" if file is None else change_disabled(text, disable, enable, naming)
    elsewhere = {} if file is None else _elsewhere(enable, file, catalog)
    warnings = (
        *(() if file is None else _of_version(version, release)),
        *_of_ids(disable, naming, catalog),
        *(_still(uri, location) for uri, location in elsewhere.items()),
    )
    return Proposal(tuple(names), naming, file, text, after, warnings, tuple(elsewhere))


def listed_in(file: Path) -> list[str]:
    """The list of a configuration as it stands there. Raises ``SourceError``; of one that is no TOML it is empty."""
    try:
        listed = tomllib.loads(read_text(file).removeprefix("\ufeff")).get("disabled_plugins", [])
    except (ValueError, RecursionError):
        return []
    return [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []


def _of_version(version: int, release: Release) -> Iterable[str]:
    """A file of a later era than the plugins: another release reads it."""
    if release.max_version and version > release.max_version:
        yield (
            f"this file has version {version}, and containerd {release.version} reads up to {release.max_version}: "
            "another release reads it, which may name plugins otherwise"
        )


def _of_ids(disable: Iterable[str], naming: Naming, catalog: Catalog) -> Iterable[str]:
    """An id may be that of several plugins."""
    for uri in disable if naming is Naming.ID else ():
        name = written(uri, naming)
        same = [entry.uri for entry in catalog.entries if entry.registration.id == name and entry.uri != uri]
        if same:
            yield f"this file names plugins by id: {name!r} disables {', '.join(same)}, too"


def _elsewhere(enable: Iterable[str], file: Path, catalog: Catalog) -> dict[str, str]:
    """By URI, the line of another file that goes on disabling it: the lists of all files count together."""
    locations = {uri: catalog.locations.get(uri, "") for uri in enable}
    return {
        uri: location
        for uri, location in locations.items()
        if location and not location.startswith(f"{file}:")
    }


def _still(uri: str, location: str) -> str:
    other = split_location(location)[0]
    where = f"{uri} is still disabled at {location}"
    return f"{where}: another file, which is not changed; plugscope config {other} does that"
