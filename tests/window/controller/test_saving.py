"""Saving and exporting from the window: told, and never over what nobody spoke of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from tests.window.sample import Shown, manifest

from plugscope.window.dialog import ask_where

Show = Callable[[Any], Shown]
ONE = manifest({"type": "a.v1", "id": "one", "lookups": []}, name="my plugins: <all> of / them")


@pytest.mark.parametrize("suffix", [".svg", ".json"])
def test_an_export_says_where_it_is(qtbot: QtBot, show: Show, tmp_path: Path, suffix: str) -> None:
    """And goes on saying so when all has been done."""
    shown = show(ONE)
    path = tmp_path / f"picture{suffix}"
    shown.window.controllers.saving.export(path)
    bar = shown.window.statusBar()
    qtbot.waitUntil(lambda: bar.currentMessage() == f"Exported {path}", timeout=10_000)
    qtbot.wait(100)
    assert bar.currentMessage() == f"Exported {path}"
    assert path.stat().st_size > 0
    assert shown.window.progress.isHidden()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone/a.svg", "No such file or directory"),
        ("a.bmp", "expected a name that ends in .svg"),
        ("plugins.json", "is what is open itself; writing would overwrite it"),
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_is_lost(
    qtbot: QtBot, show: Show, tmp_path: Path, name: str, said: str
) -> None:
    """Above all not the file that is open."""
    shown = show(ONE)
    source = Path(shown.document.source.text)
    before = source.read_bytes()
    shown.window.controllers.saving.export(tmp_path / name)
    notice = shown.window.notice
    qtbot.waitUntil(notice.isVisible, timeout=10_000)
    assert said in notice.text.text()
    assert source.read_bytes() == before
    assert shown.window.progress.isHidden()


def test_a_manifest_is_not_saved_over_the_one_that_is_open(show: Show, tmp_path: Path) -> None:
    """Its comments would be gone. Beside it, it is."""
    shown = show(ONE)
    source = Path(shown.document.source.text)
    before = source.read_bytes()
    shown.window.controllers.saving.save_manifest(source)
    assert "overwrite" in shown.window.notice.text.text()
    assert source.read_bytes() == before
    shown.window.controllers.saving.save_manifest(tmp_path / "other.toml")
    assert 'id = "one"' in (tmp_path / "other.toml").read_text("utf-8")


def test_it_is_asked_for_with_a_name_that_any_system_takes(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The title's; a name without a suffix is given one before Qt asks whether to overwrite it."""
    shown = show(ONE)
    shown.window.settings.put("save_folder", str(tmp_path))

    def accept(dialog: QFileDialog) -> int:
        QApplication.processEvents()
        assert dialog.defaultSuffix() == "toml"
        assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        return 1

    monkeypatch.setattr(QFileDialog, "exec", accept)
    path = ask_where(shown.window, "Save", "Manifests", {".toml": "toml", ".json": "json"})
    assert path == tmp_path / "my-plugins-all-of-them.toml"
