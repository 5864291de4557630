"""The canvas in its window: what its requests lead to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.sources.log.capture import log_of
from tests.window.sample import Shown

from plugscope.canvas import GraphCanvas
from plugscope.window import MainWindow
from plugscope.window.action import ActionId
from plugscope.window.widget.text import Label

Show = Callable[[Any], Shown]
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


def test_what_is_looked_at_stays_through_a_reload_and_another_boot(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    """The same part at the same zoom, with every card where it was; other plugins are shown from their beginning."""
    path = tmp_path / "boot.log"
    path.write_bytes(log_of("2.0.11/restart-fail-then-fixed"))
    window.resize(1200, 800)
    window.show()

    def opened(spec: Callable[[], object]) -> GraphCanvas:
        before = window.document
        spec()
        qtbot.waitUntil(lambda: window.document is not before and window.panels is not None, timeout=20_000)
        assert window.pane is not None
        return window.pane.canvas

    canvas = opened(lambda: window.opener.open(str(path)))
    qtbot.waitUntil(lambda: canvas.picture.kind == "dot", timeout=20_000)
    canvas.set_reduced_motion(True)
    canvas.zoom_to(1.5)
    view, places = canvas.view, canvas.picture.places
    for spec in (
        window.actions_by_id[ActionId.RELOAD].trigger,
        lambda: window.controllers.opening.open_boot(1),
    ):
        canvas = opened(spec)
        assert (canvas.view, canvas.picture.places) == (view, places)
        assert window.document is not None
        assert canvas.picture.graph.catalog is window.document.catalog
    assert opened(lambda: window.opener.open("example:teaching")).view.scale <= 1


def test_an_empty_source_says_that_it_is_empty(qtbot: QtBot, show: Show) -> None:
    """On the canvas as well, where one looks first; and one plugin is no plugins."""
    shown = show({"plugscope": 1, "plugin": []})

    def said(shown: Shown) -> list[bool]:
        return [one.isVisible() for one in shown.pane.findChildren(Label) if "no plugins" in one.text()]

    assert said(shown) == [True]
    shown = show({"plugscope": 1, "plugin": [{"type": "a.v1", "id": "one", "lookups": []}]})
    assert said(shown) == [False]
    assert shown.table.summary.text() == "1 plugin · 1 ok"
