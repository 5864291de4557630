"""What a release of containerd makes of a configuration file.

Facts: ``services/server/config/config.go`` and ``services/server/server.go`` of 1.x, ``cmd/containerd/server`` of 2.x,
and daemons of 1.2.14, 1.3.10, 1.6.20, 1.7.24, 2.0.11, 2.1.9 and 2.3.4.
"""

from __future__ import annotations

import re
from functools import cached_property

from msgspec import Struct

_SHORT = {
    "snapshot": "snapshotter.v1",
    "content": "content.v1",
    "diff": "differ.v1",
    "sandbox": "sandbox.controller.v1",
}


class Release(Struct, frozen=True, dict=True):
    """A release by its number. Each property is one rule of its code."""

    version: str

    @cached_property
    def number(self) -> tuple[int, ...]:
        """Its number, such as (1, 7, 34)."""
        digits = [int(part) for part in re.findall(r"\d+", self.version)[:3]]
        return tuple([*digits, 0, 0, 0][:3])

    @property
    def minor(self) -> tuple[int, ...]:
        """The first two parts of its number."""
        return self.number[:2]

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
