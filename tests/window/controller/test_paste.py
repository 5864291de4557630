"""Logs, configurations and the rest are opened from the clipboard, and by dropping text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.sources.log.capture import log_of
from tests.window.sample import Shown, source_document

from plugscope.session import SourceDocument
from plugscope.window import MainWindow
from plugscope.window.action import ActionId

Show = Callable[[Any], Shown]
LOG = log_of("1.6.20/metadb-is-directory").decode()


def pasted(qtbot: QtBot, window: MainWindow) -> SourceDocument:
    """What Paste opens, with its panels."""
    old = window.document
    window.actions_by_id[ActionId.PASTE].trigger()
    qtbot.waitUntil(lambda: window.document is not old and window.panels is not None, timeout=20_000)
    return source_document(window)


def put(text: str = "", *files: Path) -> None:
    data = QMimeData()
    if text:
        data.setText(text)
    if files:
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    QGuiApplication.clipboard().setMimeData(data)


def test_a_log_is_pasted_with_its_lines(qtbot: QtBot, window: MainWindow) -> None:
    """From the start page on; a cause leads to its line as it does in a file."""
    window.show_welcome()
    window.show()
    put(LOG)
    shown = Shown(window, pasted(qtbot, window))
    assert window.windowTitle().startswith("clipboard")
    window.controllers.view.show_location("clipboard:16")
    qtbot.waitUntil(lambda: shown.document.selection == {shown.at("io.containerd.metadata.v1.bolt")})
    assert shown.log.view.isVisible()


def test_files_and_names_of_sources_are_pasted_too(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """A file that a file manager copied, its path in a line, a catalog's name."""
    file = tmp_path / "boot.log"
    file.write_text(LOG, "utf-8")
    window.show()
    for text, files, source in (
        ("", [file], str(file)),
        ("catalog:containerd-2.1\n", [], "catalog:containerd-2.1"),
        (f" {file}\n", [], str(file)),
    ):
        put(text, *files)
        assert pasted(qtbot, window).source.text == source


def test_what_cannot_be_pasted_is_said(qtbot: QtBot, window: MainWindow) -> None:
    """An empty clipboard, and a text that is nothing; what is open stays open."""
    window.show()
    QGuiApplication.clipboard().clear()
    window.actions_by_id[ActionId.PASTE].trigger()
    assert "no text on the clipboard" in window.notice.text.text()
    put("lorem ipsum")
    window.actions_by_id[ActionId.PASTE].trigger()
    qtbot.waitUntil(lambda: window.notice.text.text().startswith("clipboard: "))


def test_a_field_that_is_typed_into_takes_the_text_itself(
    qtbot: QtBot, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+V means the field there."""
    shown = show("catalog:containerd-2.3")
    taken: list[object] = []
    monkeypatch.setattr(shown.window.opener, "open_text", taken.append)
    put("bolt")
    shown.table.filter_line.setFocus()
    qtbot.keyClick(shown.table.filter_line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (shown.table.filter_line.text(), taken) == ("bolt", [])
    shown.act("paste")
    assert taken == ["bolt"]


def test_a_pasted_configuration_is_nobody_s_file(qtbot: QtBot, window: MainWindow) -> None:
    """Its release can be chosen; what is toggled in it is written to a file that the user names, and to no other."""
    from plugscope.window.controller.config_change import own_file

    window.show()
    put('version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n')
    document = pasted(qtbot, window)
    assert document.release is not None and own_file(document) is None
    assert window.toolbar.release_choice.isVisible()
    assert window.toolbar.source_label.text() == "clipboard for"
    assert [found.location for found in document.diagnosis().root_causes] in ([], ["clipboard:2"])
    assert document.catalog.locations["io.containerd.grpc.v1.cri"] == "clipboard:2"
