"""The graph as SVG, PNG and PDF: a recording, a picture (where things stand) and a theme's name go in.

PNG and PDF are painted by the canvas's own painter (``picture``); SVG is written by hand from the same geometry
(``svg``), so that every card keeps its name and its text.
"""

from .picture import svg_text, write_pdf, write_png

__all__ = [
    "svg_text",
    "write_pdf",
    "write_png",
]
