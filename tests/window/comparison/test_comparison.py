"""Comparing in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.sources.log.capture import log_of
from tests.window.sample import Shown

from plugscope.session import Comparison
from plugscope.window.action import ActionId
from plugscope.window.comparison import CompareDialog, Differences, differences
from plugscope.window.inspector.source_facts import remarks_on

Show = Callable[[Any], Shown]

BEFORE = {
    "plugscope": 1,
    "plugin": [
        {"type": "a.v1", "id": "x", "requires": ["b.v1"]},
        {"type": "b.v1", "id": "y", "init": {"exports": {"root": "/old"}}},
        {"type": "c.v1", "id": "z"},
    ],
}
AFTER = """
plugscope = 1
[[plugin]]
type = "d.v1"
id = "<b>w</b>"
[[plugin]]
type = "a.v1"
id = "x"
init = {outcome = "error", message = "no such device"}
[[plugin]]
type = "b.v1"
id = "y"
init = {exports = {root = "/new"}}
"""


@pytest.fixture
def compared(qtbot: QtBot, show: Show, tmp_path: Path) -> Shown:
    """A window with both on its canvas."""
    shown = show(BEFORE)
    after = tmp_path / "after.toml"
    after.write_text(AFTER, "utf-8")
    shown.window.controllers.comparison.compare_with(str(after))
    qtbot.waitUntil(lambda: isinstance(shown.window.document, Comparison) and shown.window.panels is not None)
    return shown


def panel(shown: Shown) -> Differences:
    """The panel with the differences."""
    found = shown.window.docks["differences"].widget()
    assert isinstance(found, Differences)
    return found


def shown_side(document: Comparison) -> str:
    """Which boot is looked at."""
    return document.side.value


def test_the_panel_tells_all_that_differs(compared: Shown) -> None:
    """In groups, what matters most first; foreign text as it is."""
    tree = panel(compared).tree
    told = {}
    for number in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(number)
        assert group is not None
        told[group.text(0)] = [
            tuple(row.text(column) for column in range(3))
            for row in map(group.child, range(group.childCount()))
            if row is not None
        ]
    assert told == {
        "Comes out otherwise (1)": [("a.x", "ok", "error: no such device")],
        "New (1)": [("d.<b>w</b>", "", "ok")],
        "Gone (1)": [("c.z", "ok", "")],
        "Requires otherwise (1)": [("a.x", "− b", "")],
        "Says otherwise about itself (1)": [("b.y", "", "exports root: /old to /new")],
        "Starts elsewhere (1)": [("a.x", "2 of 3, after b.y", "2 of 3, after d.<b>w</b>")],
    }


def test_a_row_selects_its_plugin(compared: Shown) -> None:
    """On the canvas and everywhere."""
    tree = panel(compared).tree
    group = tree.topLevelItem(2)
    assert group is not None
    row = group.child(0)
    assert row is not None
    tree.setCurrentItem(row)
    document = compared.window.document
    assert document is not None
    assert [document.catalog.entries[position].uri for position in document.selection] == ["c.v1.z"]


def test_the_other_side_is_a_key_and_a_button_away(qtbot: QtBot, compared: Shown) -> None:
    """The cards stay, the buttons say which it is."""
    document, sides = compared.window.document, panel(compared).sides
    assert isinstance(document, Comparison)
    pane = compared.window.pane
    assert pane is not None
    places = [pane.canvas.picture.rect(node) for node in range(4)]
    compared.act("other_side")
    assert shown_side(document) == "before"
    assert [button.isChecked() for button in sides.buttons()] == [True, False]
    qtbot.mouseClick(sides.buttons()[1], Qt.MouseButton.LeftButton)
    assert shown_side(document) == "after"
    assert [pane.canvas.picture.rect(node) for node in range(4)] == places


def test_it_cannot_be_toggled_reloaded_or_saved(compared: Shown) -> None:
    """The actions say so by being grey."""
    document = compared.window.document
    assert document is not None
    document.select([0])
    actions = compared.window.actions_by_id
    for name in ("toggle", "reload", "compare", "save_manifest"):
        assert not actions[ActionId(name)].isEnabled(), name
    assert actions[ActionId.OTHER_SIDE].isEnabled()


def test_another_document_has_no_differences(compared: Shown, show: Show) -> None:
    """The panel is gone with the comparison, and its action with it."""
    assert not compared.window.docks["differences"].isHidden()
    show("example:teaching")
    assert compared.window.docks["differences"].isHidden()
    assert not compared.window.actions_by_id[ActionId.OTHER_SIDE].isEnabled()


def test_what_cannot_be_read_is_said(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """One line in the bar, and the document stays."""
    shown = show(BEFORE)
    shown.window.controllers.comparison.compare_with(str(tmp_path / "gone.toml"))
    assert "no such file" in shown.window.notice.text.text()
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"\0\1\2")
    shown.window.controllers.comparison.compare_with(str(bad))
    qtbot.waitUntil(lambda: "bad.toml" in shown.window.notice.text.text())
    assert not isinstance(shown.window.document, Comparison)


def test_untrusted_python_is_not_run_to_compare(show: Show, tmp_path: Path) -> None:
    """It has to be opened, and asked about, by itself."""
    shown = show(BEFORE)
    module = tmp_path / "app.py"
    module.write_text("raise SystemExit", "utf-8")
    shown.window.controllers.comparison.compare_with(str(module))
    assert "not trusted yet" in shown.window.notice.text.text()


def test_the_dialog_offers_what_was_open_the_releases_and_the_daemon(qtbot: QtBot, show: Show) -> None:
    """And takes any other text."""
    show("catalog:containerd-2.1")
    shown = show("example:teaching")
    shown.act("compare")
    dialog = shown.window.findChild(CompareDialog)
    assert dialog is not None
    offered = [dialog.source.itemText(row) for row in range(dialog.source.count())]
    assert offered[0] == "catalog:containerd-2.1"
    assert "example:teaching" not in offered, "it is what is open"
    assert "catalog:containerd-1.7.34" in offered
    assert offered[-1].startswith("unix://")
    dialog.source.setEditText(" catalog:containerd-1.6 ")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.go.click()
    assert chosen.args == ["catalog:containerd-1.6", -1]
    qtbot.waitUntil(lambda: isinstance(shown.window.document, Comparison))


def test_another_boot_of_the_same_log_is_offered_first(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """Before and after a restart, named by their numbers."""
    log = tmp_path / "boots.log"
    log.write_bytes(log_of("1.6.20/restart-ok-then-abort"))
    shown = show(str(log))
    shown.act("compare")
    dialog = shown.window.findChild(CompareDialog)
    assert dialog is not None
    assert dialog.source.currentText().startswith("boots.log: Boot 1 of 2")
    dialog.go.click()
    qtbot.waitUntil(lambda: isinstance(shown.window.document, Comparison))
    document = shown.window.document
    assert isinstance(document, Comparison)
    assert document.names == ("boots.log, boot 2", "boots.log, boot 1")


def test_what_others_follow_from_stands_before_them(qtbot: QtBot, show: Show, tmp_path: Path) -> None:
    """Of all that comes out otherwise the one plugin that was disabled is read first; what is true of one boot alone is
    not said of both."""
    for name in ("clean-default", "disabled-metadata"):
        (tmp_path / f"{name}.log").write_bytes(log_of(f"2.0.11/{name}"))
    shown = show(str(tmp_path / "clean-default.log"))
    shown.window.controllers.comparison.compare_with(str(tmp_path / "disabled-metadata.log"))
    qtbot.waitUntil(lambda: isinstance(shown.window.document, Comparison) and shown.window.panels is not None)
    document = shown.window.document
    assert isinstance(document, Comparison)
    assert next(differences(document))[1].uri == "io.containerd.metadata.v1.bolt"
    assert remarks_on(document) == ("", [])
    qtbot.waitUntil(lambda: shown.window.docks.front() == "differences")


def test_a_boot_of_a_piped_log_is_compared_with_another(qtbot: QtBot, show: Show) -> None:
    """Though nobody can name its file."""
    shown = show("example:teaching")
    with qtbot.waitSignal(shown.window.opener.opened, timeout=10_000):
        shown.window.opener.open_text(log_of("1.6.20/restart-ok-then-abort").decode())
    qtbot.waitUntil(lambda: shown.window.panels is not None)
    shown.act("compare")
    dialog = shown.window.findChild(CompareDialog)
    assert dialog is not None
    assert dialog.source.currentText().startswith("clipboard: Boot 1 of 2")
    dialog.go.click()
    qtbot.waitUntil(lambda: isinstance(shown.window.document, Comparison))
    document = shown.window.document
    assert isinstance(document, Comparison)
    assert document.names == ("clipboard, boot 2", "clipboard, boot 1")
