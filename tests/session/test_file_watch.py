"""Watching a configuration with all that it imports."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.session.sample import opened

from plugscope.session import Opener

pytestmark = pytest.mark.usefixtures("qapp")

ZFS = "io.containerd.snapshotter.v1.zfs"
DISABLES = f'version = 2\ndisabled_plugins = ["{ZFS}"]\n'
NOTHING = "version = 2\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "etc"
    (folder / "more").mkdir(parents=True)
    (folder / "one.toml").write_text(NOTHING, "utf-8")
    path = folder / "config.toml"
    path.write_text('version = 2\nimports = ["one.toml", "more/*.toml", "later/*/*.toml"]\n', "utf-8")
    return path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("name", ["one.toml", "more/new.toml", "later/a/new.toml"])
def test_what_a_configuration_imports_is_watched(
    qtbot: QtBot, opener: Opener, config: Path, name: str
) -> None:
    """A file that is there, one that a pattern comes to match, and one in folders that are made for it; changed, and
    gone again."""
    document = opened(qtbot, opener, str(config))
    assert ZFS not in document.plan.disabled_uris
    with qtbot.waitSignal(opener.changed, timeout=5_000):
        write(config.parent / name, DISABLES)
    assert ZFS in opened(qtbot, opener, str(config)).plan.disabled_uris
    with qtbot.waitSignal(opener.changed, timeout=5_000):
        write(config.parent / name, f"# on again\n{NOTHING}")
    assert ZFS not in opened(qtbot, opener, str(config)).plan.disabled_uris
    with qtbot.waitSignal(opener.changed, timeout=5_000):
        (config.parent / name).unlink()


def test_what_no_pattern_matches_may_change(qtbot: QtBot, opener: Opener, config: Path) -> None:
    """The folders are watched for the imports' sake alone."""
    opened(qtbot, opener, str(config))
    with qtbot.assertNotEmitted(opener.changed, wait=400):
        for name in ("two.toml", "more/new.txt", "more/deep/new.toml"):
            write(config.parent / name, NOTHING)


def test_reading_again_what_changed_is_not_a_change_again(qtbot: QtBot, opener: Opener, config: Path) -> None:
    """As after a file was written here: whoever reads it anew knows of the change."""
    opened(qtbot, opener, str(config))
    with qtbot.assertNotEmitted(opener.changed, wait=400):
        write(config, DISABLES)
        opened(qtbot, opener, str(config))


def test_what_changes_while_it_is_read_has_changed(qtbot: QtBot, opener: Opener, config: Path) -> None:
    """Nobody knows whether what was read is the old or the new."""
    opened(qtbot, opener, str(config))
    with qtbot.waitSignal(opener.changed, timeout=5_000), qtbot.waitSignal(opener.opened, timeout=5_000):
        opener.open(str(config))
        write(config, f"{DISABLES}# and more\n")
