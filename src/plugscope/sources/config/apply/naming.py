"""What a name in a configuration means to a release, and what would have been meant.

Facts: ``V1DisabledFilter`` and ``V2DisabledFilter`` of ``config.go``, ``plugin.Graph`` of 1.1 and 1.2.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from plugscope.boot import Entry
from plugscope.sources.config.read import CORE_IDS, full_name
from plugscope.sources.release import Release
from plugscope.sources.shipped import containerd_facts
from plugscope.sources.toml import NOWHERE

_PREFIX = "io.containerd."


class Names:
    """The plugins of a catalog by URI and by id."""

    def __init__(self, entries: Sequence[Entry], release: Release, by_id: bool) -> None:
        self.release = release
        self.by_id = by_id
        self._uris: dict[str, list[str]] = {}
        self._all: dict[str, None] = {}
        for entry in entries:
            self._all[entry.uri] = None
            self._uris.setdefault(entry.registration.id, []).append(entry.uri)

    def has(self, uri: str) -> bool:
        """Whether a plugin has that URI."""
        return uri in self._all

    def of_id(self, id_: str) -> list[str]:
        """The URIs of the plugins of that id, in registration order."""
        return self._uris.get(id_, [])

    def meant(self, name: str, taken: Sequence[str] = ()) -> list[str]:
        """The URIs that an entry of disabled_plugins takes out. ``taken``: those that are out already.

        1.1 and 1.2 cut the first plugin of an id that is still there, 1.3 to 1.7 every one if the file is of version
        1; otherwise the URI has to be written exactly.
        """
        if not self.release.max_version:
            return [uri for uri in self.of_id(name) if uri not in taken][:1]
        if self.by_id:
            return list(self.of_id(name))
        return [name] if self.has(name) else []

    def written(self, uri: str) -> str:
        """How this configuration would name a plugin."""
        return self._id(uri) if self.by_id or not self.release.max_version else uri

    def migrated(self, name: str) -> str:
        """The URI that 2.x makes of an id in a version-1 file, if a plugin has it; else ""."""
        uri = full_name(name, NOWHERE, lambda *_: None)
        return uri if self.has(uri) else ""

    def _id(self, uri: str) -> str:
        return next((id_ for id_, uris in self._uris.items() if uri in uris), uri)

    def hint(self, name: str) -> str:
        """A sentence on what would work instead of a name that means nothing; "" if nothing comes near."""
        gone = containerd_facts().gone
        if name in gone and not self.has(name):
            return f"; {gone[name]}"
        if any(sign in name for sign in "*?["):
            return "; patterns are not understood here: each plugin has to be named"
        found = self._candidates(name)
        if not found:
            return ""
        return f"; {_listed([self.written(uri) for uri in found])} would work"

    def _candidates(self, name: str) -> list[str]:
        """The plugins that a name may have meant, the surest first, three at the most."""
        moves = containerd_facts().moved
        moved = moves.get(name) or {new: old for old, new in moves.items()}.get(name)
        tries = [moved, CORE_IDS.get(name), moves.get(CORE_IDS.get(name, ""))]
        for uri in tries:
            if uri and self.has(uri):
                return [uri]
        lowered = [uri for uri in self._all if uri.lower() == name.strip().lower()]
        ids = self.of_id(name) or self.of_id(name.rpartition(".")[2])
        if lowered or ids:
            return (lowered or ids)[:3]
        ending = [uri for uri in self._all if uri.endswith(f".{name}")]
        return ending[:3] or (self._alike(name) if "." in name else self._ids_alike(name))

    def _alike(self, uri: str) -> list[str]:
        """Those whose URI is much like this one, but for the beginning that all share."""
        known = {other.removeprefix(_PREFIX): other for other in self._all}
        near = difflib.get_close_matches(uri.removeprefix(_PREFIX), known, 2, 0.75)
        return [known[one] for one in near]

    def _ids_alike(self, id_: str) -> list[str]:
        return [self.of_id(one)[0] for one in difflib.get_close_matches(id_, [*self._uris], 2, 0.6)]


def _listed(names: Sequence[str]) -> str:
    return " or ".join(dict.fromkeys(names))
