"""Whether what is seen has the room it asks for; as a program, at the scale that the environment asks for."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QToolButton, QWidget
from tests.session.sample import read_now

from plugscope.session import Settings, load_theme
from plugscope.window import MainWindow

Cramped = list[tuple[str, str, int, int]]


def cramped(window: QWidget) -> Cramped:
    """The labels and buttons that are seen and smaller than they must be: kind, text, what they have and need."""
    found: Cramped = []
    for kind in (QLabel, QPushButton, QToolButton):
        for widget in window.findChildren(kind):
            if (
                not widget.isVisible()
                or widget.objectName().startswith("qt_")
                or widget.visibleRegion().isEmpty()
            ):
                continue
            needed = widget.minimumSizeHint()
            if isinstance(widget, QLabel):
                if not widget.text():
                    continue
                high = widget.heightForWidth(widget.width()) if widget.wordWrap() else needed.height()
            else:
                high = min(needed.height(), widget.sizeHint().height())
            wide = 0 if isinstance(widget, QLabel) and widget.wordWrap() else needed.width()
            if widget.width() < wide or widget.height() < high or not _inside(widget):
                found.append((kind.__name__, str(widget.property("text"))[:60], widget.width(), wide or high))
    return found


def _inside(widget: QWidget) -> bool:
    """Whether it lies within its parents; what scrolls may be anywhere."""
    area = widget.rect()
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        area = area.translated(widget.pos())
        if isinstance(parent.parentWidget(), QScrollArea):
            return parent.width() >= area.right()
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(area):
            return False
        widget, parent = parent, parent.parentWidget()
    return True


def main() -> int:
    """Open containerd at 1024 by 700 and tell what is cramped."""
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    with tempfile.TemporaryDirectory() as home:
        window = MainWindow(Settings(Path(home) / "settings.json"), load_theme("light"))
        window.resize(1024, 700)
        document = read_now(window.opener, "catalog:containerd-2.3")
        window.show_document(document)
        document.toggle([0])
        window.show()
        found: Cramped = []
        for selection in ([], [3]):
            document.select(selection)
            for _ in range(5):
                app.processEvents()
            found += cramped(window)
        print("ratio", window.devicePixelRatioF(), "cramped", len(found), *found)  # noqa: T201 - what it is for
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
