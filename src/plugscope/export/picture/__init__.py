"""TODO"""

from .picture import svg_text, write_pdf, write_png

__all__ = [
    "svg_text",
    "write_pdf",
    "write_png",
]
