"""What a containerd of some version would have: the shipped catalogs nearest to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from plugscope.boot import Catalog, Entry, Lookup
from plugscope.plugin import Semantics
from plugscope.sources.release import Number, Release, Span
from plugscope.sources.shipped import catalog_names, containerd_facts, open_catalog


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
        mine = Release(self.version)
        return mine.is_known and mine.minor == Release(self.nearest.version).minor

    @cached_property
    def _by_uri(self) -> list[dict[str, Entry]]:
        return [{entry.uri: entry for entry in catalog.entries} for catalog in self.catalogs]

    @cached_property
    def expected(self) -> dict[str, Entry]:
        """The plugins that this version surely has: those of its own minor release, else those that an older release
        and a newer one have. A build may have been made without one of them all the same."""
        release = Release(self.version)
        if not release.is_known or self.is_same_minor:
            return self._by_uri[0]
        mine = release.number
        spans, early = self._spans, containerd_facts().before_1_2
        newest = max(last for _, last in spans.values())
        return {
            uri: entry
            for entries in reversed(self._by_uri)
            for uri, entry in entries.items()
            if (spans[uri][0] <= mine or (mine >= (1, 1, 0) and uri in early))
            and (mine <= spans[uri][1] or spans[uri][1] == newest)
        }

    @cached_property
    def _spans(self) -> dict[str, tuple[Number, Number]]:
        """The first and the last of the catalogs' releases that has each plugin."""
        spans: dict[str, tuple[Number, Number]] = {}
        for catalog in self.catalogs:
            its = Release(catalog.version).number
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
    mine = Release(version)
    if not mine.is_known:
        return _guess(catalogs, uris, span)
    catalogs.sort(key=lambda catalog: mine.distance(Release(catalog.version)))
    return Expectation(catalogs, version, mine.era, True)


def _guess(catalogs: list[Catalog], uris: Collection[str], span: Span | None) -> Expectation:
    """Without a version: the catalog that has most of what was seen and least of what was not."""
    if span is not None:
        least, most = span
        catalogs = [c for c in catalogs if least <= Release(c.version).minor <= most] or catalogs
    seen = set(uris)

    def likeness(catalog: Catalog) -> tuple[float, Number]:
        has = {entry.uri for entry in catalog.entries}
        # Of two that are alike, the newer one.
        return len(has & seen) / (len(has | seen) or 1), Release(catalog.version).number

    ordered = sorted(catalogs, key=likeness, reverse=True)
    return Expectation(ordered, "", ordered[0].semantics, False)
