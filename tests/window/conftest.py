"""Windows for tests: offscreen, with settings of their own, and closed at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.session.sample import read_now
from tests.window.sample import Shown

from plugscope.session import Settings, load_theme
from plugscope.window import MainWindow


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, settings_file: Path) -> Iterator[MainWindow]:
    """A window with nothing open yet."""
    qapp.setStyle("Fusion")
    made = MainWindow(Settings(settings_file), load_theme("light"))
    qtbot.addWidget(made)
    yield made
    made.close()
    qapp.setStyleSheet("")


@pytest.fixture
def show(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Callable[[Any], Shown]:
    """Shows a source, or a manifest given as plain values, in the window."""

    def shown(source: Any) -> Shown:
        if not isinstance(source, str):
            path = tmp_path / "plugins.json"
            path.write_text(json.dumps(source), "utf-8")
            source = str(path)
        document = read_now(window.opener, source)
        window.show_document(document)
        window.show()
        qtbot.waitExposed(window)
        return Shown(window, document)

    return shown
