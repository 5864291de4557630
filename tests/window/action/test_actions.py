"""The actions: each has a handler, a menu and keys of its own, and waits for what it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.canvas.acting import overview
from tests.window.sample import Shown, manifest

from plugscope.window import MainWindow
from plugscope.window.action import ACTIONS, ActionId
from plugscope.window.controller import Controller

Show = Callable[[Any], Shown]


def _close_what_popped_up(window: MainWindow) -> None:
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            widget.close()


def test_every_deed_has_a_handler_a_menu_and_an_id_of_its_own(window: MainWindow) -> None:
    """Nothing in the table is for show."""
    owners = Counter(key for part in window.findChildren(Controller) for key in part.handlers)
    assert owners == Counter(spec.id for spec in ACTIONS)
    assert set(window.actions_by_id) == {spec.id for spec in ACTIONS}


def test_no_key_means_two_things() -> None:
    """An ambiguous shortcut does nothing at all; and the context menu's key is the platform's."""
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys
    assert "Shift+F10" not in keys


def test_what_needs_something_waits_for_it(window: MainWindow, show: Show) -> None:
    """Without a document only what needs none; a selection, steps and a run each open their own."""
    actions = window.actions_by_id
    assert {spec.id for spec in ACTIONS if actions[spec.id].isEnabled()} == {
        spec.id for spec in ACTIONS if not spec.needs
    }
    shown = show("example:teaching")
    assert actions[ActionId.EXPORT].isEnabled()
    assert not actions[ActionId.TOGGLE].isEnabled()
    assert not actions[ActionId.RUN].isEnabled()
    assert not actions[ActionId.UNDO].isEnabled()
    shown.document.select([0])
    assert actions[ActionId.TOGGLE].isEnabled()
    shown.act("toggle")
    assert actions[ActionId.UNDO].isEnabled()
    assert actions[ActionId.UNDO].text().startswith("Undo Disable ")
    shown.document.enable_all()
    shown.document.toggle(range(len(shown.document.catalog.entries)))
    assert not actions[ActionId.STEP].isEnabled()


def test_every_action_can_be_done_on_every_kind_of_document(
    qtbot: QtBot, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is enabled raises nothing: with a selection, with none, and where there is nothing at all."""
    from PySide6.QtWidgets import QFileDialog

    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr(QFileDialog, "exec", lambda *_: 0)
    for source in ("example:teaching", "example:cycle", manifest()):
        shown = show(source)
        for selection in ([], [0]):
            for spec in ACTIONS:
                if spec.id in ("quit", "reload", "run", "paste", "open_daemon"):
                    continue  # they end the document, or open another in its place
                if shown.document.catalog.entries:
                    shown.document.select(selection)
                if shown.window.actions_by_id[spec.id].isEnabled():
                    shown.window.actions_by_id[spec.id].trigger()
                QApplication.processEvents()
                _close_what_popped_up(shown.window)
        if shown.window.stack.currentWidget() is shown.window.welcome:
            shown.act("welcome")


def test_the_minimaps_check_mark_means_what_it_says(show: Show) -> None:
    """Also for the next document."""
    shown = show("catalog:containerd-2.3")
    action = shown.window.actions_by_id[ActionId.MINIMAP]
    assert action.isChecked()
    action.trigger()
    assert not overview(shown.pane.canvas).isVisible()
    again = show("catalog:containerd-2.1")
    assert not overview(again.pane.canvas).isVisible()
    action.trigger()
    assert overview(again.pane.canvas).isVisible()


def test_running_a_manifests_functions_is_asked_for_once(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """They are Python of the user's: nothing of it runs before the answer."""
    flag = tmp_path / "ran"
    (tmp_path / "parts.py").write_text(
        f"open({str(flag)!r}, 'w').close()\ndef start(ic):\n    return 1\n", "utf-8"
    )
    shown = show(manifest({"type": "t.v1", "id": "one", "init_fn": "parts:start"}))
    shown.act("run")
    assert not flag.exists()
    assert "Do you trust it?" in shown.window.notice.text.text()
    trust = next(b for b in shown.window.notice.findChildren(QPushButton) if b.text() == "Trust and run")
    with qtbot.waitSignal(shown.document.replay.recording_changed, timeout=20_000):
        trust.click()
    assert flag.exists()
    with qtbot.waitSignal(shown.document.replay.recording_changed, timeout=20_000):
        shown.act("run")


def test_another_document_ends_the_run_of_the_one_before(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """Its steps would be told of plugins that are no longer there."""
    (tmp_path / "slow.py").write_text("import time\ndef start(ic):\n    time.sleep(60)\n", "utf-8")
    shown = show(manifest({"type": "t.v1", "id": "one", "init_fn": "slow:start"}))
    shown.window.settings.trust(shown.document.source.text)
    shown.act("run")
    assert shown.window.controllers.replay.is_running
    show("example:teaching")
    qtbot.waitUntil(lambda: not shown.window.controllers.replay.is_running, timeout=8_000)


def test_replaced_documents_go(qtbot: QtBot, show: Show) -> None:
    """Opening a hundred files keeps one."""
    from plugscope.session import Document

    for _ in range(4):
        shown = show("example:teaching")
    qtbot.waitUntil(lambda: len(shown.window.findChildren(Document)) == 1, timeout=2_000)
