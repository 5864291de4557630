"""What a containerd of some version would have: the shipped catalogs nearest to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from plugscope.boot import Catalog, Entry, Lookup
from plugscope.plugin import Semantics
from plugscope.sources.shipped import catalog_names, open_catalog

_VERSION = re.compile(r"v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,6}))?")

Version = tuple[int, int, int]

Span = tuple[tuple[int, int], tuple[int, int]]
"""The oldest and the newest minor release that something can be."""

# What 1.1 had already, of the plugins of the oldest catalog, which is 1.2's; 1.0 cannot disable any.
_EARLY = frozenset(
    f"io.containerd.{name}"
    for name in [
        "content.v1.content",
        "snapshotter.v1.btrfs",
        "snapshotter.v1.native",
        "snapshotter.v1.overlayfs",
        "metadata.v1.bolt",
        "differ.v1.walking",
        "runtime.v1.linux",
        "monitor.v1.cgroups",
        "grpc.v1.containers",
        "grpc.v1.content",
        "grpc.v1.cri",
        "grpc.v1.diff",
        "grpc.v1.events",
        "grpc.v1.healthcheck",
        "grpc.v1.images",
        "grpc.v1.introspection",
        "grpc.v1.namespaces",
        "grpc.v1.snapshots",
        "grpc.v1.tasks",
        "grpc.v1.version",
    ]
)


def parse_version(text: str) -> Version | None:
    """``v1.7.11-k3s2`` is (1, 7, 11); ``None`` for what is no version of containerd."""
    found = _VERSION.match(text)
    if found is None:
        return None
    version = (int(found[1]), int(found[2]), int(found[3] or 0))
    return version if version[0] in (1, 2) and version[1] < 100 else None


def semantics_of(version: Version) -> Semantics:
    """The era of a release."""
    if version[0] == 1:
        return Semantics.CLASSIC if version[1] < 3 else Semantics.V1
    return Semantics.V2_0 if version[1] < 3 else Semantics.V2


def _rank(version: Version) -> int:
    """Releases on one line: 1.7 is next to 2.0."""
    return version[1] if version[0] == 1 else 8 + version[1]


@dataclass
class Expectation:
    """The catalogs to compare a daemon with, the nearest first, and its version ("" if nothing tells).

    ``is_told``: the version comes from the daemon itself, not from what it has.
    """

    catalogs: Sequence[Catalog]
    version: str
    semantics: Semantics
    is_told: bool

    @property
    def nearest(self) -> Catalog:
        """The catalog that fills in what is not told."""
        return self.catalogs[0]

    @cached_property
    def is_same_minor(self) -> bool:
        """Whether the nearest catalog is of the same minor release as the daemon."""
        mine, its = parse_version(self.version), parse_version(self.nearest.version)
        return mine is not None and its is not None and mine[:2] == its[:2]

    @cached_property
    def _by_uri(self) -> list[dict[str, Entry]]:
        return [{entry.uri: entry for entry in catalog.entries} for catalog in self.catalogs]

    @cached_property
    def expected(self) -> dict[str, Entry]:
        """The plugins that this version surely has: those of its own minor release, else those that an older release
        and a newer one have. A build may have been made without one of them all the same."""
        mine = parse_version(self.version)
        if mine is None or self.is_same_minor:
            return self._by_uri[0]
        spans = self._spans
        newest = max(last for _, last in spans.values())
        return {
            uri: entry
            for entries in reversed(self._by_uri)
            for uri, entry in entries.items()
            if (spans[uri][0] <= mine or (mine >= (1, 1, 0) and uri in _EARLY))
            and (mine <= spans[uri][1] or spans[uri][1] == newest)
        }

    @cached_property
    def _spans(self) -> dict[str, tuple[Version, Version]]:
        """The first and the last of the catalogs' releases that has each plugin."""
        spans: dict[str, tuple[Version, Version]] = {}
        for catalog in self.catalogs:
            its = parse_version(catalog.version) or (0, 0, 0)
            for entry in catalog.entries:
                first, last = spans.get(entry.uri, (its, its))
                spans[entry.uri] = min(first, its), max(last, its)
        return spans

    def of_type(self, type_: str) -> list[Entry]:
        """The plugins of a type in the nearest catalog that has any."""
        for catalog in self.catalogs:
            members = [entry for entry in catalog.entries if entry.registration.type == type_]
            if members:
                return members
        return []

    def find(self, uri: str) -> Entry | None:
        """The entry of a plugin in the nearest catalog that has it."""
        return next((entries[uri] for entries in self._by_uri if uri in entries), None)

    def lookups_of(self, uri: str) -> list[Sequence[Lookup]]:
        """What the plugin looks up, according to each catalog that knows; none at all is an answer too."""
        found: list[Sequence[Lookup]] = []
        for entries in self._by_uri:
            entry = entries.get(uri)
            if entry is not None and entry.lookups is not None and entry.lookups not in found:
                found.append(entry.lookups)
        return found

    def resolve(self, cut: str) -> str:
        """The one URI that a cut one can be; "" if there are several or none."""
        head, _, tail = cut.partition("…")
        known = {uri for entries in self._by_uri[:1] for uri in entries}
        matching = [uri for uri in known if uri.startswith(head) and uri.endswith(tail)]
        return matching[0] if len(matching) == 1 and len(head) + len(tail) > 14 else ""


@cache
def _shipped() -> tuple[tuple[str, Catalog], ...]:
    """The shipped catalogs. Nobody changes them: what is made of them is made anew."""
    return tuple((name, open_catalog(name)) for name in catalog_names())


def expect(
    version: str, uris: Collection[str], *, span: Span | None = None, without: str = ""
) -> Expectation:
    """The expectation for a daemon that says this version, or that has these plugins.

    ``span``: what it can be, by how it speaks. ``without``: a catalog that must not be used.
    """
    catalogs = [catalog for name, catalog in _shipped() if name != without]
    mine = parse_version(version)
    if mine is None:
        return _guess(catalogs, uris, span)
    semantics = semantics_of(mine)

    def distance(catalog: Catalog) -> tuple[int, bool, int]:
        its = parse_version(catalog.version) or (0, 0, 0)
        return abs(_rank(its) - _rank(mine)), catalog.semantics is not semantics, abs(its[2] - mine[2])

    return Expectation(sorted(catalogs, key=distance), version, semantics, True)


def _guess(catalogs: list[Catalog], uris: Collection[str], span: Span | None) -> Expectation:
    """Without a version: the catalog that has most of what was seen and least of what was not."""
    if span is not None:
        least, most = span
        catalogs = [
            c for c in catalogs if least <= (parse_version(c.version) or (0, 0, 0))[:2] <= most
        ] or catalogs
    seen = set(uris)

    def likeness(catalog: Catalog) -> tuple[float, Version]:
        has = {entry.uri for entry in catalog.entries}
        # Of two that are alike, the newer one.
        return len(has & seen) / (len(has | seen) or 1), parse_version(catalog.version) or (0, 0, 0)

    ordered = sorted(catalogs, key=likeness, reverse=True)
    return Expectation(ordered, "", ordered[0].semantics, False)
