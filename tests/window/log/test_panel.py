"""The log panel: lines of the boot that is open, filtered, linked with plugins both ways, bounded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from tests.sources.log.capture import log_of
from tests.window.sample import HOSTILE, Shown, source_document

from plugscope.sources.boot_log import BootLog
from plugscope.sources.log import lines as lines_module
from plugscope.window.action import ActionId
from plugscope.window.log import LogPanel
from plugscope.window.log.model import LEVEL_ROLE, Column
from plugscope.window.problems.model import Column as Ledger

Show = Callable[[Any], Shown]
BOLT = "io.containerd.metadata.v1.bolt"
BOLTS_LINES = [13, 16, 43]
"""It starts, it fails, and another's error has a path in its directory."""


def show_log(qtbot: QtBot, show: Show, folder: Path, data: bytes) -> Shown:
    """Open a log and wait until its panel has read the lines."""
    file = folder / "boot.log"
    file.write_bytes(data)
    shown = show(str(file))
    shown.window.show_dock("log")
    qtbot.waitUntil(lambda: shown.log.model.rowCount() > 0)
    return shown


@pytest.fixture
def failed(qtbot: QtBot, show: Show, tmp_path: Path) -> Shown:
    """A boot in which metadata failed and took others along."""
    return show_log(qtbot, show, tmp_path, log_of("1.6.20/metadb-is-directory"))


def cell(panel: LogPanel, row: int, column: Column) -> str:
    return str(panel.model.index(row, column).data())


def chosen_lines(panel: LogPanel) -> list[int]:
    return [panel.model.lines.numbers[index] for index in panel.view.chosen()]


def test_lines_are_read_when_the_panel_is_seen_and_no_sooner(
    qtbot: QtBot, show: Show, tmp_path: Path
) -> None:
    """Behind another's tab it costs nothing."""
    file = tmp_path / "boot.log"
    file.write_bytes(log_of("1.6.20/metadb-is-directory"))
    shown = show(str(file))
    qtbot.wait(60)
    assert shown.log.model.rowCount() == 0
    shown.window.show_dock("log")
    qtbot.waitUntil(lambda: shown.log.model.rowCount() > 0)
    assert shown.log.summary.text() == f"{shown.log.model.rowCount()} lines"


def test_the_model_keeps_the_law_under_every_filter(failed: Shown) -> None:
    """While lines come and go."""
    model = failed.log.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for text in ("", "bolt", "no line holds this", "ж"):
        for only_plugins in (False, True):
            model.filter(text, only_plugins)
            assert model.shown == model.rowCount()
    assert tester.model() is model


def test_a_document_without_a_log_has_no_log_panel(show: Show, failed: Shown) -> None:
    """Neither as a tab nor in the View menu; and the user's wish to hide it is not forgotten meanwhile."""
    dock = failed.window.docks["log"]
    assert dock.toggleViewAction().isVisible()
    again = show("example:teaching")
    assert dock.isHidden()
    assert not dock.toggleViewAction().isVisible()
    again.window.dock_layout.keep_docks()
    assert "log" not in again.window.settings.get("hidden_docks", [])


def test_the_filter_counts_what_it_lets_through(qtbot: QtBot, failed: Shown) -> None:
    """Text in any case; the switch leaves only lines about a plugin."""
    panel = failed.log
    everything = panel.model.rowCount()
    panel.filter_line.setText("META.DB")
    qtbot.waitUntil(lambda: panel.model.is_filtered)
    found = panel.model.rowCount()
    assert 0 < found < everything
    assert panel.summary.text() == f"{found} of {everything} lines"
    assert all("meta.db" in panel.model.lines.raw(panel.model.index_at(row)) for row in range(found))
    panel.filter_line.clear()
    panel.only_plugins.setChecked(True)
    assert found < panel.model.rowCount() < everything
    assert all(cell(panel, row, Column.PLUGIN) for row in range(panel.model.rowCount()))


def log_of_boot(shown: Shown) -> BootLog:
    """The log beside the boot that is shown."""
    assert shown.document.log is not None
    return shown.document.log


def test_a_selected_plugin_has_its_lines_marked_and_in_sight(failed: Shown) -> None:
    """Wherever it was selected; of its lines the one that tells what came of it is brought into view."""
    position = failed.at(BOLT)
    failed.document.select([position])
    panel = failed.log
    assert chosen_lines(panel) == BOLTS_LINES
    told = log_of_boot(failed).line_of(failed.document.catalog.entries[position].location)
    row = panel.model.row_of(panel.model.lines.index_of(told))
    rect = panel.view.visualRect(panel.model.index(row, 0))
    assert panel.view.viewport().rect().contains(rect)


def test_a_chosen_line_selects_its_plugin(qtbot: QtBot, failed: Shown) -> None:
    """And a line about no plugin leaves the selection as it is."""
    panel = failed.log
    line = log_of_boot(failed).references_of(BOLT)[0].line
    with qtbot.waitSignal(panel.reached) as signal:
        panel.view.selectRow(panel.model.row_of(panel.model.lines.index_of(line)))
    assert signal.args == [failed.at(BOLT)]
    assert failed.document.selection == {failed.at(BOLT)}
    assert chosen_lines(panel) == [line], "the user's choice stays"
    nobody = next(row for row in range(panel.model.rowCount()) if not cell(panel, row, Column.PLUGIN))
    panel.view.selectRow(nobody)
    assert failed.document.selection == {failed.at(BOLT)}


def test_a_cause_leads_to_its_line(qtbot: QtBot, failed: Shown) -> None:
    """The ledger tells kind, certainty and place; the place goes there, a filter notwithstanding."""
    panel, problems = failed.log, failed.problems
    panel.filter_line.setText("no line holds this")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    failed.window.show_dock("problems")
    qtbot.waitUntil(lambda: problems.model.rowCount() > 0)
    row = [str(problems.model.index(0, column).data()) for column in Ledger]
    line = log_of_boot(failed).line_of(failed.document.diagnosis().root_causes[0].location)
    assert row[1:] == ["own error", "certain", f"line {line}"]
    assert row[0].startswith("metadata.bolt takes 22 along: ")
    problems.view.clicked.emit(problems.model.index(0, Ledger.LOCATION))
    assert not failed.window.docks["log"].visibleRegion().isEmpty()
    assert panel.model.lines.numbers[panel.model.index_at(panel.view.currentIndex().row())] == line
    assert cell(panel, panel.view.currentIndex().row(), Column.LEVEL) == "warning"
    assert panel.filter_line.text() == ""


def test_what_is_expected_stands_apart_and_is_not_counted(qtbot: QtBot, failed: Shown) -> None:
    """Skips that nobody is to blame for, and what whoever has the log cannot mend, stand last, in quiet ink."""
    problems = failed.problems
    failed.window.show_dock("problems")
    qtbot.waitUntil(lambda: problems.model.rowCount() > 0)
    release = problems.model.index(problems.model.rowCount() - 1, 0)
    assert release.data() == "Of the release itself: 1 undeclared lookup"
    assert problems.model.index(0, 0, release).data().startswith("service.leases-service: looks up gc")
    last = problems.model.index(problems.model.rowCount() - 2, 0)
    assert last.data() == "Expected: 3 skip"
    assert last.data(Qt.ItemDataRole.ForegroundRole) == failed.window.theme.text3
    words = [str(problems.model.index(n, 0, last).data()) for n in range(problems.model.rowCount(last))]
    assert any(text.startswith("snapshotter.zfs: ") for text in words)
    assert not problems.view.isExpanded(last)
    assert problems.model.index(0, Ledger.LOCATION, last).data().startswith("line ")


def test_the_inspector_has_the_lines_as_links(qtbot: QtBot, failed: Shown) -> None:
    """Each says what it tells, and leads there."""
    failed.document.select([failed.at(BOLT)])
    lines = [one.line for one in log_of_boot(failed).references_of(BOLT)]
    page = failed.inspector.pages[0]
    buttons = [
        b for b in page.findChildren(QPushButton) if b.isVisibleTo(page) and b.text().startswith("line ")
    ]
    assert [button.text() for button in buttons] == [f"line {line}" for line in lines]
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    current = failed.log.view.currentIndex().row()
    assert failed.log.model.lines.numbers[failed.log.model.index_at(current)] == lines[1]


def test_levels_are_words_and_colours(failed: Shown) -> None:
    """A warning says so and is not in the ink of an info."""
    panel = failed.log
    levels = {cell(panel, row, Column.LEVEL) for row in range(panel.model.rowCount())}
    assert {"info", "warning"} <= levels
    delegate = panel.view._delegate
    assert delegate._ink(Column.LEVEL, "warning") != delegate._ink(Column.LEVEL, "info")
    assert delegate._ink(Column.LEVEL, "error") != delegate._ink(Column.LEVEL, "warning")


def test_lines_are_copied_as_they_stand(qtbot: QtBot, failed: Shown) -> None:
    """With the focus in the list Ctrl+C means its lines, not a plugin's URI."""
    panel = failed.log
    failed.document.select([failed.at(BOLT)])
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    written = log_of("1.6.20/metadb-is-directory").decode().splitlines()
    assert QGuiApplication.clipboard().text().splitlines() == [written[line - 1] for line in BOLTS_LINES]


def test_foreign_text_is_shown_as_data(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """Markup stays markup, what cannot be seen gets a sign, and a row stays one line."""
    words = "".join(f'time="2026-11-24T03:13:01Z" level=info msg={text!r}\n' for text in map(ascii, HOSTILE))
    start = 'time="2026-11-24T03:13:01Z" level=info msg="starting containerd" version=v2.0.11\n'
    end = 'time="2026-11-24T03:13:09Z" level=info msg="containerd successfully booted in 0.1s"\n'
    raw = "\x1b[31mred\x1b[0m <b>bold</b> \u202eturned \x07\n"
    shown = show_log(qtbot, show, tmp_path, (start + words + raw + end).encode())
    panel = shown.log
    panel.as_written.setChecked(True)
    texts = [cell(panel, row, Column.MESSAGE) for row in range(panel.model.rowCount())]
    assert all(text.isprintable() for text in texts)
    assert "␣[31mred␣[0m <b>bold</b> ␣turned ␣" in texts
    row = texts.index("␣[31mred␣[0m <b>bold</b> ␣turned ␣")
    assert "&lt;b&gt;bold" in str(panel.model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole))


def test_what_is_left_out_of_a_long_boot_is_said_where_it_is(
    qtbot: QtBot, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row for each stretch, and the whole count beside the filter."""
    monkeypatch.setattr(lines_module, "MOST_LINES", 1000)
    noise = [f"Nov 24 03:13:06 node1 kubelet[9]: line {n}\n".encode() for n in range(2000)]
    boot = log_of("1.6.20/metadb-is-directory").splitlines(keepends=True)
    shown = show_log(qtbot, show, tmp_path, b"".join(boot[:20] + noise + boot[20:]))
    panel = shown.log
    assert panel.model.lines.left_out > 800
    gaps = [row for row in range(panel.model.rowCount()) if panel.model.index_at(row) < 0]
    assert len(gaps) == 1
    assert cell(panel, gaps[0], Column.MESSAGE).startswith(f"… {panel.model.lines.left_out:,} lines left out")
    assert panel.model.index(gaps[0], 0).data(LEVEL_ROLE) is None
    assert panel.summary.text().endswith("lines are kept")
    panel.view.selectRow(gaps[0])
    assert panel.view.chosen() == []
    panel.view.copy_requested.emit()


def test_a_log_that_is_gone_says_so_and_can_be_tried_again(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """The panel offers it; what is known without the lines stays."""
    file = tmp_path / "boot.log"
    data = log_of("1.6.20/metadb-is-directory")
    file.write_bytes(data)
    shown = show(str(file))
    file.unlink()
    shown.window.show_dock("log")
    panel = shown.log
    qtbot.waitUntil(panel.again.isVisible)
    assert "No such file" in panel.state.text()
    file.write_bytes(data)
    qtbot.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    assert not panel.state.isVisible()


def test_reading_can_be_given_up(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """And begun again."""
    file = tmp_path / "boot.log"
    file.write_bytes(log_of("1.6.20/metadb-is-directory"))
    panel = show(str(file)).log
    panel._start()
    panel._cancel()
    qtbot.wait(100)
    assert panel.model.rowCount() == 0
    assert panel.again.isVisibleTo(panel)
    panel._start()
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)


def test_a_line_that_is_not_of_this_boot_is_said(failed: Shown) -> None:
    """Nothing else changes."""
    before = failed.log.view.currentIndex()
    failed.log.go_to(10_000)
    assert failed.log.summary.text() == "line 10000 is not of this boot"
    assert failed.log.view.currentIndex() == QModelIndex(before)


def test_how_a_boot_ended_that_the_log_does_not_tell_is_not_claimed(
    qtbot: QtBot, show: Show, tmp_path: Path
) -> None:
    """The overview says that it is not known, and why."""
    shown = show_log(qtbot, show, tmp_path, log_of("2.0.11/derived-truncated-tail"))
    texts = [one.text() for one in shown.inspector.overview.findChildren(QLabel)]
    assert "How it ended is not known: the log ends before the boot does." in texts


# Several boots


def test_another_boot_of_the_log_is_chosen_and_toggles_stay(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """The newest stands first; a reload stays with the boot that is open."""
    shown = show_log(qtbot, show, tmp_path, log_of("1.6.20/restart-ok-then-abort"))
    window = shown.window
    choice = window.toolbar.boot_choice
    assert choice.isVisible()
    assert [choice.itemText(n)[:13] for n in range(choice.count())] == ["Boot 2 of 2, ", "Boot 1 of 2, "]
    shown.document.toggle([3])
    toggled = shown.document.overrides()
    with qtbot.waitSignal(window.opener.opened):
        choice.activated.emit(1)
    assert window.document is not None
    assert window.document.log is not None
    assert window.document.log.number == 1
    assert source_document(window).overrides() == toggled
    assert choice.currentText().startswith("Boot 1 of 2")
    with qtbot.waitSignal(window.opener.opened):
        window.actions_by_id[ActionId.RELOAD].trigger()
    assert window.document.log is not None
    assert window.document.log.number == 1
    show("example:teaching")
    qtbot.waitUntil(lambda: not choice.isVisible())


def test_a_large_log_tells_how_far_it_is_and_can_be_given_up(
    qtbot: QtBot, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the status bar, with Cancel in the notice; then all is as before."""
    monkeypatch.setattr("plugscope.window.controller.opening._LARGE", 1000)
    monkeypatch.setattr("plugscope.sources.log.block.BLOCK", 256)
    shown = show("example:teaching")
    window = shown.window
    file = tmp_path / "boot.log"
    file.write_bytes(log_of("1.6.20/metadb-is-directory"))
    told: list[str] = []

    def look_and_cancel() -> None:
        told.append(window.statusBar().currentMessage())
        assert window.notice.isVisible()
        assert window.notice.is_progress
        cancel = next(
            button for button in window.notice.findChildren(QPushButton) if button.text() == "Cancel"
        )
        cancel.click()

    window.opener.progressed.connect(look_and_cancel, Qt.ConnectionType.SingleShotConnection)
    with qtbot.waitSignal(window.opener.cancelled):
        window.opener.open(str(file))
    assert told[0].startswith("Reading: ")
    assert not window.notice.isVisible()
    assert not window.progress.isVisible()
    qtbot.wait(100)
    assert window.document is shown.document
