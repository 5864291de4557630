"""What is toggled becomes a change of a configuration: copied in its spelling, shown first, written, taken back."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from tests.session.sample import document, document_of
from tests.window.room import cramped
from tests.window.sample import Shown, source_document

from plugscope.boot import Catalog, Entry
from plugscope.plugin import Registration, Semantics
from plugscope.session import Document
from plugscope.window.action import ActionId
from plugscope.window.controller.config_change import proposal_of
from plugscope.window.dialog import ConfigDialog
from plugscope.window.widget.text import Label

Show = Callable[[Any], Shown]

BOLT = "io.containerd.metadata.v1.bolt"
BTRFS = "io.containerd.snapshotter.v1.btrfs"
NATIVE = "io.containerd.snapshotter.v1.native"
TEXT = f'# node 7\nversion = 2\nimports = ["more.toml"]\ndisabled_plugins = ["{BTRFS}"] # no btrfs\n'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "etc"
    folder.mkdir()
    (folder / "more.toml").write_text(f'version = 2\ndisabled_plugins = ["{NATIVE}"]\n', "utf-8")
    path = folder / "config.toml"
    path.write_text(TEXT, "utf-8")
    return path


def dialog_of(shown: Shown) -> ConfigDialog:
    found = [one for one in shown.window.findChildren(ConfigDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def words_of(dialog: QDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(Label) if one.isVisible())


def write(qtbot: QtBot, shown: Shown, told: str = "Written to") -> None:
    """Agree to it, and wait until it is done and what is open has been read anew."""
    old = shown.window.document
    dialog_of(shown).write.click()
    _wait(qtbot, shown, told, old)


def undo(qtbot: QtBot, shown: Shown, told: str = "is again what it was") -> None:
    old = shown.window.document
    next(one for one in shown.window.notice.findChildren(QPushButton) if one.text() == "Undo").click()
    _wait(qtbot, shown, told, old)


def _wait(qtbot: QtBot, shown: Shown, told: str, old: Document | None) -> None:
    window, reads = shown.window, "has changed since" not in told and shown.document.release is not None
    qtbot.waitUntil(lambda: told in window.notice.text.text())
    qtbot.waitUntil(
        lambda: not reads or (window.document is not old and window.panels is not None), timeout=20_000
    )


def toggle(shown: Shown, *uris: str) -> None:
    shown.document.toggle([])
    for uri in uris:
        shown.document.toggle([shown.at(uri)])


# Copying


@pytest.mark.parametrize(
    ("semantics", "text"),
    [
        (Semantics.CLASSIC, 'disabled_plugins = ["x"]\n'),
        (Semantics.V1, 'disabled_plugins = ["a.x"]\n'),
        (Semantics.V2_0, 'disabled_plugins = ["a.x"]\n'),
        (Semantics.V2, 'disabled_plugins = ["a.x"]\n'),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_the_setting_is_what_that_release_reads(semantics: Semantics, text: str) -> None:
    """Ids for the old ones, URIs for the others."""
    opened = document("a.x :\nb.y :", semantics=str(semantics))
    opened.toggle([0])
    assert proposal_of(opened, None).setting == text


@pytest.mark.usefixtures("qapp")
def test_a_setting_of_hostile_ids_is_toml() -> None:
    """It reads back to the same ids."""
    texts = ('quote"', "back\\slash", "new\nline", "nul\0")
    entries = [Entry(Registration("t.v1", text), lookups=()) for text in texts]
    opened = document_of(Catalog(entries))
    opened.toggle(range(4))
    names = tomllib.loads(proposal_of(opened, None).setting)["disabled_plugins"]
    assert names == [entry.uri for entry in entries]


def test_what_is_copied_for_a_configuration_is_its_own_list(show: Show, config: Path) -> None:
    """As it will stand in that file, without what another file disables."""
    shown = show(str(config))
    toggle(shown, BOLT)
    shown.act("copy_toml")
    assert QApplication.clipboard().text() == f'disabled_plugins = ["{BTRFS}", "{BOLT}"]\n'
    assert "for config.toml" in shown.window.statusBar().currentMessage()


def test_a_configuration_that_cannot_be_changed_says_so(show: Show, config: Path) -> None:
    """Whether it is copied or written."""
    shown = show(str(config))
    toggle(shown, BOLT)
    config.write_text("disabled_plugins = 5\n", "utf-8")
    for spec in ("copy_toml", "write_config"):
        shown.window.notice.hide()
        shown.act(spec)
        assert shown.window.notice.isVisible()
        assert f"{config}: disabled_plugins is no list" in shown.window.notice.text.text()


# Writing


def test_nothing_toggled_is_nothing_to_write(show: Show, config: Path) -> None:
    """The action waits for a change."""
    shown = show(str(config))
    assert not shown.window.actions_by_id[ActionId.WRITE_CONFIG].isEnabled()
    toggle(shown, BOLT)
    assert shown.window.actions_by_id[ActionId.WRITE_CONFIG].isEnabled()


def test_the_change_is_shown_and_nothing_is_written_before_it_is_agreed_to(show: Show, config: Path) -> None:
    """The diff, the file, what comes of it, and where the backup goes; Cancel leaves all as it was."""
    shown = show(str(config))
    toggle(shown, BOLT)
    shown.pane.card.write_button.click()
    dialog = dialog_of(shown)
    assert f'+disabled_plugins = ["{BTRFS}", "{BOLT}"] # no btrfs' in dialog.view.toPlainText()
    words = words_of(dialog)
    assert str(config) in words and "config.toml.bak-" in words and "without metadata.bolt" in words
    dialog.reject()
    assert config.read_text("utf-8") == TEXT
    assert len(list(config.parent.iterdir())) == 2


def test_what_is_written_is_no_change_any_more_and_undo_makes_it_one_again(
    qtbot: QtBot, show: Show, config: Path
) -> None:
    """The file has it, the backup what it was; Undo puts the file back, and the toggles."""
    shown = show(str(config))
    toggle(shown, BOLT, BTRFS)
    shown.act("write_config")
    write(qtbot, shown)
    now = shown.window.document
    assert now is not None and now is not shown.document
    assert tomllib.loads(config.read_text("utf-8"))["disabled_plugins"] == [BOLT]
    assert (now.toggled, now.plan.disabled_uris) == (frozenset(), [NATIVE, BOLT])
    (backup,) = config.parent.glob("*.bak-*")
    assert backup.read_text("utf-8") == TEXT
    assert backup.name in shown.window.notice.text.text()
    undo(qtbot, shown)
    assert config.read_text("utf-8") == TEXT
    assert len(list(config.parent.iterdir())) == 2
    assert shown.window.document is not None
    assert source_document(shown.window).overrides() == {BTRFS: False, BOLT: True}


def test_what_another_file_disables_is_said_and_stays_a_wish(show: Show, config: Path) -> None:
    """There is nothing to write in this one."""
    shown = show(str(config))
    toggle(shown, NATIVE)
    shown.act("write_config")
    dialog = dialog_of(shown)
    assert not dialog.write.isEnabled() and not dialog.view.isVisible()
    assert f"still disabled at {config.parent / 'more.toml'}:2" in words_of(dialog)
    assert "nothing to write" in words_of(dialog)


def test_another_file_can_be_changed_instead(
    qtbot: QtBot, show: Show, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is shown like the first; written there, it is true of the configuration that imports it."""
    other = config.parent / "more.toml"
    asked: list[str] = []

    def choose(*arguments: Any) -> tuple[str, str]:
        asked.append(arguments[2])
        return str(other), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    shown = show(str(config))
    toggle(shown, BOLT)
    shown.act("write_config")
    next(one for one in dialog_of(shown).findChildren(QPushButton) if one.text() == "Another file…").click()
    assert asked == [str(config.parent)]
    dialog = dialog_of(shown)
    assert f'+disabled_plugins = ["{NATIVE}", "{BOLT}"]' in dialog.view.toPlainText()
    write(qtbot, shown)
    assert config.read_text("utf-8") == TEXT
    assert shown.window.document is not None
    assert source_document(shown.window).overrides() == {}
    assert BOLT in shown.window.document.plan.disabled_uris


def test_a_catalog_asks_for_the_file_and_stays_open(
    qtbot: QtBot, show: Show, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its toggles stay: it says nothing of that file."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(config), ""))
    shown = show("catalog:containerd-2.1")
    toggle(shown, BOLT)
    shown.act("write_config")
    write(qtbot, shown)
    assert BOLT in config.read_text("utf-8")
    assert shown.window.document is shown.document
    assert shown.document.overrides() == {BOLT: True}
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    shown.act("write_config")
    assert not [one for one in shown.window.findChildren(ConfigDialog) if one.isVisible()]


def test_a_file_that_may_not_be_written_says_what_to_do(
    show: Show, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, before anybody tries; the change can still be copied."""
    monkeypatch.setattr("plugscope.sources.config.edit.writing.os.access", lambda *_: False)
    shown = show(str(config))
    toggle(shown, BOLT)
    shown.act("write_config")
    dialog = dialog_of(shown)
    assert not dialog.write.isEnabled()
    assert f"You may not write to {config}. Start Plugscope as a user who may" in words_of(dialog)
    dialog.copy.click()
    assert QApplication.clipboard().text().startswith(f"--- {config}")


def test_a_file_that_changed_meanwhile_is_not_written(qtbot: QtBot, show: Show, config: Path) -> None:
    """What was shown is what is written, or nothing is."""
    shown = show(str(config))
    toggle(shown, BOLT)
    shown.act("write_config")
    config.write_text(f"{TEXT}# more\n", "utf-8")
    write(qtbot, shown, "has changed since")
    assert config.read_text("utf-8") == f"{TEXT}# more\n"
    assert "has changed since it was read" in shown.window.notice.text.text()


def test_what_was_changed_after_writing_is_not_taken_back(qtbot: QtBot, show: Show, config: Path) -> None:
    """Somebody else's work stays, and the backup is named."""
    shown = show(str(config))
    toggle(shown, BOLT)
    shown.act("write_config")
    write(qtbot, shown)
    config.write_text("version = 2\n", "utf-8")
    undo(qtbot, shown, "has changed since")
    assert config.read_text("utf-8") == "version = 2\n"
    assert ".bak-" in shown.window.notice.text.text()


def test_a_link_is_kept_and_what_it_leads_to_is_written(
    qtbot: QtBot, show: Show, config: Path, tmp_path: Path
) -> None:
    """Which is said before."""
    link = tmp_path / "link.toml"
    link.symlink_to(config)
    shown = show(str(link))
    toggle(shown, BOLT)
    shown.act("write_config")
    dialog = dialog_of(shown)
    assert f"{link} is a link to this file" in words_of(dialog)
    write(qtbot, shown)
    assert link.is_symlink()
    assert BOLT in config.read_text("utf-8")


def test_everything_has_room_in_a_small_window(qtbot: QtBot, show: Show, config: Path) -> None:
    """The chooser, the card with its four links, the notice, and the dialog with what stands in the way."""
    shown = show(str(config))
    shown.window.resize(1024, 700)
    toggle(shown, NATIVE, BOLT)
    qtbot.wait(100)
    assert cramped(shown.window) == []
    shown.act("write_config")
    dialog = dialog_of(shown)
    qtbot.wait(100)
    assert cramped(dialog) == []
    assert dialog.height() <= shown.window.height()
    write(qtbot, shown)
    qtbot.wait(100)
    assert cramped(shown.window) == []


def test_a_hostile_file_is_shown_as_it_is(show: Show, config: Path) -> None:
    """No markup, nothing that turns the line around, and no line that is not one."""
    config.write_text("version = 2\n# <b>bold</b> \u202e tricks \u2028 here\n", "utf-8")
    shown = show(str(config))
    toggle(shown, BOLT)
    shown.act("write_config")
    text = dialog_of(shown).view.toPlainText()
    assert "<b>bold</b> ␣ tricks ␣ here" in text


def test_lines_that_end_as_on_windows_are_shown_and_written_as_they_are(
    qtbot: QtBot, show: Show, tmp_path: Path
) -> None:
    """No sign stands at each end, and every byte outside of the list stays."""
    config = tmp_path / "crlf.toml"
    config.write_bytes(b"# node 7\r\nversion = 2\r\ndisabled_plugins = []\r\n")
    shown = show(str(config))
    toggle(shown, BOLT)
    shown.act("write_config")
    lines = dialog_of(shown).view.toPlainText().split("\n")
    assert " # node 7" in lines and f'+disabled_plugins = ["{BOLT}"]' in lines
    write(qtbot, shown)
    assert config.read_bytes() == f'# node 7\r\nversion = 2\r\ndisabled_plugins = ["{BOLT}"]\r\n'.encode()
