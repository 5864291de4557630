"""The window as a whole: actions, themes, dropping, memory, and room for everything at every size."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import PySide6
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from tests.session.sample import read_now

from plugscope.session import Settings, load_theme
from plugscope.session.theme import THEME_NAMES
from plugscope.window import MainWindow
from plugscope.window.action import ACTIONS, ActionId
from plugscope.window.controller import Controller

from .room import cramped
from .sample import Shown, manifest, source_document

Show = Callable[[Any], Shown]


# Actions


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


def _close_what_popped_up(window: MainWindow) -> None:
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            widget.close()


def test_the_minimaps_check_mark_means_what_it_says(show: Show) -> None:
    """Also for the next document."""
    shown = show("catalog:containerd-2.3")
    action = shown.window.actions_by_id[ActionId.MINIMAP]
    assert action.isChecked()
    action.trigger()
    assert not shown.pane.canvas._minimap.isVisible()
    again = show("catalog:containerd-2.1")
    assert not again.pane.canvas._minimap.isVisible()
    action.trigger()
    assert again.pane.canvas._minimap.isVisible()


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


# Themes


@pytest.mark.parametrize("name", THEME_NAMES)
def test_the_theme_changes_at_run_time_everywhere(qtbot: QtBot, show: Show, name: str) -> None:
    """Panels, canvas and icons: the picture's ground is the theme's, and its text can be read."""
    shown = show("example:teaching")
    shown.document.select([0])
    theme = load_theme(name)
    shown.window.set_theme(theme)
    QApplication.processEvents()
    image = shown.window.grab().toImage()
    table = shown.table.view
    corner = table.mapTo(shown.window, QPoint(table.width() // 2, table.height() - 3))
    assert image.pixelColor(corner).name() == theme.panel.name()
    canvas = shown.pane.canvas
    corner = canvas.mapTo(shown.window, QPoint(canvas.width() - 6, 6))
    assert image.pixelColor(corner).name() == theme.canvas.name()


# Dropping


def _entering(actions: Qt.DropAction, data: QMimeData) -> QDragEnterEvent:
    """A drag that comes in over the window's (50, 50) with the left button held."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    # Qt 6.12 takes the place as a QPointF and warns of a QPoint, which is all that 6.11 takes.
    place: Any = QPointF(50, 50) if PySide6.__version_info__ >= (6, 12) else QPoint(50, 50)
    return QDragEnterEvent(place, actions, data, left, none)


def _dropped(window: MainWindow, *urls: QUrl) -> bool:
    data = QMimeData()
    data.setUrls(list(urls))
    none = Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    enter = _entering(Qt.DropAction.CopyAction, data)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(
            window, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none)
        )
    return enter.isAccepted()


def test_a_file_that_is_dragged_to_be_moved_stays_where_it_is(window: MainWindow, tmp_path: Path) -> None:
    """It is only looked at: a file manager deletes what it is told was moved."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.toml"))])
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = _entering(actions, data)
    enter.setDropAction(Qt.DropAction.MoveAction)
    drop = QDropEvent(QPointF(50, 50), actions, data, left, none)
    drop.setDropAction(Qt.DropAction.MoveAction)
    for event in (enter, drop):
        QApplication.sendEvent(window, event)
        assert event.isAccepted()
        assert event.dropAction() is Qt.DropAction.CopyAction


def test_a_dropped_file_is_opened(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """One of ours; what is on the web is not taken."""
    path = tmp_path / "größe & co.toml"
    path.write_text('plugscope = 1\n[[plugin]]\ntype = "t.v1"\nid = "one"\n', "utf-8")
    assert not _dropped(window, QUrl("https://example.com/x.toml"))
    with qtbot.waitSignal(window.opener.opened, timeout=10_000):
        assert _dropped(window, QUrl.fromLocalFile(str(path)))
    assert window.document is not None
    assert window.document.source.text == str(path)


def test_of_several_dropped_files_one_is_chosen(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """One is opened at a time, and it is not for the program to say which."""
    paths = [tmp_path / f"{name}.toml" for name in "abcd"]
    for path in paths:
        path.write_text('plugscope = 1\n[[plugin]]\ntype = "t.v1"\nid = "one"\n', "utf-8")
    assert _dropped(window, *(QUrl.fromLocalFile(str(path)) for path in paths))
    assert "4 files were dropped" in window.notice.text.text()
    choices = {button.text(): button for button in window.notice.findChildren(QPushButton)}
    assert list(choices) == ["Open a.toml", "Open b.toml", "Open c.toml"]
    with qtbot.waitSignal(window.opener.opened, timeout=10_000):
        choices["Open b.toml"].click()
    assert window.document is not None
    assert window.document.source.text == str(paths[1])


# Memory


def test_panels_hide_come_back_and_are_remembered(qtbot: QtBot, show: Show, settings_file: Path) -> None:
    """Through the start page, and through a restart; sizes as well."""
    shown = show("example:teaching")
    docks = shown.window.docks
    docks["legend"].hide()
    shown.act("welcome")
    assert all(dock.isHidden() for dock in docks.values())
    shown.act("welcome")
    assert docks["legend"].isHidden()
    assert not docks["plugins"].isHidden()
    shown.window.resizeDocks([docks["inspector"]], [420], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    wide = docks["inspector"].width()
    assert wide > 400
    shown.window.close()
    again = MainWindow(Settings(settings_file), load_theme("light"))
    qtbot.addWidget(again)
    document = read_now(again.opener, "example:teaching")
    again.show_document(document)
    again.show()
    qtbot.waitExposed(again)
    assert again.docks["legend"].isHidden()
    assert abs(again.docks["inspector"].width() - wide) < 20
    again.docks["legend"].toggleViewAction().trigger()
    assert not again.docks["legend"].isHidden()
    again.close()


def test_panels_from_a_larger_screen_leave_the_canvas_its_room(
    qtbot: QtBot, show: Show, settings_file: Path
) -> None:
    """The screen of the last time is gone: what was wide there would cover all of this one."""
    shown = show("example:teaching")
    docks = shown.window.docks
    shown.window.resize(3000, 1600)
    QApplication.processEvents()
    shown.window.resizeDocks([docks["plugins"], docks["inspector"]], [900, 900], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    shown.window.close()
    again = MainWindow(Settings(settings_file), load_theme("light"))
    qtbot.addWidget(again)
    again.resize(1024, 700)
    again.show_document(read_now(again.opener, "example:teaching"))
    again.show()
    qtbot.waitUntil(lambda: again.pane is not None and again.pane.canvas.width() > 256, timeout=2_000)
    again.close()


def test_strange_settings_do_not_keep_it_from_starting(qtbot: QtBot, settings_file: Path) -> None:
    """Values of other types are passed over."""
    settings_file.parent.mkdir(parents=True)
    settings_file.write_text(
        '{"hidden_docks": 5, "window_state": "!!", "geometry": [], "theme": {}, "folder": 3, "toggled": 1}',
        "utf-8",
    )
    window = MainWindow(Settings(settings_file), load_theme("light"))
    qtbot.addWidget(window)
    document = read_now(window.opener, "example:teaching")
    window.show_document(document)
    assert not window.docks["plugins"].isHidden()
    window.close()


def test_toggles_are_remembered_when_another_source_is_opened(show: Show) -> None:
    """Not only when the window is closed."""
    shown = show("example:teaching")
    shown.document.toggle([0])
    overrides = shown.document.overrides()
    show("example:cycle")
    assert show("example:teaching").document.overrides() == overrides


def test_a_changed_manifest_is_read_again_and_keeps_what_was_toggled(qtbot: QtBot, show: Show) -> None:
    """Edit, save, and see."""
    shown = show(manifest({"type": "t.v1", "id": "one"}, {"type": "t.v1", "id": "two"}))
    shown.document.toggle([1])
    path = Path(shown.document.source.text)
    with qtbot.waitSignal(shown.window.opener.opened, timeout=10_000):
        path.write_text(path.read_text("utf-8").replace('"one"', '"first"'), "utf-8")
    assert shown.window.document is not None
    assert [entry.uri for entry in shown.window.document.catalog.entries] == ["t.v1.first", "t.v1.two"]
    assert source_document(shown.window).overrides() == {"t.v1.two": True}


# Room


@pytest.mark.parametrize("size", [(1024, 700), (1360, 860)])
@pytest.mark.parametrize("source", ["catalog:containerd-2.3", "example:cycle", "welcome"])
def test_no_text_is_clipped(
    qtbot: QtBot, show: Show, window: MainWindow, size: tuple[int, int], source: str
) -> None:
    """Every label and button that is seen has the room that it asks for."""
    if source == "welcome":
        window.show_welcome()
        window.show()
        window.resize(*size)
    else:
        shown = show(source)
        window.resize(*size)
        shown.document.toggle([0])
        for selection in ([], [1]):
            shown.document.select(selection)
            for page in range(shown.inspector.tabs.count()):
                shown.inspector.tabs.setCurrentIndex(page)
                qtbot.wait(10)
                assert cramped(window) == []
    qtbot.wait(20)
    assert (window.width(), window.height()) == size
    assert cramped(window) == []


@pytest.mark.parametrize("factor", ["1.5", "2"])
def test_no_text_is_clipped_on_a_fine_screen(factor: str) -> None:
    """In a process of its own: a scale holds for a whole program."""
    environment = {**os.environ, "QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen"}
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.window.room"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == ["ratio", str(float(factor)), "cramped", "0"]


def test_labels_and_buttons_have_names_for_who_does_not_see_them(show: Show) -> None:
    """What shows only an icon says its name."""
    shown = show("example:outage")
    shown.document.toggle([0])
    for button in shown.window.findChildren(QAbstractButton):
        if button.isVisibleTo(shown.window) and not button.objectName().startswith("qt_"):
            assert button.text() or button.accessibleName() or button.toolTip(), button
    assert all(isinstance(found.text(), str) for found in shown.window.findChildren(QLabel))


@pytest.mark.parametrize(
    ("action", "path"), [("copy_report", "/srv/db/meta.db"), ("copy_masked_report", "<path>")]
)
def test_the_causes_are_copied_as_they_are_or_masked(show: Show, action: str, path: str) -> None:
    """Masked for whoever asks in public."""
    init = {"outcome": "error", "message": "open /srv/db/meta.db: is a directory"}
    shown = show({"plugscope": 1, "plugin": [{"type": "a.v1", "id": "x", "init": init}]})
    shown.act(action)
    text = QGuiApplication.clipboard().text()
    assert "a.v1.x" in text
    assert path in text
    assert ("/srv/db" in text) == (action == "copy_report")
