"""The graph as SVG, PNG and PDF, from the picture that the canvas shows."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QPageSize, QPainter, QPdfWriter

from plugscope.boot import Recording
from plugscope.canvas import paint_picture, picture_size
from plugscope.layout import Picture
from plugscope.session import Theme, load_theme, look_of

from .svg import svg_of

_LONGEST_SIDE, _MOST_PIXELS = 16_000, 64_000_000
_LONGEST_PAGE = 14_400.0
"""Points: what a page of a PDF may be."""


def svg_text(recording: Recording, picture: Picture, theme: str) -> str:
    """The picture as SVG: real text, a title for each plugin, no scripts, nothing fetched."""
    return svg_of(recording, picture, _theme_of(theme, picture), _looks(recording))


def write_png(recording: Recording, picture: Picture, theme: str, path: Path, scale: float) -> None:
    """Write a PNG, ``scale`` pixels a unit; smaller where it would exceed 16,000 pixels a side, or 64 million."""
    _touch(path)
    _need_fonts()
    width, height = picture_size(picture)
    scale = min(
        scale, _LONGEST_SIDE / max(width, height, 1.0), (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5
    )
    image = QImage(QSize(max(int(width * scale), 1), max(int(height * scale), 1)), QImage.Format.Format_RGB32)
    image.fill(load_theme(theme).canvas)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, recording, picture, _theme_of(theme, picture), scale)
    painter.end()
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]  # the stub wants bytes for the format
        raise OSError(f"{path}: cannot be written")


def write_pdf(recording: Recording, picture: Picture, theme: str, path: Path) -> None:
    """Write a PDF of one page, as large as the picture, or as a page may be."""
    _touch(path)
    _need_fonts()
    width, height = picture_size(picture)
    scale = min(1.0, _LONGEST_PAGE / max(width, height, 1.0))
    writer = QPdfWriter(str(path))
    writer.setTitle(recording.plan.catalog.name)
    writer.setCreator("Plugscope")
    writer.setResolution(72)
    size = QSizeF(max(width * scale, 1.0), max(height * scale, 1.0))
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(f"{path}: cannot be written")
    _paint(painter, recording, picture, _theme_of(theme, picture), scale)
    painter.end()


def _theme_of(name: str, picture: Picture) -> Theme:
    """The theme that the window shows the picture in."""
    return load_theme(name).telling_apart(picture.graph.types)


def _touch(path: Path) -> None:
    """Raise the ``OSError`` that says why a file cannot be written: Qt only says that it cannot."""
    with path.open("ab"):
        pass


def _paint(painter: QPainter, recording: Recording, picture: Picture, theme: Theme, scale: float) -> None:
    paint_picture(painter, picture, _looks(recording), theme, scale=scale)


def _looks(recording: Recording) -> list[int]:
    return [int(look_of(recording, n)) for n in range(len(recording.plan.catalog.entries))]


def _need_fonts() -> None:
    """Fonts need an application object; the command line has none, and no screen is needed."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _kept.append(QGuiApplication(sys.argv[:1]))


_kept: list[QGuiApplication] = []
