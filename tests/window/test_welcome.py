"""The start page offers what is shipped and what was open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.window.sample import Shown

from plugscope.window.table.model import Column
from plugscope.window.welcome import Welcome

Show = Callable[[Any], Shown]


def test_the_start_page_offers_what_is_shipped_and_what_was_open(qtbot: QtBot) -> None:
    """Each is one click."""
    page = Welcome()
    qtbot.addWidget(page)
    page.show_recent(["/home/me/a & b.toml", "/" + "deep/" * 30 + "c.toml"])
    asked: list[str] = []
    page.open_requested.connect(asked.append)
    buttons = {button.text(): button for button in page.findChildren(QPushButton)}
    buttons["containerd 2.3.4"].click()
    buttons["A web shop in Python"].click()
    buttons["/home/me/a && b.toml"].click()
    assert asked == ["catalog:containerd-2.3.4", "example:shop", "/home/me/a & b.toml"]
    page.show_recent([])
    QApplication.processEvents()
    assert not any(
        "a && b" in button.text() for button in page.findChildren(QPushButton) if button.isVisibleTo(page)
    )


def test_an_id_of_spaces_can_be_seen(show: Show) -> None:
    """On its card, in the table and in words."""
    shown = show({"plugscope": 1, "plugin": [{"type": "a.v1", "id": "   "}]})
    table = shown.table
    pane = shown.window.pane
    assert pane is not None
    assert pane.canvas.picture.graph.label(0) == "␣␣␣"
    assert table.model.text_of(0, Column.ID) == "␣␣␣"
