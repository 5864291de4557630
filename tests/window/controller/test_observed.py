"""What happened, laid over what is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from tests.sources.log.capture import log_of
from tests.window.sample import Shown

from plugscope.boot import DiagnosticCode
from plugscope.session import Document
from plugscope.window import MainWindow
from plugscope.window.action import ActionId
from plugscope.window.comparison import CompareDialog
from plugscope.window.problems.model import Column

Show = Callable[[Any], Shown]
BOLT = "io.containerd.metadata.v1.bolt"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(f'version = 2\n\ndisabled_plugins = ["{BOLT}"]\n', "utf-8")
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "boot.log"
    path.write_bytes(log_of("2.0.11/disabled-metadata"))
    return path


def shown_after(window: MainWindow, before: Document | None) -> bool:
    """Whether another document is shown, with its panels."""
    return window.document is not before and window.panels is not None


def lay_over(qtbot: QtBot, shown: Shown, text: str) -> Document:
    """What File, What happened… does."""
    before = shown.window.document
    shown.act("observe")
    dialog = shown.window.findChild(CompareDialog)
    assert dialog is not None
    dialog.source.setEditText(text)
    dialog.go.click()
    qtbot.waitUntil(partial(shown_after, shown.window, before), timeout=20_000)
    assert shown.window.document is not None
    return shown.window.document


def test_a_log_is_laid_over_its_configuration(qtbot: QtBot, show: Show, config: Path, log: Path) -> None:
    """Read as the boot's release; the cause stands on the file's line, the victims on the log's."""
    shown = show(str(config))
    document = lay_over(qtbot, shown, str(log))
    assert document.catalog.version == "2.0.11" and document.release == "containerd-2.0.11"
    assert shown.window.settings.release_in(str(config)) == "", "it was not chosen"
    assert document.observed is not None and document.log is not None
    shown.window.show_dock("problems")
    model = shown.problems.model
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    cause = model.index(0, Column.WORDS)
    assert cause.data().startswith("metadata.bolt takes 32 along")
    assert model.index(0, Column.LOCATION).data() == "config.toml:3"
    assert model.index(0, Column.LOCATION, cause).data() == "line 19"
    assert shown.window.windowTitle().startswith("config.toml for containerd 2.0.11 ← boot.log")


def test_it_stays_laid_over_through_a_reload(qtbot: QtBot, show: Show, config: Path, log: Path) -> None:
    """And through another release, which is then the user's choice; a log that is open by itself says what happened."""
    shown = show(str(config))
    laid = lay_over(qtbot, shown, str(log))
    shown.act("reload")
    qtbot.waitUntil(partial(shown_after, shown.window, laid), timeout=20_000)
    before = shown.window.document
    assert before is not None and before.over == str(log)
    shown.window.controllers.opening.open_release("containerd-2.1.9")
    qtbot.waitUntil(partial(shown_after, shown.window, before), timeout=20_000)
    document = shown.window.document
    assert document is not None and (document.over, document.release) == (str(log), "containerd-2.1.9")
    assert not show(str(log)).window.actions_by_id[ActionId.OBSERVE].isEnabled()


def test_a_silent_log_leaves_the_prediction(qtbot: QtBot, show: Show, config: Path, tmp_path: Path) -> None:
    """As the release that was chosen the last time, with a word on it."""
    empty = tmp_path / "empty.log"
    empty.write_bytes(b"")
    shown = show(str(config))
    shown.window.settings.set_release_in(str(config), "containerd-1.7.34")
    document = lay_over(qtbot, shown, str(empty))
    assert document.catalog.version == "1.7.34"
    assert any(found.code is DiagnosticCode.OBSERVED_SILENT for found in document.catalog.diagnostics)


def test_what_tells_of_no_boot_is_refused(qtbot: QtBot, show: Show, config: Path) -> None:
    """In words; what is open stays open."""
    shown = show(str(config))
    shown.window.controllers.opening._observe("catalog:containerd-2.1", -1)
    qtbot.waitUntil(lambda: "tells of no boot that happened" in shown.window.notice.text.text())
    assert shown.window.document is shown.document
