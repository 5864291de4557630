"""The inspector shows a plugin's configuration in force, and the list of problems what a configuration's lines do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot
from tests.window.sample import Shown

from plugscope.session import load_theme
from plugscope.window.inspector.facts import PAGES
from plugscope.window.problems import Problems
from plugscope.window.problems.model import Column
from plugscope.window.widget.text import Label

Show = Callable[[Any], Shown]

GC = "io.containerd.gc.v1.scheduler"
TEXT = f"""version = 2
imports = ["10-more.toml"]
disabled_plugins = ["cri"]
oom_scores = 1
[plugins."{GC}"]
  pause_threshold = 0.5
  pause = 2
"""
MORE = f'version = 2\n[plugins."{GC}"]\n  startup_delay = "1ms"\n'


@pytest.fixture
def shown(show: Show, tmp_path: Path) -> Shown:
    (tmp_path / "10-more.toml").write_text(MORE, "utf-8")
    path = tmp_path / "config.toml"
    path.write_text(TEXT, "utf-8")
    opened = show("catalog:containerd-2.1")
    opened.window.settings.set_release_in(str(path), "containerd-2.1.9")
    return show(str(path))


def config_page(shown: Shown, uri: str) -> tuple[list[str], list[QPlainTextEdit]]:
    shown.document.select([shown.at(uri)])
    number = PAGES.index("Config")
    shown.inspector.tabs.setCurrentIndex(number)
    QApplication.processEvents()
    page = shown.inspector.pages[number]
    texts = [one.text() for one in page.findChildren(Label) if one.isVisibleTo(page)]
    return texts, [one for one in page.findChildren(QPlainTextEdit) if one.isVisibleTo(page)]


def lines_of(box: QPlainTextEdit) -> list[str]:
    """As they are copied."""
    box.selectAll()
    return box.createMimeDataFromSelection().text().split("\n")


def test_each_value_has_its_line_and_defaults_stand_apart(shown: Shown) -> None:
    """In whichever file it was set; what is ignored is marked, named and told of."""
    texts, boxes = config_page(shown, GC)
    assert [text for text in texts if "(" in text] == ["Set (2)", "Set, and ignored (1)", "Defaults (3)"]
    written, ignored, defaults = (lines_of(box) for box in boxes)
    assert written == ["pause_threshold = 0.5  # config.toml:6", 'startup_delay = "1ms"  # 10-more.toml:3']
    assert ignored == ["pause = 2  # config.toml:7, ignored"]
    assert "deletion_threshold = 0" in defaults
    assert "This release has no such settings." in texts


def test_a_release_that_is_not_described_leaves_it_open(show: Show, shown: Shown) -> None:
    """What its neighbour does not know, it may."""
    path = shown.document.source.file
    assert path is not None
    shown.window.settings.set_release_in(str(path), "containerd-2.3.4")
    texts, boxes = config_page(show(str(path)), GC)
    assert "Perhaps ignored (1)" in texts
    assert lines_of(boxes[1]) == ["pause = 2  # config.toml:7, perhaps ignored"]


def test_a_plugin_that_nothing_is_set_for_has_its_defaults(shown: Shown) -> None:
    """By table, as a configuration has them."""
    texts, (defaults,) = config_page(shown, "io.containerd.cri.v1.images")
    assert "nothing: its defaults hold" in texts
    lines = lines_of(defaults)
    assert lines.index("[registry]") < lines.index('config_path = ""')
    assert lines[0] != "[registry]", "what is in no table stands before all tables"


def test_settings_are_seen_whole_and_follow_the_theme(qtbot: QtBot, shown: Shown) -> None:
    """Few lines need no scroll bar, and in the dark they are light."""
    _, boxes = config_page(shown, GC)
    shown.window.resize(1024, 700)
    qtbot.wait(50)
    assert all(box.verticalScrollBar().maximum() == 0 for box in boxes)
    shown.window.set_theme(load_theme("dark"))
    QApplication.processEvents()
    spans = boxes[0].document().firstBlock().layout().formats()
    colours = [QColor(span.format.foreground().color()) for span in spans]
    assert len(colours) == 2 and min(colour.lightness() for colour in colours) > 120


def test_the_problems_say_what_the_lines_of_a_configuration_do(qtbot: QtBot, shown: Shown) -> None:
    """The end of the boot first, with the name that would work; each with its line; the boot's end counts once."""
    shown.window.show_dock("problems")
    model = shown.problems.model
    qtbot.waitUntil(lambda: model.rowCount() > 3)
    rows = [
        (model.index(n, Column.WORDS).data(), model.index(n, Column.LOCATION).data())
        for n in range(model.rowCount())
    ]
    assert rows[0][1] == "config.toml:3"
    assert rows[0][0].startswith("the boot: ") and rows[0][0].endswith("io.containerd.grpc.v1.cri would work")
    assert not any("the daemon ends here" in words for words, _ in rows), "it is said once"
    assert any("unknown key oom_scores" in words and location == "config.toml:4" for words, location in rows)
    assert any("has no setting pause" in words and location == "config.toml:7" for words, location in rows)
    assert any("brings the configuration's version 2 up to 3" in words for words, _ in rows)
    assert not any("--catalog" in words for words, _ in rows)
    assert shown.window.docks["problems"].windowTitle() == "Causes and problems (1)"


def test_the_place_of_a_problem_is_copied_in_full(qtbot: QtBot, shown: Shown) -> None:
    """From the menu of its row, as far as it has one; a line that is in no log is not offered to be shown there."""
    shown.window.show_dock("problems")
    problems, model = shown.problems, shown.problems.model
    qtbot.waitUntil(lambda: model.rowCount() > 3)
    assert [one.text() for one in problems.view.actions()] == ["Show its line in the log", "Copy location"]
    assert not problems.copy_location.isEnabled()
    click(qtbot, problems, 0, Qt.MouseButton.RightButton)
    assert problems.copy_location.isEnabled() and not problems.to_line.isEnabled()
    problems.copy_location.trigger()
    assert QApplication.clipboard().text() == f"{shown.document.source.text}:3"
    without = next(row for row in range(model.rowCount()) if not model.index(row, Column.LOCATION).data())
    click(qtbot, problems, without, Qt.MouseButton.RightButton)
    assert not problems.copy_location.isEnabled()


def click(qtbot: QtBot, problems: Problems, row: int, button: Qt.MouseButton) -> None:
    location = problems.view.visualRect(problems.model.index(row, Column.LOCATION)).center()
    qtbot.mouseClick(problems.view.viewport(), button, pos=location)


def test_a_value_that_ends_the_boot_is_told_with_its_line(show: Show, tmp_path: Path) -> None:
    """Where the plugin's turn comes."""
    path = tmp_path / "bad.toml"
    path.write_text(f'version = 2\n[plugins."{GC}"]\n  pause_threshold = "much"\n', "utf-8")
    opened = show(str(path))
    texts, boxes = config_page(opened, GC)
    assert "The boot ends at its configuration" in texts
    assert f"{path}:3" in texts
    assert "pause_threshold" in boxes[0].toPlainText() or "float" in boxes[0].toPlainText()


def test_of_a_disabled_plugin_the_line_is_told(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """Which file it is that leaves it out, and where."""
    path = tmp_path / "off.toml"
    path.write_text(f'version = 2\ndisabled_plugins = [\n  "{GC}",\n]\n', "utf-8")
    opened = show(str(path))
    opened.document.select([opened.at(GC)])
    page = opened.inspector.pages[0]

    def said() -> set[str]:
        return {found.text() for found in page.findChildren(Label)}

    qtbot.waitUntil(lambda: f"By {path}:3." in said())
    opened.document.select([0])
    assert opened.at(GC) != 0
    qtbot.waitUntil(lambda: f"By {path}:3." not in said())
    assert not [text for text in said() if text.startswith("By ")]
