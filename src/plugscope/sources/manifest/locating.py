"""Where in a manifest plugins stand: looked for only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable

from plugscope.boot import Catalog

from .position import line_finder


def locate(catalog: Catalog, positions: Iterable[int], data: bytes, form: str, location: str) -> None:
    """Fill in ``Entry.location`` of these, as far as the text tells."""
    lines = line_finder(data, form)
    for position in positions:
        line = lines(("plugin", position))
        if line is not None:
            catalog.entries[position].location = f"{location}:{line}"
