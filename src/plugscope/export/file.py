"""Pictures and data to files, by suffix: a format is a row of one of two tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plugscope.boot import Recording
from plugscope.layout import Graph, Picture


def render_file(
    recording: Recording,
    path: Path,
    *,
    theme: str = "light",
    resolved: bool = False,
    scale: float = 2.0,
    picture: Picture | None = None,
) -> None:
    """Write a recording's graph, or its data, in the format that the suffix names. Raises ``OSError``.

    ``picture``: the layout to draw; without one it is made here. ``theme``: the name of one. ``scale``: pixels a unit,
    for PNG. Raises ``KeyError`` for a suffix that is not in ``RENDER_SUFFIXES``.
    """
    suffix = path.suffix.lower()
    if suffix in _TEXTS:
        path.write_text(_TEXTS[suffix](recording), "utf-8")
        return
    if picture is None:
        from plugscope.layout import best_picture

        picture = best_picture(Graph(recording.plan.catalog), resolved=resolved)
    _PICTURES[suffix](recording, picture, theme, path, scale)


# Each format is imported when somebody asks for it: Qt and networkx come with some.


def _json(recording: Recording) -> str:
    from .text import json_text, recording_shape

    return json_text(recording_shape(recording), indent=1)


def _dot(recording: Recording) -> str:
    from .text import dot_of

    return dot_of(recording)


def _mermaid(recording: Recording) -> str:
    from .text import mermaid_of

    return mermaid_of(recording)


def _graphml(recording: Recording) -> str:
    from plugscope.boot.analysis import to_graphml

    return to_graphml(recording.plan.to_networkx())


def _svg(recording: Recording, picture: Picture, theme: str, path: Path, _: float) -> None:
    from .picture import svg_text

    path.write_text(svg_text(recording, picture, theme), "utf-8")


def _html(recording: Recording, picture: Picture, theme: str, path: Path, _: float) -> None:
    from .picture import svg_text
    from .text import page_of

    path.write_text(page_of(recording, svg_text(recording, picture, theme)), "utf-8")


def _pdf(recording: Recording, picture: Picture, theme: str, path: Path, _: float) -> None:
    from .picture import write_pdf

    write_pdf(recording, picture, theme, path)


def _png(recording: Recording, picture: Picture, theme: str, path: Path, scale: float) -> None:
    from .picture import write_png

    write_png(recording, picture, theme, path, scale)


_PICTURES: dict[str, Callable[[Recording, Picture, str, Path, float], None]] = {
    ".svg": _svg,
    ".png": _png,
    ".pdf": _pdf,
    ".html": _html,
}
"""What draws: given where things stand."""
_TEXTS: dict[str, Callable[[Recording], str]] = {
    ".dot": _dot,
    ".graphml": _graphml,
    ".mmd": _mermaid,
    ".json": _json,
}
"""What needs no layout of ours."""
RENDER_SUFFIXES = (*_PICTURES, *_TEXTS)
