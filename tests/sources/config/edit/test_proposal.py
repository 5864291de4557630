"""What a change comes to in a configuration, before it is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.config.written import read, write

from plugscope.boot import Catalog
from plugscope.plugin import Semantics
from plugscope.sources import SourceError
from plugscope.sources.config import ChangeRefused, Naming, config_catalog, propose, release_of
from plugscope.sources.shipped import open_catalog

CRI = "io.containerd.grpc.v1.cri"
BTRFS = "io.containerd.snapshotter.v1.btrfs"


def test_without_a_file_the_setting_names_plugins_as_the_release_does() -> None:
    """By id in the oldest, by URI since; what the catalog disables already is in it, what is enabled is not."""
    old = propose(open_catalog("containerd-1.2"), [CRI])
    assert (old.setting, old.naming) == ('disabled_plugins = ["cri"]\n', Naming.ID)
    new = open_catalog("containerd-2.1")
    new.disabled = (BTRFS,)
    assert propose(new, [CRI]).setting == f'disabled_plugins = ["{BTRFS}", "{CRI}"]\n'
    assert propose(new, enable=[BTRFS]).setting == "disabled_plugins = []\n"
    assert propose(new, [CRI], disabled=[]).names == (CRI,)


def test_a_files_list_is_its_own(tmp_path: Path) -> None:
    """Names that mean nothing stay, and what another file disables is not copied into it."""
    text = 'version = 2\nimports = ["other.toml"]\ndisabled_plugins = ["nothing.at.all.here"]\n'
    write(tmp_path, {"c.toml": text, "other.toml": f'version = 2\ndisabled_plugins = ["{BTRFS}"]\n'})
    file = tmp_path / "c.toml"
    change = propose(config_catalog(file, "containerd-2.1"), [CRI], file=file)
    assert change.setting == f'disabled_plugins = ["nothing.at.all.here", "{CRI}"]\n'
    assert change.changes and f'+disabled_plugins = ["nothing.at.all.here", "{CRI}"]' in change.diff
    assert file.read_text("utf-8") == text, "nothing is written"


def test_what_another_file_disables_stays_so_and_is_said(tmp_path: Path) -> None:
    """With the line that does it."""
    write(tmp_path, {"c.toml": 'version = 2\nimports = ["other.toml"]\n'})
    write(tmp_path, {"other.toml": f'version = 2\ndisabled_plugins = ["{BTRFS}"]\n'})
    file = tmp_path / "c.toml"
    change = propose(config_catalog(file, "containerd-2.1"), enable=[BTRFS], file=file)
    assert not change.changes and change.diff == ""
    assert len(change.warnings) == 1
    assert f"{tmp_path / 'other.toml'}:2" in change.warnings[0]


def test_an_id_that_takes_others_along_is_said(tmp_path: Path) -> None:
    """In a file of version 1 that 1.x reads."""
    write(tmp_path, {"c.toml": "# version 1\n"})
    file = tmp_path / "c.toml"
    change = propose(
        config_catalog(file, "containerd-1.7"), ["io.containerd.service.v1.tasks-service"], file=file
    )
    assert change.names == ("tasks-service",) and change.warnings == ()
    several = propose(config_catalog(file, "containerd-1.7"), ["io.containerd.content.v1.content"], file=file)
    assert several.names == ("content",)
    assert "io.containerd.grpc.v1.content" in several.warnings[0]


def test_a_file_of_a_later_version_than_the_release_reads_is_said(tmp_path: Path) -> None:
    """It is another daemon's file."""
    write(tmp_path, {"c.toml": "version = 3\n"})
    change = propose(open_catalog("containerd-1.7"), [CRI], file=tmp_path / "c.toml")
    assert "version 3" in change.warnings[0] and "up to 2" in change.warnings[0]


def test_another_eras_rules_come_before_the_release_that_is_named() -> None:
    """Who looks at 2.1 under the rules of 1.2 wants ids."""
    catalog = open_catalog("containerd-2.1")
    assert release_of(catalog).version == catalog.version
    assert propose(catalog.under(Semantics.CLASSIC), [CRI]).names == ("cri",)
    assert release_of(Catalog([], semantics=Semantics.V1)).minor == (1, 7)


def test_a_file_that_cannot_be_changed_is_refused(tmp_path: Path) -> None:
    """One that is not there, and one whose list is no list."""
    write(tmp_path, {"c.toml": "disabled_plugins = 5\n"})
    with pytest.raises(SourceError):
        propose(open_catalog("containerd-2.1"), [CRI], file=tmp_path / "gone.toml")
    with pytest.raises(ChangeRefused):
        propose(open_catalog("containerd-2.1"), [CRI], file=tmp_path / "c.toml")


def test_a_setting_that_is_not_looked_at_is_marked(tmp_path: Path) -> None:
    """A key, and all that stands in a table; those in force are not."""
    lines = [
        f'[plugins."{BTRFS}"]',
        'root_path = "/z"',
        'root_pth = "/y"',
        f'[plugins."{BTRFS}".pool]',
        'name = "a"',
    ]
    text = "\n".join(["version = 2", *lines])
    entry = read(tmp_path, "1.7.34", text).find(BTRFS)
    assert entry is not None
    assert {one.key: one.ignored for one in entry.settings} == {
        "root_path": False,
        "root_pth": True,
        "pool.name": True,
    }
