"""The Go structs that containerd's configurations are decoded into, release by release.

Made from the source by ``packaging/make_shapes.py``. A release that is not described takes the nearest one's, and
``exact`` says so: then a key that is missing here may be there.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from msgspec import Struct

from plugscope.installation import resource
from plugscope.sources.release import Release

_DESCRIBED = ("1.6.20", "1.7.24", "2.1.9", "2.3.4")


class Field(Struct, frozen=True, dict=True):
    """One key of a struct: the Go field's name and its type."""

    key: str
    name: str
    type: str


class Shape(Struct, frozen=True, dict=True):
    """All structs of a release. ``plugins``: each plugin's struct; ``top``: that of the file itself."""

    version: str
    exact: bool
    top: str
    plugins: dict[str, str]
    structs: dict[str, dict[str, Field]]
    defaults: dict[str, dict[str, Any]]

    def fields(self, struct: str) -> dict[str, Field] | None:
        """A struct's keys in the order of its fields; ``None`` if it is not described."""
        return self.structs.get(struct)


def shape_of(release: Release) -> Shape:
    """The description of a release, or of the nearest that there is."""
    nearest = release.nearest(map(Release, _DESCRIBED))
    return _read(nearest.version, nearest.minor == release.minor)


@cache
def _read(version: str, exact: bool) -> Shape:
    data = json.loads(resource("configs", f"containerd-{version}.json").read_text("utf-8"))
    base = _read(data["like"], exact) if "like" in data else Shape("", exact, "", {}, {}, {})
    structs = {
        name: {key: Field(key, *pair) for key, pair in fields.items()}
        for name, fields in data["structs"].items()
    }
    plugins = {uri: struct for uri, struct in {**base.plugins, **data["plugins"]}.items() if struct}
    return Shape(
        version,
        exact and "like" not in data,
        data.get("top") or base.top,
        plugins,
        {**base.structs, **structs},
        {**base.defaults, **data["defaults"]},
    )


def element(kind: str) -> str:
    """The type of a list's or map's elements."""
    return re.sub(r"^(\[\]|map\[\w+\])", "", kind)


def go_name(kind: str) -> str:
    """A type as Go prints it."""
    return (
        re.sub(r"@[^\s]*", "", kind).replace("any", "interface {}")
        if "any" in kind
        else kind.partition("@")[0]
    )
