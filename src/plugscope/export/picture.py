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
from plugscope.session.look import look_of
from plugscope.session.theme import Theme, load_theme

from .svg import svg_of

_MOST_PIXELS = 16_000


def svg_text(recording: Recording, picture: Picture, theme: str) -> str:
    """The picture as SVG: real text, a title for each plugin, no scripts, nothing fetched."""
    return svg_of(recording, picture, load_theme(theme), _looks(recording))


def write_png(recording: Recording, picture: Picture, theme: str, path: Path, scale: float) -> None:
    """Write a PNG, ``scale`` pixels a unit, smaller where it would exceed 16,000 pixels a side."""
    _need_fonts()
    width, height = picture_size(picture)
    scale = min(scale, _MOST_PIXELS / max(width, height, 1.0))
    image = QImage(QSize(max(int(width * scale), 1), max(int(height * scale), 1)), QImage.Format.Format_RGB32)
    image.fill(load_theme(theme).canvas)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, recording, picture, load_theme(theme), scale)
    painter.end()
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]  # the stub wants bytes for the format
        raise OSError(f"{path}: cannot be written")


def write_pdf(recording: Recording, picture: Picture, theme: str, path: Path) -> None:
    """Write a PDF of one page, as large as the picture."""
    _need_fonts()
    width, height = picture_size(picture)
    if not os.access(path.parent, os.W_OK):
        raise OSError(f"{path}: cannot be written")
    writer = QPdfWriter(str(path))
    writer.setTitle(recording.plan.catalog.name)
    writer.setCreator("Plugscope")
    writer.setResolution(72)
    size = QSizeF(max(width, 1.0), max(height, 1.0))
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(f"{path}: cannot be written")
    _paint(painter, recording, picture, load_theme(theme), 1.0)
    painter.end()


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
