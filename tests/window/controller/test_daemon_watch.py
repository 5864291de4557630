"""Watching the daemon that is open: what changed shows in place, and the window stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.canvas.acting import area_of
from tests.sources.daemon.captured import replies_of
from tests.sources.daemon.fake import INFO, PLUGINS, SERVER, VERSION, plugins_reply, serving, version_reply

from plugscope.session import Document, Flag, Look, SourceDocument
from plugscope.window import MainWindow
from plugscope.window.action import ActionId
from plugscope.window.canvas import CanvasPane
from plugscope.window.table import PluginTable
from plugscope.window.table.model import Column

NATIVE = "io.containerd.snapshotter.v1.native"
BOLT = "io.containerd.metadata.v1.bolt"
CRI = "io.containerd.grpc.v1.cri"


class Daemon:
    """A daemon on a socket that goes on as one captured case after the other."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "s"
        self.address = f"unix://{self.path}"
        self.case = "1.6.20/clean-default"
        self.says: bytes | None = None
        self._serving = serving(self.path, {})

    def reply(self) -> bytes:
        said = self.says or replies_of(self.case)[PLUGINS]
        assert isinstance(said, bytes)
        return said

    def begin(self) -> None:
        rest = replies_of("1.6.20/clean-default")
        replies = {
            PLUGINS: self.reply,
            SERVER: rest[SERVER],
            INFO: rest[INFO],
            VERSION: version_reply("1.6.20"),
        }
        self._serving = serving(self.path, replies)
        self._serving.__enter__()

    def end(self) -> None:
        self._serving.__exit__(None, None, None)
        self.path.unlink(missing_ok=True)


@pytest.fixture
def daemon() -> Iterator[Daemon]:
    with TemporaryDirectory(prefix="ps-") as folder:
        made = Daemon(Path(folder))
        made.begin()
        yield made
        made.end()


@pytest.fixture
def watched(qtbot: QtBot, window: MainWindow, daemon: Daemon) -> MainWindow:
    """A window on the daemon, which is being watched."""
    window.controllers.daemon_watch.interval = 20
    open_in(qtbot, window, daemon.address)
    window.actions_by_id[ActionId.WATCH_DAEMON].trigger()
    return window


def open_in(qtbot: QtBot, window: MainWindow, text: str, over: str = "") -> Document:
    before = window.document
    window.opener.open(text, over=over)
    qtbot.waitUntil(lambda: window.document is not before)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.panels is not None)
    return document_of(window)


def document_of(window: MainWindow) -> SourceDocument:
    document = window.document
    assert isinstance(document, SourceDocument)
    return document


def said(window: MainWindow) -> str:
    return window.notice.text.text() if not window.notice.isHidden() else ""


def at(window: MainWindow, uri: str) -> int:
    return document_of(window).plan.position[uri]


def test_only_a_daemon_can_be_watched_and_only_when_asked_for(
    qtbot: QtBot, window: MainWindow, daemon: Daemon
) -> None:
    """The action is there for daemons, and off until then."""
    action = window.actions_by_id[ActionId.WATCH_DAEMON]
    assert not action.isEnabled()
    open_in(qtbot, window, "catalog:containerd-1.6")
    assert not action.isEnabled()
    open_in(qtbot, window, daemon.address)
    assert action.isEnabled()
    assert action.isCheckable()
    assert not action.isChecked()


def test_a_daemon_that_is_laid_over_is_watched_too(
    qtbot: QtBot, window: MainWindow, daemon: Daemon, tmp_path: Path
) -> None:
    """What changed is marked over the configuration, whose lines stay; read again, it is watched on; alone, not."""
    config = tmp_path / "config.toml"
    config.write_text(f'version = 2\ndisabled_plugins = ["{BOLT}"]\n', "utf-8")
    action = window.actions_by_id[ActionId.WATCH_DAEMON]
    window.controllers.daemon_watch.interval = 20
    document = open_in(qtbot, window, str(config), daemon.address)
    action.trigger()
    assert action.isEnabled() and action.isChecked()
    daemon.case = "1.6.20/disabled-metadata"
    qtbot.waitUntil(lambda: said(window).startswith("23 plugins changed: metadata.bolt, "))
    assert document_of(window) is document
    assert at(window, BOLT) in document.marked
    causes = {cause.uri: cause.location for cause in document.diagnosis().root_causes}
    assert causes[BOLT] == f"{config}:2"
    window.actions_by_id[ActionId.RELOAD].trigger()
    qtbot.waitUntil(lambda: document_of(window) is not document)
    assert action.isChecked()
    daemon.case = "1.6.20/clean-default"
    qtbot.waitUntil(lambda: not document_of(window).disabled)
    open_in(qtbot, window, str(config))
    assert not action.isEnabled() and not action.isChecked()


def test_what_changed_is_shown_marked_and_said(qtbot: QtBot, watched: MainWindow, daemon: Daemon) -> None:
    """Card, table and causes tell of the failure; the notice names the plugin."""
    daemon.case = "1.6.20/file-at-native-root"
    qtbot.waitUntil(lambda: said(watched) == "1 plugin changed: snapshotter.native")
    native = at(watched, NATIVE)
    document = document_of(watched)
    assert document.marked == {native}
    assert watched.pane is not None
    state = watched.pane.canvas.scene.states[native]
    assert state & Flag.CHANGED
    assert state & 15 == Look.ERROR
    table = watched.docks["plugins"].widget()
    assert isinstance(table, PluginTable)
    assert table.model.text_of(native, Column.STATUS).endswith(" Δ")
    assert NATIVE in {cause.uri for cause in document.diagnosis().root_causes}


def test_several_changes_are_counted(qtbot: QtBot, watched: MainWindow, daemon: Daemon) -> None:
    """Three are named, that which the others follow from first, and how many more there are."""
    daemon.case = "1.6.20/disabled-metadata"
    qtbot.waitUntil(lambda: said(watched).startswith("23 plugins changed: metadata.bolt, "))
    assert said(watched).endswith(" and 20 more")
    assert said(watched).count(", ") == 2
    assert document_of(watched).plan.disabled_uris == [BOLT]


def settle(qtbot: QtBot, pane: CanvasPane) -> None:
    """Wait until the canvas glides no more."""
    seen = None
    while seen != (seen := area_of(pane.canvas)):
        qtbot.wait(300)


def test_everything_else_stays_as_it_was(qtbot: QtBot, watched: MainWindow, daemon: Daemon) -> None:
    """Selection, toggles with their undo, layout, zoom and the replay's cursor."""
    document, pane = document_of(watched), watched.pane
    assert pane is not None
    qtbot.waitUntil(lambda: pane.canvas.picture.kind == "dot", timeout=20_000)  # Graphviz's picture has come
    cri = at(watched, CRI)
    document.toggle([cri])
    document.select([at(watched, BOLT)])
    document.replay.go(5)
    pane.canvas.zoom_to(0.77)
    settle(qtbot, pane)
    picture, view = pane.canvas.picture, area_of(pane.canvas)
    chosen = [document.selection, document.toggled]
    daemon.case = "1.6.20/file-at-native-root"
    qtbot.waitUntil(lambda: bool(document.marked))
    assert document_of(watched) is document
    assert watched.pane is pane
    assert pane.canvas.picture is picture
    seen = area_of(pane.canvas)  # a notice takes of its height
    assert (seen.x, seen.y, seen.width) == (view.x, view.y, view.width)
    assert [document.selection, document.toggled] == chosen
    assert document.replay.cursor == 5
    assert cri in document.disabled
    document.undo_stack.undo()
    assert cri not in document.disabled


def test_marks_go_with_the_next_click_or_change(qtbot: QtBot, watched: MainWindow, daemon: Daemon) -> None:
    """Selecting something takes them off; the next change marks what changed then, and no more."""
    document = document_of(watched)
    daemon.case = "1.6.20/file-at-native-root"
    qtbot.waitUntil(lambda: bool(document.marked))
    document.select([at(watched, CRI)])
    assert not document.marked
    assert watched.pane is not None
    assert not any(state & Flag.CHANGED for state in watched.pane.canvas.scene.states)
    daemon.case = "1.6.20/disabled-metadata"
    qtbot.waitUntil(lambda: len(document.marked) > 20)
    daemon.case = "1.6.20/clean-default"
    qtbot.waitUntil(lambda: not document.disabled)
    assert at(watched, BOLT) in document.marked


def test_a_daemon_that_goes_is_told_and_so_is_its_return(
    qtbot: QtBot, watched: MainWindow, daemon: Daemon
) -> None:
    """What it had stays open; when it is back, watching goes on."""
    daemon.end()
    qtbot.waitUntil(lambda: said(watched).startswith("The daemon does not answer any more: "))
    assert said(watched).endswith("It is asked again from time to time.")
    assert "not containerd" not in said(watched)
    assert document_of(watched).plan.sequence
    daemon.begin()
    qtbot.waitUntil(lambda: said(watched) == "The daemon answers again.")
    daemon.case = "1.6.20/file-at-native-root"
    qtbot.waitUntil(lambda: "1 plugin changed" in said(watched))


def test_other_plugins_are_offered_to_be_opened_anew(
    qtbot: QtBot, watched: MainWindow, daemon: Daemon
) -> None:
    """Nothing is redrawn unasked; opened anew, the same daemon is watched on, and what was toggled stays so."""
    before = document_of(watched)
    before.toggle([at(watched, CRI)])
    daemon.case = "1.6.20/proxy-snapshotter-dead-socket"
    qtbot.waitUntil(lambda: said(watched) == "The daemon has other plugins by now (1 new).")
    assert document_of(watched) is before
    (button,) = [one for one in watched.notice.findChildren(QPushButton) if one.text() == "Open anew"]
    button.click()
    qtbot.waitUntil(lambda: document_of(watched) is not before)
    assert watched.actions_by_id[ActionId.WATCH_DAEMON].isChecked()
    assert at(watched, CRI) in document_of(watched).disabled
    daemon.case = "1.6.20/clean-default"
    qtbot.waitUntil(lambda: said(watched) == "The daemon has other plugins by now (1 gone).")


def test_what_a_daemon_calls_its_plugins_is_text(qtbot: QtBot, window: MainWindow, daemon: Daemon) -> None:
    """Markup, escapes and lines in an id and an error are shown as what they are, in one line."""
    nasty = "<b>x</b>\x1b[31m\n=cmd|' /C calc'!A0\u202e"
    plugin = {"type": "io.containerd.odd.v1", "id": nasty}
    daemon.says = plugins_reply(plugin)
    window.controllers.daemon_watch.interval = 20
    open_in(qtbot, window, daemon.address)
    window.actions_by_id[ActionId.WATCH_DAEMON].trigger()
    daemon.says = plugins_reply({**plugin, "init_err": {"code": 2, "message": nasty}})
    qtbot.waitUntil(lambda: "1 plugin changed" in said(window))
    assert "<b>x</b>" in said(window)
    assert not {"\x1b", "\n", "\u202e"} & set(said(window))
    assert window.notice.text.textFormat() == Qt.TextFormat.PlainText


def test_switched_off_it_is_not_asked_any_more(qtbot: QtBot, watched: MainWindow, daemon: Daemon) -> None:
    """Nor when something else is opened."""
    watched.actions_by_id[ActionId.WATCH_DAEMON].trigger()
    assert not watched.actions_by_id[ActionId.WATCH_DAEMON].isChecked()
    daemon.case = "1.6.20/file-at-native-root"
    qtbot.wait(200)
    assert not document_of(watched).marked
    daemon.case = "1.6.20/clean-default"
    watched.actions_by_id[ActionId.WATCH_DAEMON].trigger()
    open_in(qtbot, watched, "catalog:containerd-2.1")
    assert not watched.actions_by_id[ActionId.WATCH_DAEMON].isChecked()
    daemon.end()
    qtbot.wait(200)
    assert not said(watched)
    daemon.begin()
