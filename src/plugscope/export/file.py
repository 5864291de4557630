"""Pictures and data to files, by suffix."""

from __future__ import annotations

import json
from pathlib import Path

from plugscope.boot import Recording
from plugscope.layout import Graph, Picture

from .shape import recording_shape

RENDER_SUFFIXES = (".svg", ".png", ".pdf", ".dot", ".json")


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
    if suffix == ".json":
        path.write_text(
            json.dumps(recording_shape(recording), ensure_ascii=False, indent=1, default=str), "utf-8"
        )
        return
    if suffix == ".dot":
        from .dot import dot_of

        path.write_text(dot_of(recording), "utf-8")
        return
    if picture is None:
        from plugscope.layout.host import best_picture

        picture = best_picture(Graph(recording.plan.catalog), resolved=resolved)
    from .picture import write_pdf, write_png, write_svg

    if suffix == ".svg":
        write_svg(recording, picture, theme, path)
    elif suffix == ".pdf":
        write_pdf(recording, picture, theme, path)
    else:
        write_png(recording, picture, theme, path, scale)
