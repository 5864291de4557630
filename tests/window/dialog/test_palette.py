"""The command palette: ranked, and worked with keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.window.sample import Shown

from plugscope.window.dialog import Offer, Palette

Show = Callable[[Any], Shown]


def test_the_palette_ranks_and_is_worked_with_keys(qtbot: QtBot) -> None:
    """Whole names first, then beginnings, then parts; arrows choose, return does, and once."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(800, 600)
    done: list[str] = []
    names = ("grpc.cri", "cri", "a cri", "cricket", "micrite", "other")
    offers = [Offer(name, "", lambda name=name: done.append(name)) for name in names]  # type: ignore[misc]
    palette = Palette(offers, parent)
    palette.show()
    qtbot.keyClicks(palette.line, "CRI")
    shown = [palette.list.item(row).text() for row in range(palette.list.count())]
    assert shown == ["cri", "cricket", "grpc.cri", "a cri", "micrite"]
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert done == ["cricket"]


def test_what_is_typed_anywhere_in_the_palette_is_typed_into_its_line(qtbot: QtBot, show: Show) -> None:
    """Keys come to the popup, which is no active window: it has to pass them on by itself."""
    shown = show("catalog:containerd-2.3")
    shown.act("palette")
    palette = next(p for p in shown.window.findChildren(Palette) if p.isVisible())
    handle = palette.windowHandle()
    for key in (Qt.Key.Key_B, Qt.Key.Key_O, Qt.Key.Key_L):
        QTest.keyClick(handle, key)
    assert palette.line.text() == "bol"
    QTest.keyClick(handle, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    QTest.keyClick(handle, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown.window.findChildren(Palette), timeout=2_000)


@pytest.mark.parametrize(("typed", "found"), [("brkpt", ["To breakpoint"]), ("zzz", [])])
def test_the_palette_takes_letters_for_words_and_says_when_there_is_nothing(
    qtbot: QtBot, typed: str, found: list[str]
) -> None:
    """Where nothing has the words, the letters in their order will do; Return on nothing does nothing."""
    parent = QWidget()
    qtbot.addWidget(parent)
    done: list[str] = []
    offers = [Offer(name, "F8", partial(done.append, name)) for name in ("To breakpoint", "Step")]
    palette = Palette(offers, parent)
    palette.show()
    qtbot.keyClicks(palette.line, typed)
    if not found:
        assert palette.list.item(0).text() == "Nothing is called that"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert done == found
    palette.close()


def test_the_palette_goes_to_a_plugin_and_leaves_nothing(qtbot: QtBot, show: Show) -> None:
    """By name; closed palettes do not pile up behind the window."""
    shown = show("catalog:containerd-2.3")
    for _ in range(3):
        shown.act("palette")
        palette = next(p for p in shown.window.findChildren(Palette) if p.isVisible())
        qtbot.keyClicks(palette.line, "metadata.bolt")
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert shown.document.selection == {shown.at("io.containerd.metadata.v1.bolt")}
    qtbot.waitUntil(lambda: not shown.window.findChildren(Palette), timeout=2_000)
