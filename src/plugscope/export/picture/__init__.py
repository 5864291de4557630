"""A graph as an image: SVG written by hand, PNG and PDF painted as the canvas paints."""

from .picture import svg_text, write_pdf, write_png

__all__ = [
    "svg_text",
    "write_pdf",
    "write_png",
]
