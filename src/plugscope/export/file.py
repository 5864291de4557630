"""Pictures and data to files, by suffix."""

from __future__ import annotations

from pathlib import Path

from plugscope.boot import Recording
from plugscope.layout import Graph, Picture

RENDER_SUFFIXES = (".svg", ".png", ".pdf", ".dot", ".graphml", ".mmd", ".html", ".json")


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

    ``picture``: the layout to draw; without one it is made here. ``scale``: pixels a unit, for PNG.
    """
    suffix = path.suffix.lower()
    if suffix in (".json", ".dot", ".graphml", ".mmd"):
        path.write_text(_text_of(recording, suffix), "utf-8")
        return
    if picture is None:
        from plugscope.layout import best_picture

        picture = best_picture(Graph(recording.plan.catalog), resolved=resolved)
    from .picture import svg_text, write_pdf, write_png

    if suffix == ".svg":
        path.write_text(svg_text(recording, picture, theme), "utf-8")
    elif suffix == ".html":
        from .text import page_of

        path.write_text(page_of(recording, svg_text(recording, picture, theme)), "utf-8")
    elif suffix == ".pdf":
        write_pdf(recording, picture, theme, path)
    else:
        write_png(recording, picture, theme, path, scale)


def _text_of(recording: Recording, suffix: str) -> str:
    """What needs no layout of ours."""
    if suffix == ".json":
        from .text import json_text, recording_shape

        return json_text(recording_shape(recording), indent=1)
    if suffix == ".dot":
        from .text import dot_of

        return dot_of(recording)
    if suffix == ".mmd":
        from .text import mermaid_of

        return mermaid_of(recording)
    from plugscope.boot.analysis import to_graphml

    return to_graphml(recording.plan.to_networkx())
