"""What is said while something is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.window.sample import Shown

Show = Callable[[Any], Shown]


def test_what_takes_its_time_can_be_given_up(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """Whatever it is: a module whose import hangs as well. What was open before stays."""
    shown = show("example:teaching")
    window = shown.window
    path = tmp_path / "slow.py"
    path.write_text("import time\ntime.sleep(60)\n", "utf-8")
    window.settings.trust(str(path))
    window.controllers.opening._patience.setInterval(50)
    window.opener.open(str(path))
    qtbot.waitUntil(lambda: window.notice.isVisible() and window.notice.is_progress, timeout=5_000)
    assert "slow.py" in window.notice.text.text()
    (cancel,) = (button for button in window.notice.findChildren(QPushButton) if button.text() == "Cancel")
    with qtbot.waitSignal(window.opener.cancelled):
        cancel.click()
    assert not window.notice.isVisible()
    assert window.document is shown.document


def test_what_is_open_at_once_says_nothing(qtbot: QtBot, show: Show) -> None:
    """No bar comes and goes."""
    shown = show("example:teaching")
    with qtbot.waitSignal(shown.window.opener.opened, timeout=10_000):
        shown.window.opener.open("example:luck")
    assert shown.window.notice.isHidden()
    assert not shown.window.controllers.opening._patience.isActive()
