"""The keys of a bar that shows where a replay is: where each of them leads."""

from __future__ import annotations

from PySide6.QtCore import Qt


def cursor_for(key: int, cursor: int, total: int) -> int | None:
    """Where a key leads from a cursor in a recording of so many steps; ``None`` if it leads nowhere."""
    return {
        Qt.Key.Key_Left: cursor - 1,
        Qt.Key.Key_Right: cursor + 1,
        Qt.Key.Key_Home: 0,
        Qt.Key.Key_End: total,
        Qt.Key.Key_PageUp: cursor - 10,
        Qt.Key.Key_PageDown: cursor + 10,
    }.get(Qt.Key(key))
