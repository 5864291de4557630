"""A configuration says for which release it is read, and is read for another one when it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from tests.window.sample import Shown, source_document

from plugscope.window import MainWindow
from plugscope.window.toolbar import why
from plugscope.window.toolbar.release_choice import ASK
from plugscope.window.widget.text import Label

Show = Callable[[Any], Shown]

BOLT = "io.containerd.metadata.v1.bolt"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text("version = 2\n", "utf-8")
    return path


def choose(qtbot: QtBot, window: MainWindow, data: str) -> None:
    choice = window.toolbar.release_choice
    index = choice.findData(data)
    with qtbot.waitSignal(window.opener.opened, timeout=20_000):
        choice.setCurrentIndex(index)
        choice.activated.emit(index)


def test_only_a_configuration_has_a_choice(qtbot: QtBot, show: Show, config: Path) -> None:
    """The newest release that takes it stands there, and is named in the title's place."""
    assert not show("catalog:containerd-2.1").window.toolbar.release_choice.isVisible()
    shown = show(str(config))
    choice = shown.window.toolbar.release_choice
    qtbot.waitUntil(choice.isVisible)
    assert choice.currentText() == "containerd 2.3.4 (newest)"
    assert shown.window.toolbar.source_label.text() == "config.toml for"
    assert [choice.itemText(n) for n in (1, 7)] == ["containerd 2.3.4", "containerd 1.2.14"]


def test_another_release_is_read_and_the_toggles_stay(qtbot: QtBot, show: Show, config: Path) -> None:
    """And it is said who chose it."""
    shown = show(str(config))
    shown.document.toggle([shown.at(BOLT)])
    choose(qtbot, shown.window, "containerd-1.7.34")
    document = shown.window.document
    assert document is not None
    assert (document.catalog.version, source_document(shown.window).overrides()) == ("1.7.34", {BOLT: True})
    assert shown.window.toolbar.release_choice.currentText() == "containerd 1.7.34"
    assert why(document) == "Read as a configuration of containerd 1.7.34, which you chose."
    choose(qtbot, shown.window, "")
    assert shown.window.document is not None
    assert shown.window.document.catalog.version == "2.3.4"


def test_why_it_is_that_release_is_said_in_plain_words(qtbot: QtBot, show: Show, config: Path) -> None:
    """In the inspector, while nothing is selected, without a word of options."""
    shown = show(str(config))
    words = "Read as a configuration of containerd 2.3.4, the newest that takes it (it has version 2)."
    assert why(shown.document) == words
    assert words in {one.text() for one in shown.inspector.overview.findChildren(Label)}


def test_a_daemon_that_is_not_there_leaves_what_is_open(
    qtbot: QtBot, show: Show, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, and the choice stands where it stood."""
    shown = show(str(config))
    monkeypatch.setenv("PATH", str(tmp_path))
    choice = shown.window.toolbar.release_choice
    with qtbot.waitSignal(shown.window.opener.failed, timeout=20_000):
        choice.activated.emit(choice.findData(ASK))
    assert "none on PATH" in shown.window.notice.text.text()
    assert shown.window.document is shown.document
    assert choice.currentText() == "containerd 2.3.4 (newest)"


def test_what_the_daemon_answered_is_said(
    qtbot: QtBot, show: Show, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its version, and the release that stands in for it."""
    program = tmp_path / "containerd"
    program.write_text("#!/bin/sh\necho containerd c/c v2.2.0 abc\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    shown = show(str(config))
    choose(qtbot, shown.window, ASK)
    assert shown.window.document is not None
    told = why(shown.window.document)
    assert "the containerd on PATH is 2.2.0" in told and "containerd 2.1.9" in told
    assert shown.window.toolbar.release_choice.currentText() == "containerd 2.1.9"
