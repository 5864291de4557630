"""Verbs on a containerd configuration, and ``config``, which changes one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.cli.command import Command

CRI = "io.containerd.grpc.v1.cri"
BOLT = "io.containerd.metadata.v1.bolt"
ZFS = "io.containerd.snapshotter.v1.zfs"
TEXT = f'# node 7\nversion = 2\ndisabled_plugins = [\n  "{BOLT}", # once\n]\n\n[grpc]\n  uid = 3\n'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_configuration_is_a_source_like_any_other(plugscope: Command, config: Path) -> None:
    """For the release that --catalog names; the cause has the line that disables it."""
    explained = plugscope("explain", str(config), "--catalog", "containerd-1.7", "--json")
    cause = explained.json["root_causes"][0]
    assert (cause["uri"], cause["reason"], cause["place"]) == (BOLT, "disabled", f"{config}:4")
    assert explained.code == 1
    ordered = plugscope("order", str(config), "--catalog", "containerd-1.7").lines
    assert BOLT not in ordered and CRI in ordered


def test_the_release_it_is_read_for_is_said_where_nobody_named_one(plugscope: Command, config: Path) -> None:
    """On standard error, with the option that changes it."""
    result = plugscope("predict", str(config))
    assert "containerd 2.3.4" in result.err and "--catalog" in result.err
    assert plugscope("predict", str(config), "--catalog", "containerd-9").code == 2


def test_catalog_has_no_use_for_other_sources(plugscope: Command) -> None:
    """Which is said, and not an error."""
    result = plugscope("order", "catalog:containerd-2.1", "--catalog", "containerd-1.7")
    assert "no use" in result.err and result.code == 0


def test_a_boot_that_would_be_aborted_is_found(plugscope: Command, tmp_path: Path) -> None:
    """By check with its line, by explain with its reason, by order and predict with their exit code."""
    path = tmp_path / "config.toml"
    path.write_text('version = 2\ndisabled_plugins = ["cri"]\n', "utf-8")
    checked = plugscope("check", str(path), "--json")
    found = next(one for one in checked.json["diagnostics"] if one["code"] == "config-abort")
    assert (checked.code, found["severity"], found["place"]) == (1, "error", f"{path}:2")
    assert f"{CRI} would work" in found["message"]
    explained = plugscope("explain", str(path), "--json").json
    assert explained["boot"]["ok"] is False
    assert explained["root_causes"][0]["reason"] == "config"
    assert plugscope("order", str(path)).code == plugscope("predict", str(path)).code == 1


def test_two_configurations_are_compared(plugscope: Command, config: Path, tmp_path: Path) -> None:
    """For the same release."""
    other = tmp_path / "other.toml"
    other.write_text("version = 2\n", "utf-8")
    result = plugscope("diff", str(config), str(other), "--catalog", "containerd-2.1", "--json")
    assert result.code == 1
    assert BOLT in {change["uri"] for change in result.json["outcome_changed"]}


def test_a_snippet_names_plugins_as_the_release_does(plugscope: Command) -> None:
    """By URI, or by id in 1.2."""
    assert plugscope("config", "catalog:containerd-2.1", "-d", CRI).out == f'disabled_plugins = ["{CRI}"]\n'
    assert plugscope("config", "catalog:containerd-1.2", "-d", CRI).out == 'disabled_plugins = ["cri"]\n'
    assert plugscope("config", "catalog:containerd-1.2", "-d", "cri").out == 'disabled_plugins = ["cri"]\n'


def test_a_name_that_nobody_has_is_refused_with_one_that_works(plugscope: Command) -> None:
    """Writing it would do nothing."""
    result = plugscope("config", "catalog:containerd-2.1", "-d", "cri")
    assert (result.code, result.out) == (2, "")
    assert f"{CRI} would work" in result.err


def test_a_change_is_shown_and_not_made(plugscope: Command, config: Path) -> None:
    """A unified diff; the file stays."""
    result = plugscope("config", str(config), "--catalog", "containerd-1.7", "-d", CRI, "-e", BOLT)
    assert f'+  "{CRI}",' in result.lines
    assert result.code == 0
    assert config.read_text("utf-8") == TEXT
    assert list(config.parent.iterdir()) == [config]


def test_a_change_is_written_after_a_backup_when_that_is_asked_for(plugscope: Command, config: Path) -> None:
    """Comments stay, and the JSON says where everything is."""
    result = plugscope("config", str(config), "--catalog", "containerd-1.7", "-d", ZFS, "--write", "--json")
    told = result.json
    assert config.read_text("utf-8") == told["text"] == TEXT.replace("# once\n", f'# once\n  "{ZFS}",\n')
    assert Path(told["backup"]).read_text("utf-8") == TEXT
    assert (told["written"], told["changed"], told["disabled"]) == (str(config), True, [BOLT, ZFS])
    again = plugscope("config", str(config), "--catalog", "containerd-1.7", "-d", ZFS, "--write")
    assert again.out == "nothing to change\n"
    assert len(list(config.parent.iterdir())) == 2


def test_another_file_is_changed_for_the_source_s_release(
    plugscope: Command, config: Path, tmp_path: Path
) -> None:
    """And written elsewhere with -o."""
    target = tmp_path / "new.toml"
    result = plugscope("config", "catalog:containerd-2.0", "-d", ZFS, "--in", str(config), "-o", str(target))
    assert result.code == 0
    assert f'"{ZFS}"' in target.read_text("utf-8")
    assert config.read_text("utf-8") == TEXT


def test_a_version_1_file_is_changed_by_ids_with_a_word_on_what_goes_along(
    plugscope: Command, tmp_path: Path
) -> None:
    """Every plugin of that id is meant there."""
    path = tmp_path / "config.toml"
    path.write_text('disabled_plugins = ["cri"]\n', "utf-8")
    uri = "io.containerd.content.v1.content"
    result = plugscope("config", str(path), "--catalog", "containerd-1.6", "-d", uri)
    assert '+disabled_plugins = ["cri", "content"]' in result.lines
    assert "io.containerd.grpc.v1.content, too" in result.err


def test_what_an_imported_file_disables_is_said_to_stay(
    plugscope: Command, config: Path, tmp_path: Path
) -> None:
    """It is another file."""
    drop = tmp_path / "drop.toml"
    drop.write_text(f'version = 2\ndisabled_plugins = ["{CRI}"]\n', "utf-8")
    config.write_text(f'version = 2\nimports = ["{drop}"]\n', "utf-8")
    result = plugscope("config", str(config), "--catalog", "containerd-2.1", "-e", CRI)
    assert f"{drop}:2" in result.err
    assert result.out == "nothing to change\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("catalog:containerd-2.1", "--write"), "no configuration to change"),
        (("catalog:containerd-2.1", "--in", "absent.toml"), "No such file"),
        (("catalog:containerd-2.1", "--write", "-o", "x"), "one file is written"),
    ],
)
def test_what_cannot_be_done_is_refused(
    plugscope: Command,
    arguments: tuple[str, ...],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """With exit code 2 and a sentence."""
    monkeypatch.chdir(tmp_path)
    result = plugscope("config", *arguments)
    assert (result.code, result.out) == (2, "")
    assert words in result.err


def test_a_file_that_is_no_toml_is_not_changed(plugscope: Command, tmp_path: Path) -> None:
    """Whatever is asked for."""
    path = tmp_path / "config.toml"
    path.write_text('version = 2\ndisabled_plugins = [\n[grpc]\nuid = "', "utf-8")
    result = plugscope("config", str(path), "-d", CRI, "--write")
    assert (result.code, result.out) == (2, "")
    assert "not TOML" in result.err


DOCKERS = '# As it is packaged\ndisabled_plugins = ["cri"]\n'


@pytest.mark.parametrize("release", ["containerd-1.6", "containerd-1.7", "containerd-2.3"])
def test_what_is_disabled_is_said_though_nothing_fails(
    plugscope: Command, tmp_path: Path, release: str
) -> None:
    """By explain, which says what it means and what to do, by check, and by explain of the one: each with the line."""
    path = tmp_path / "config.toml"
    path.write_text(DOCKERS, "utf-8")
    explained = plugscope("explain", str(path), "--catalog", release)
    assert f"{CRI} is disabled (at {path}:2): the kubelet and crictl get" in explained.out
    assert f"plugscope config {path} --enable URI" in explained.out
    assert plugscope("explain", str(path), "--catalog", release, "--json").json["disabled_at"] == {
        CRI: f"{path}:2"
    }
    one = plugscope("explain", str(path), CRI, "--catalog", release)
    assert one.out == f"grpc.cri is disabled at {path}:2: it has no place in the order.\n"
    checked = plugscope("check", str(path), "--catalog", release)
    assert f"{path}:2: info: {CRI}: does not start: this line disables it [disabled]" in checked.lines
    assert checked.code == 0


@pytest.mark.parametrize("text", [DOCKERS, f'version = 2\ndisabled_plugins = ["cri", "{ZFS}"]\n'])
def test_an_entry_is_taken_out_as_the_list_has_it(plugscope: Command, tmp_path: Path, text: str) -> None:
    """An id that 2.x migrates, and one that means nothing and ends the boot."""
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    assert plugscope("config", str(path), "-e", "cri", "--write").code == 0
    assert '"cri"' not in path.read_text("utf-8")


def test_a_name_to_enable_that_nobody_has_is_refused(plugscope: Command, config: Path) -> None:
    """Saying that there is nothing to change would sound as if it were enabled."""
    result = plugscope("config", str(config), "-e", "cri")
    assert (result.code, result.out) == (2, "")
    assert f"{CRI} would work" in result.err


def test_a_plugin_that_another_file_disables_is_a_finding(plugscope: Command, tmp_path: Path) -> None:
    """The file to change is named, none is changed, and the exit code says that it is still disabled."""
    path, other = tmp_path / "config.toml", tmp_path / "drop-in.toml"
    path.write_text('version = 2\nimports = ["drop-in.toml"]\n', "utf-8")
    other.write_text(f'version = 2\ndisabled_plugins = ["{CRI}"]\n', "utf-8")
    result = plugscope("config", str(path), "-e", CRI, "--write", "--catalog", "containerd-2.1")
    assert result.code == 1
    assert f"still disabled at {other}:2" in result.err and f"plugscope config {other}" in result.err
    assert CRI in other.read_text("utf-8")


def test_a_configuration_is_read_from_a_pipe_with_a_name(plugscope: Command, tmp_path: Path) -> None:
    """As ``<(…)`` of a shell makes one; and a version counts in a file with a mistake, too."""
    reading, writing = os.pipe()
    os.write(writing, DOCKERS.encode())
    os.close(writing)
    try:
        result = plugscope("explain", f"/dev/fd/{reading}")
    finally:
        os.close(reading)
    assert result.code == 0 and f"{CRI} is disabled (at /dev/fd/{reading}:2)" in result.out
    path = tmp_path / "config.toml"
    path.write_text("version = 2\nroot = /x\n", "utf-8")
    result = plugscope("explain", str(path))
    assert "it has version 2" in result.err and f"(at {path}:2)" in result.out
