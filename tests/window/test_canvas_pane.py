"""The canvas in its window: what its requests lead to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from .sample import Opened

Show = Callable[[Any], Opened]
LEFT = Qt.MouseButton.LeftButton


def test_a_double_click_and_return_bring_a_plugin_near(qtbot: QtBot, show: Show) -> None:
    """As they do in the table."""
    shown = show("catalog:containerd-2.3")
    canvas = shown.pane.canvas
    canvas.set_reduced_motion(True)
    bolt = shown.at("io.containerd.metadata.v1.bolt")
    canvas.fit()
    far = canvas.view.scale
    QTest.mouseDClick(canvas, LEFT, pos=canvas.rect_of(bolt).center())
    assert canvas.view.scale > far
    canvas.fit()
    shown.document.select([bolt])
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert canvas.view.scale > far
