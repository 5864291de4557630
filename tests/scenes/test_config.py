"""An operator changes a node's configuration: opened, looked at, toggled, written, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.window.sample import source_document

from plugscope.session import Settings, SourceDocument, load_theme
from plugscope.window import MainWindow
from plugscope.window.action import ActionId
from plugscope.window.dialog import ConfigDialog

pytestmark = pytest.mark.scene

CRI = "io.containerd.grpc.v1.cri"
BTRFS = "io.containerd.snapshotter.v1.btrfs"
TEXT = f"""# node 7
version = 2
imports = ["conf.d/*.toml"]
disabled_plugins = [
  "{BTRFS}", # no btrfs here
]
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "containerd"
    (folder / "conf.d").mkdir(parents=True)
    (folder / "conf.d" / "gc.toml").write_text("version = 2\n", "utf-8")
    path = folder / "config.toml"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, config: Path) -> Iterator[MainWindow]:
    qapp.setStyle("Fusion")
    made = MainWindow(Settings(tmp_path / "settings.json"), load_theme("light"))
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.opener.opened, timeout=20_000):
        made.opener.open(str(config), release="containerd-2.1.9")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def test_a_plugin_is_disabled_in_the_file_by_keys(qtbot: QtBot, window: MainWindow, config: Path) -> None:
    """D toggles, a key shows the change, Enter writes it: the file has it, the backup what it was; Undo undoes."""
    document = window.document
    assert isinstance(document, SourceDocument) and window.pane is not None
    document.select([document.plan.position[CRI]])
    window.pane.canvas.setFocus()
    qtbot.keyClick(window.pane.canvas, Qt.Key.Key_D)
    assert document.overrides() == {CRI: True}
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.pane.canvas, Qt.Key.Key_S, control_shift)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ConfigDialog)))
    (dialog,) = [one for one in window.findChildren(ConfigDialog) if one.isVisible()]
    assert config.read_text("utf-8") == TEXT, "nothing is written by looking"
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.document is not document)
    assert config.read_text("utf-8") == TEXT.replace("here\n", f'here\n  "{CRI}",\n')
    (backup,) = config.parent.glob("config.toml.bak-*")
    assert backup.read_text("utf-8") == TEXT
    now = window.document
    assert now is not None and now.toggled == frozenset()
    assert now.plan.disabled_uris == [BTRFS, CRI]
    assert not window.actions_by_id[ActionId.WRITE_CONFIG].isEnabled()
    qtbot.wait(400)  # the watch on the file has nothing to add
    assert window.document is now
    (undo,) = [one for one in window.notice.findChildren(QPushButton) if one.text() == "Undo"]
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.document is not now, timeout=10_000)
    assert config.read_text("utf-8") == TEXT
    assert not backup.exists()
    assert source_document(window).overrides() == {CRI: True}
