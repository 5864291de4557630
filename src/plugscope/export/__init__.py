"""From a plan or a recording to files: plain values, SVG, DOT and what else people hand on."""

from .file import RENDER_SUFFIXES, render_file

__all__ = [
    "RENDER_SUFFIXES",
    "render_file",
]
