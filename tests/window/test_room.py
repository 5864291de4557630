"""Room for every text at every size and scale, and names for who does not see them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot
from tests.window.room import cramped
from tests.window.sample import Shown

from plugscope.window import MainWindow

Show = Callable[[Any], Shown]


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
