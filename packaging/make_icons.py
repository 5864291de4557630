"""Draw the app icon in the sizes that desktops want, from its SVG, into packaging/linux/icons."""

import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "resources" / "icons" / "app"
THEME = ROOT / "packaging" / "linux" / "icons" / "hicolor"
NAME = "org.plugscope.Plugscope"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
# Up to here the drawing on the pixel grid is the clearer one.
SMALL = 24


def draw(size: int) -> QImage:
    """The icon at ``size`` x ``size`` pixels."""
    name = "plugscope-small.svg" if size <= SMALL else "plugscope.svg"
    renderer = QSvgRenderer(str(SOURCES / name))
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def main() -> int:
    """Write every size, and the SVG itself, where a freedesktop icon theme looks for them."""
    application = QGuiApplication(sys.argv)
    for size in SIZES:
        folder = THEME / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True, exist_ok=True)
        if not draw(size).save(str(folder / f"{NAME}.png")):
            return 1
    scalable = THEME / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SOURCES / "plugscope.svg", scalable / f"{NAME}.svg")
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
