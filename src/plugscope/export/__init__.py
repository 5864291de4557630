"""A recording to a file: ``render_file`` takes the format from the suffix.

``text`` makes what needs no drawing (JSON, DOT, Mermaid, HTML, Markdown, SARIF) and imports no Qt; ``picture`` draws
SVG, PNG and PDF as the canvas shows them.
"""

from .file import RENDER_SUFFIXES, render_file

__all__ = [
    "RENDER_SUFFIXES",
    "render_file",
]
