"""A configuration is opened for the release that was chosen for it, and what it says by now is no change any more."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.session.sample import opened, read_now

from plugscope.session import Opener, Settings, SourceDocument

pytestmark = pytest.mark.usefixtures("qapp")

BTRFS = "io.containerd.snapshotter.v1.btrfs"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text("version = 2\n", "utf-8")
    return path


def test_the_chosen_release_is_that_of_the_next_time(
    qtbot: QtBot, opener: Opener, settings_file: Path, config: Path
) -> None:
    """Until another one is chosen, or the newest again; at the first paint, too."""
    first = opened(qtbot, opener, str(config))
    assert (first.catalog.version, first.release) == ("2.3.4", "")
    assert opened(qtbot, opener, str(config), release="containerd-1.7.34").catalog.version == "1.7.34"
    again = Opener(Settings(settings_file))
    assert opened(qtbot, again, str(config)).release == "containerd-1.7.34"
    assert read_now(again, str(config)).catalog.version == "1.7.34"
    assert opened(qtbot, again, str(config), release="").catalog.version == "2.3.4"
    assert read_now(again, str(config)).release == ""


def test_the_daemon_is_asked_once_and_its_answer_is_remembered(
    qtbot: QtBot, opener: Opener, settings: Settings, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is run when the file is opened again; what could not be asked changes nothing."""
    folder = config.parent / "bin"
    folder.mkdir()
    program = folder / "containerd"
    program.write_text("#!/bin/sh\necho containerd c/c v2.1.2 abc\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    asked = opened(qtbot, opener, str(config), release="ask")
    assert (asked.release, asked.catalog.version) == ("ask", "2.1.9")
    program.unlink()
    monkeypatch.setenv("PATH", str(folder))
    assert opened(qtbot, opener, str(config)).release == "containerd-2.1.9"
    with qtbot.waitSignal(opener.failed, timeout=20_000) as signal:
        opener.open(str(config), release="ask")
    assert signal.args is not None and "none on PATH" in signal.args[0]
    assert settings.release_in(str(config)) == "containerd-2.1.9"


def test_a_release_that_is_no_longer_shipped_is_forgotten(
    opener: Opener, settings: Settings, config: Path
) -> None:
    """The file opens all the same."""
    settings.set_release_in(str(config), "containerd-0.9.9")
    assert read_now(opener, str(config)).catalog.version == "2.3.4"
    assert settings.release_in(str(config)) == ""


def test_what_is_no_configuration_has_no_release(opener: Opener, tmp_path: Path) -> None:
    """Neither a catalog nor a manifest."""
    manifest = tmp_path / "plugins.toml"
    manifest.write_text('plugscope = 1\n[[plugin]]\ntype = "t.v1"\nid = "x"\n', "utf-8")
    assert read_now(opener, str(manifest)).release is None
    assert read_now(opener, "catalog:containerd-2.1").release is None


def test_a_toggle_that_the_file_says_by_now_is_no_change(
    opener: Opener, settings: Settings, config: Path
) -> None:
    """Whoever writes it in the file has what was wished for; the other wishes stay."""
    native = "io.containerd.snapshotter.v1.native"
    settings.set_overrides_in(str(config), {BTRFS: True, native: True})
    assert len(read_now(opener, str(config)).toggled) == 2
    config.write_text(f'version = 2\ndisabled_plugins = ["{BTRFS}"]\n', "utf-8")
    document = read_now(opener, str(config))
    assert document.overrides() == {native: True}
    assert set(document.plan.disabled_uris) == {BTRFS, native}


def test_what_was_toggled_is_carried_through_a_release_that_lacks_it(
    qtbot: QtBot, opener: Opener, config: Path
) -> None:
    """Looked at as 1.6, which has no such plugin, and as 2.1 again, it is still disabled."""
    before = opened(qtbot, opener, str(config), release="containerd-2.1.9")
    assert isinstance(before, SourceDocument)
    sandbox = "io.containerd.sandbox.controller.v1.shim"
    before.toggle([before.plan.position[sandbox]])
    document: SourceDocument = before
    for release in ("containerd-1.6.20", "containerd-2.1.9"):
        with qtbot.waitSignal(opener.opened, timeout=20_000) as signal:
            opener.reopen(document, release=release)
        assert signal.args is not None
        document = signal.args[0]
        assert document.overrides() == ({sandbox: True} if release == "containerd-2.1.9" else {})
