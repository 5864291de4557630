"""Releases of containerd: a version read out of a text, whose rules it follows, what it makes of a configuration, and
which of the releases that are described stands in for one that is not.

Everything here is asked of a ``Release``; nobody else takes a version apart. Facts:
``services/server/config/config.go`` and ``services/server/server.go`` of 1.x, ``cmd/containerd/server`` of 2.x, and
daemons of 1.2.14, 1.3.10, 1.6.20, 1.7.24, 2.0.11, 2.1.9 and 2.3.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from plugscope.plugin import Semantics

Number = tuple[int, int, int]
Minor = tuple[int, int]

Span = tuple[Minor, Minor]
"""The oldest and the newest minor release that something can be, both included."""

ERAS: dict[Semantics, Span] = {
    Semantics.CLASSIC: ((1, 0), (1, 2)),
    Semantics.V1: ((1, 3), (1, 7)),
    Semantics.V2_0: ((2, 0), (2, 2)),
    Semantics.V2: ((2, 3), (2, 99)),
}
"""Which minor releases follow which rules, the oldest first. There is no 1.8, and the last era goes on."""

_NUMBER = r"v?([0-9]{1,4})\.([0-9]{1,4})(?![0-9])"
_PATCH = r"\.([0-9]{1,9})(?![0-9])"
_VERSION = re.compile(rf"\s*{_NUMBER}(?:{_PATCH})?")
_IN_TEXT = re.compile(rf"(?<![\w.]){_NUMBER}{_PATCH}")

_SHORT = {
    "snapshot": "snapshotter.v1",
    "content": "content.v1",
    "diff": "differ.v1",
    "sandbox": "sandbox.controller.v1",
}

Distance = tuple[bool, bool, bool, int, bool, int, bool, str]


class Release(Struct, frozen=True, dict=True):
    """A release by the version that it says, such as ``v1.7.11-k3s2`` or ``2.3.0-rc.1``. Any text will do.

    What follows the number is not looked at: builds and candidates behave as the release does. Each property is one
    rule of its code.
    """

    version: str

    @classmethod
    def of(cls, era: Semantics) -> Release:
        """A release of an era, where none is named: of its last minor release; of 2.3 for the one that goes on."""
        first, last = ERAS[era]
        major, minor = first if era is Semantics.V2 else last
        return cls(f"{major}.{minor}.0")

    @classmethod
    def find(cls, text: str) -> Release | None:
        """The first whole number of a release, as 2.1.9, among other words; ``None`` if there is none."""
        found = _IN_TEXT.search(text)
        return cls(".".join(found.groups())) if found is not None else None

    @cached_property
    def number(self) -> Number:
        """Its number, such as (1, 7, 34); (0, 0, 0) for a text that does not begin with one."""
        found = _VERSION.match(self.version)
        return (int(found[1]), int(found[2]), int(found[3] or 0)) if found is not None else (0, 0, 0)

    @property
    def minor(self) -> Minor:
        """The minor release that it is of, such as (1, 7)."""
        return self.number[:2]

    @property
    def is_known(self) -> bool:
        """Whether containerd has, or may come to have, this release, and rules here hold for it."""
        return any(first <= self.minor <= last for first, last in ERAS.values())

    @property
    def era(self) -> Semantics:
        """Whose rules it follows. What is older than all follows the oldest rules, what is newer the newest."""
        begun = [era for era, (first, _) in ERAS.items() if first <= self.minor]
        return begun[-1] if begun else Semantics.CLASSIC

    def distance(self, other: Release) -> Distance:
        """How well another release stands in for this one: the least distance is the best.

        The same minor release does, and of several the nearest patch. Else one of the same era: registration, disable
        lists, lookups and the words of their errors change with the era alone, and so do the names of the plugins from
        2.2 to 2.3. Else one of the same major release, which words its log and names its settings alike. Among those
        the one with fewer minor releases between, before or after: 1.5 is nearer to 1.6, with which it shares the TOML
        library, than to 1.3. 2.0 follows 1.7. Of two at the same distance the older one, which lets expect nothing that
        came later.
        """
        return (
            other.minor != self.minor,
            other.era is not self.era,
            other.is_v2 is not self.is_v2,
            abs(other._step - self._step),
            other.minor > self.minor,
            abs(other.number[2] - self.number[2]),
            other.number > self.number,
            other.version,
        )

    def nearest(self, known: Iterable[Release]) -> Release:
        """Which of some releases stands in for this one, whatever their order. There has to be one."""
        return min(known, key=self.distance)

    @property
    def _step(self) -> int:
        """The place of its minor release in the row of all: 1.0 is 0, 1.7 is 7, 2.0 is 8."""
        last = ERAS[Semantics.V1][1][1]
        major, minor = self.minor
        if major < 2:
            return min(minor, last) if major else -1
        return last + 1 + (minor if major == 2 else 10_000)

    @property
    def is_v2(self) -> bool:
        """Whether it is 2.0 or later."""
        return self.number >= (2, 0)

    @property
    def max_version(self) -> int:
        """The newest version of the file format that it knows; 0 where files have no version (1.0 to 1.2)."""
        return 4 if self.number >= (2, 3) else 3 if self.is_v2 else 2 if self.number >= (1, 3) else 0

    @property
    def default_version(self) -> int:
        """The version of a configuration none of whose files names one."""
        return self.max_version if self.is_v2 else 1

    @property
    def toml(self) -> str:
        """Which TOML library reads its files: ``burntsushi``, ``v1`` or ``v2`` (the two of go-toml)."""
        return "v2" if self.is_v2 else "v1" if self.number >= (1, 5) else "burntsushi"

    @property
    def has_imports(self) -> bool:
        """Whether a file may import others."""
        return self.number >= (1, 3)

    @property
    def globs_follow_the_file(self) -> bool:
        """Relative import patterns start from the file that names them; before 1.7, from the working directory."""
        return self.number >= (1, 7)

    @property
    def refuses_newer_imports(self) -> bool:
        """An imported file may not have a higher version than the first."""
        return self.number >= (2, 3)

    @property
    def refuses_newer_versions(self) -> bool:
        """A version that it does not know is an error."""
        return self.is_v2 or self.number >= (1, 7, 17) or (1, 6, 32) <= self.number < (1, 7)

    @property
    def has_required(self) -> bool:
        """Whether it knows ``required_plugins``."""
        return self.number >= (1, 3)

    @property
    def has_disabled(self) -> bool:
        """Whether it knows ``disabled_plugins``."""
        return self.number >= (1, 1)

    @property
    def has_format(self) -> bool:
        """``debug.format``: text or json."""
        return self.number >= (1, 5)

    @property
    def proxy_types(self) -> dict[str, str]:
        """What ``type`` of a proxy plugin may say, and the plugin type that it means."""
        words = ["snapshot", "content"] if self.number >= (1, 2) else []
        if self.number >= (1, 7, 4):
            words.append("diff")
        if self.is_v2:
            words.append("sandbox")
        types = {word: f"io.containerd.{_SHORT[word]}" for word in words}
        return {**types, **{full: full for full in types.values()}}

    @property
    def proxies_have_meta(self) -> bool:
        """Proxy plugins may be given a platform, exports and capabilities."""
        return self.number >= (1, 7, 16) or (1, 6, 32) <= self.number < (1, 7)

    def uri_is_refused(self, text: str) -> bool:
        """Whether a file of version 2 or later may not name a plugin so."""
        if self.is_v2:
            return "." not in text
        if self.number >= (1, 7):
            return not text.startswith("io.containerd.") or text.count(".") < 3
        return text.count(".") < 3
