"""A first day with Plugscope, in a real window: what an operator and an author do, with mouse and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from plugscope.boot import Outcome, RecordingKind
from plugscope.session import Look, Settings, SourceDocument, load_theme
from plugscope.window import MainWindow
from plugscope.window.action import ActionId
from plugscope.window.table import PluginTable

pytestmark = pytest.mark.scene

BOLT = "io.containerd.metadata.v1.bolt"
Open = Callable[[str], MainWindow]


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, settings_file: Path) -> Iterator[Open]:
    """Opens a window on a source, as the program does, and closes it at the end."""
    qapp.setStyle("Fusion")
    windows: list[MainWindow] = []

    def opened(source: str) -> MainWindow:
        window = MainWindow(Settings(settings_file), load_theme("light"))
        qtbot.addWidget(window)
        windows.append(window)
        with qtbot.waitSignal(window.opener.opened, timeout=20_000):
            window.opener.open(source)
        window.show()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: window.pane is not None and window.pane.canvas.width() > 200)
        return window

    yield opened
    for window in windows:
        window.close()


def _document(window: MainWindow) -> SourceDocument:
    document = window.document
    assert isinstance(document, SourceDocument)
    return document


def test_disabling_metadata_shows_who_fails_and_undo_takes_it_back(qtbot: QtBot, open_window: Open) -> None:
    """D on the selected card disables it; the card over the canvas says how many fail; Ctrl+Z brings all back."""
    window = open_window("catalog:containerd-2.3.4")
    document, pane = _document(window), window.pane
    assert pane is not None
    before = [step.uri for step in document.predicted.steps]
    bolt = document.plan.position[BOLT]
    pane.canvas.ensure_visible(bolt)
    qtbot.waitUntil(lambda: pane.canvas.rect().contains(pane.canvas.rect_of(bolt).center()), timeout=3000)
    qtbot.wait(400)
    qtbot.mouseClick(pane.canvas, Qt.MouseButton.LeftButton, pos=pane.canvas.rect_of(bolt).center())
    assert document.selection == {bolt}
    qtbot.keyClick(pane.canvas, Qt.Key.Key_D)
    assert pane.card.isVisible()
    assert pane.card.headline.text() == "34 plugins would fail without metadata.bolt"
    failed = [step for step in document.predicted.steps if step.outcome is Outcome.ERROR]
    assert len(failed) == 34
    assert all(step.causes[0].uri == BOLT for step in failed)
    window.actions_by_id[ActionId.UNDO].trigger()
    assert not pane.card.isVisible()
    assert [step.uri for step in document.predicted.steps] == before
    assert not list(document.predicted.failures())
    window.actions_by_id[ActionId.REDO].trigger()
    assert document.toggled == {bolt}


def test_the_python_example_is_run_to_its_failing_plugin_and_its_cause_is_read(
    qtbot: QtBot, open_window: Open
) -> None:
    """Run really runs; F8 stops at the first error; the inspector has its error chain; step back goes back."""
    window = open_window("example:shop")
    document = _document(window)
    with qtbot.waitSignal(document.replay.recording_changed, timeout=30_000):
        window.actions_by_id[ActionId.RUN].trigger()
    assert document.replay.recording is not None
    assert document.replay.recording.kind is RecordingKind.RUN
    window.actions_by_id[ActionId.BREAK_ERROR].trigger()
    window.actions_by_id[ActionId.RESTART].trigger()
    window.actions_by_id[ActionId.RUN_TO_BREAKPOINT].trigger()
    step = document.replay.current
    assert step is not None
    assert step.uri == "shop.payment.v1.card"
    assert step.outcome is Outcome.ERROR
    inspector = window.docks["inspector"].widget()
    texts = _texts(inspector)
    assert any("gateway.pem cannot be read" in text for text in texts)
    assert any(text.startswith("FileNotFoundError") for text in texts)
    window.actions_by_id[ActionId.STEP_BACK].trigger()
    assert step not in document.replay.steps[: document.replay.cursor], "it is pending again"
    window.actions_by_id[ActionId.RUN_TO_END].trigger()
    victims = [cause.victims for cause in document.diagnosis().root_causes if cause.uri == step.uri]
    assert [len(found) for found in victims] == [2]


def _texts(widget: object) -> list[str]:
    from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

    assert isinstance(widget, QWidget)
    labels = [found.text().replace("\u200b", "") for found in widget.findChildren(QLabel)]
    return labels + [found.toPlainText() for found in widget.findChildren(QPlainTextEdit)]


def test_the_graph_is_exported_as_svg_with_every_plugin_in_it(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    """The exported picture is a well-formed SVG that names each plugin and its outcome."""
    from xml.etree import ElementTree

    window = open_window("catalog:containerd-2.3.4")
    document = _document(window)
    path = tmp_path / "graph.svg"
    window.controllers.saving.export(path)
    qtbot.waitUntil(path.exists, timeout=10_000)
    qtbot.waitUntil(lambda: path.read_text("utf-8").endswith("</svg>\n"), timeout=10_000)
    root = ElementTree.fromstring(path.read_text("utf-8"))
    named = {group.get("data-uri") for group in root.iter() if group.get("data-uri")}
    assert {entry.uri for entry in document.catalog.entries} <= named


def test_what_was_disabled_and_hidden_comes_back_the_next_time(
    qtbot: QtBot, open_window: Open, settings_file: Path
) -> None:
    """Quit and reopen: the disabled plugin, the hidden panel and the recent source are remembered."""
    window = open_window("catalog:containerd-2.3.4")
    document = _document(window)
    document.toggle([document.plan.position[BOLT]])
    window.docks["legend"].hide()
    window.close()
    again = open_window("catalog:containerd-2.3.4")
    reopened = _document(again)
    assert reopened.overrides() == {BOLT: True}
    assert not again.docks["legend"].isVisible()
    assert Settings(settings_file).recent == ["catalog:containerd-2.3.4"]


def test_python_is_run_only_after_the_user_says_so(
    qtbot: QtBot, open_window: Open, tmp_path: Path, settings_file: Path
) -> None:
    """A Python file raises a question with its path; nothing is imported before the answer; the answer is kept."""
    window = open_window("example:teaching")
    flag = tmp_path / "imported"
    file = tmp_path / "mine.py"
    file.write_text(
        "from pathlib import Path\n"
        "from plugscope.plugin import Registration, register\n"
        f"Path({str(flag)!r}).write_text('yes')\n"
        "register(Registration('my.type.v1', 'one', init_fn=lambda ic: 1))\n",
        "utf-8",
    )
    window.opener.open(str(file))
    qtbot.waitUntil(window.notice.isVisible, timeout=5_000)
    assert str(file) in window.notice.text.text()
    assert not flag.exists()
    trust = next(b for b in window.notice.findChildren(QPushButton) if b.text() == "Trust and open")
    with qtbot.waitSignal(window.opener.opened, timeout=20_000):
        qtbot.mouseClick(trust, Qt.MouseButton.LeftButton)
    assert flag.exists()
    assert [entry.uri for entry in _document(window).catalog.entries] == ["my.type.v1.one"]
    assert Settings(settings_file).trusted == [str(file)]


def test_the_filter_line_fades_the_rest_and_keeps_the_places(qtbot: QtBot, open_window: Open) -> None:
    """Typing in the table's line filters rows; cards stay where they are."""
    window = open_window("catalog:containerd-2.3.4")
    document, pane = _document(window), window.pane
    assert pane is not None
    qtbot.wait(1500)
    bolt = document.plan.position[BOLT]
    place = pane.canvas.picture.rect(bolt)
    window.actions_by_id[ActionId.FIND].trigger()
    table = window.docks["plugins"].widget()
    assert isinstance(table, PluginTable)
    line = table.filter_line
    qtbot.keyClicks(line, "type:cri")
    assert table.model.rowCount() == 2
    assert pane.canvas.picture.rect(bolt) == place
    line.clear()
    assert table.model.rowCount() == len(document.catalog.entries)


def test_a_source_that_cannot_be_read_leaves_the_open_one_alone(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    """The notice says where and what; the document stays."""
    window = open_window("example:teaching")
    document = _document(window)
    broken = tmp_path / "broken.toml"
    broken.write_text('plugscope = 1\n[[plugin]]\ntype = "a"\nidd = "b"\n', "utf-8")
    with qtbot.waitSignal(window.opener.failed, timeout=10_000):
        window.opener.open(str(broken))
    assert "did you mean 'id'?" in window.notice.text.text()
    assert window.document is document


def test_stepping_shows_looks_of_that_moment(qtbot: QtBot, open_window: Open) -> None:
    """Before the first step everything is pending; each step shows one plugin's outcome, and back hides it."""
    window = open_window("example:teaching")
    document, pane = _document(window), window.pane
    assert pane is not None
    window.actions_by_id[ActionId.RESTART].trigger()
    looks = pane._appearance.looks
    assert set(looks) == {Look.PENDING}
    window.activateWindow()
    pane.canvas.setFocus()
    qtbot.waitUntil(pane.canvas.hasFocus, timeout=5_000)
    for _ in range(3):
        qtbot.keyClick(pane.canvas, Qt.Key.Key_Period)
    assert sum(look is not Look.PENDING for look in looks) == 3
    qtbot.keyClick(pane.canvas, Qt.Key.Key_Comma)
    assert sum(look is not Look.PENDING for look in looks) == 2
    assert document.replay.cursor == 2
