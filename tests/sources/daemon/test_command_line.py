"""The command line and a running daemon: alone, and beside a configuration or a catalog."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.sources.daemon.captured import replies_of
from tests.sources.daemon.daemon import Daemon, Start
from tests.sources.daemon.fake import VERSION, serving, version_reply

from plugscope.cli import run

BOLT = "io.containerd.metadata.v1.bolt"
CATALOG = "catalog:containerd-1.6.20"
VERSIONS = ("1.6.20", "1.7.24", "2.1.9")
Capture = pytest.CaptureFixture[str]


def told(capsys: Capture, *arguments: str, code: int) -> Any:
    """What a verb prints as JSON, having ended with this exit code."""
    assert run([*arguments, "--json"]) == code, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def causes(shape: Any) -> dict[str, list[str]]:
    return {cause["uri"]: sorted(cause["victims"]) for cause in shape["root_causes"]}


def without_machines(daemon: Daemon, found: dict[str, list[str]]) -> dict[str, list[str]]:
    """What settings can tell of: no plugin that comes out another way on this machine."""
    return {uri: victims for uri, victims in found.items() if uri not in daemon.base}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_same_truth_with_and_without_a_log(
    containerd: Start, capsys: Capture, tmp_path: Path, version: str
) -> None:
    """Daemon alone, settings with the daemon, settings with its log, and with the log of a boot at level error, which
    tells nothing: the same causes with the same victims, each with the line that disables it where there are
    settings."""
    disabled = f'disabled_plugins = ["{BOLT}"]'
    daemon = containerd(version, disabled)
    config, release = str(daemon.config), daemon.release
    alone = told(capsys, "explain", daemon.address, code=1)
    assert causes(alone)[BOLT]
    over_settings = ("explain", config, "--catalog", release, "--observed")
    log = tmp_path / "boot.log"
    log.write_bytes(daemon.log)
    for beside in (daemon.address, str(log)):
        shape = told(capsys, *over_settings, beside, code=1)
        assert causes(shape) == causes(alone)
        assert shape["boot"]["ok"] is True

    log.write_bytes(b"")
    silent = told(capsys, *over_settings, str(log), code=1)
    assert causes(silent) == without_machines(daemon, causes(alone))
    assert silent["boot"]["ok"] is None


@pytest.mark.parametrize("version", VERSIONS)
def test_a_daemon_whose_log_is_silent(containerd: Start, capsys: Capture, folder: Path, version: str) -> None:
    """At level error a broken database leaves not one line. The daemon tells; the log beside the settings is refused
    as an account of what happened, and what is predicted says that it is."""
    (folder / "root" / BOLT / "meta.db").mkdir(parents=True)
    daemon = containerd(version, level="error")
    assert daemon.log == b""
    alone = told(capsys, "explain", daemon.address, code=1)
    assert len(causes(alone)[BOLT]) > 20
    settings = (str(daemon.config), "--catalog", daemon.release)
    assert causes(told(capsys, "explain", *settings, "--observed", daemon.address, code=1)) == causes(alone)
    run(["explain", *settings, "--observed", str(folder / "log")])
    captured = capsys.readouterr()
    assert "what happened is not told, and what follows is predicted" in captured.err
    assert "how the boot ended is not known" in captured.out
    assert BOLT not in captured.out


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_disabled_at_level_error(containerd: Start, capsys: Capture, version: str) -> None:
    """The daemon, the settings with the daemon, and the settings with the empty log: one truth."""
    daemon = containerd(version, f'disabled_plugins = ["{BOLT}"]', "error")
    assert daemon.log == b""
    alone = causes(told(capsys, "explain", daemon.address, code=1))
    settings = (str(daemon.config), "--catalog", daemon.release, "--observed")
    assert len(alone[BOLT]) > 20
    assert causes(told(capsys, "explain", *settings, daemon.address, code=1)) == alone
    silent = told(capsys, "explain", *settings, str(daemon.folder / "log"), code=1)
    assert causes(silent) == without_machines(daemon, alone)


@pytest.mark.parametrize("version", VERSIONS)
def test_settings_are_those_of_the_release_that_is_observed(
    containerd: Start, capsys: Capture, tmp_path: Path, version: str
) -> None:
    """Nobody has to say which release a configuration is for when its daemon, or its log, is at hand."""
    daemon = containerd(version, f'disabled_plugins = ["{BOLT}"]')
    log = tmp_path / "boot.log"
    log.write_bytes(daemon.log)
    alone = causes(told(capsys, "explain", daemon.address, code=1))
    for beside in (daemon.address, str(log)):
        shape = told(capsys, "explain", str(daemon.config), "--observed", beside, code=1)
        assert causes(shape) == alone


def test_the_line_that_disables_is_named(containerd: Start, capsys: Capture) -> None:
    """Settings know the line, the daemon knows what came of it."""
    daemon = containerd("1.6.20", f'disabled_plugins = ["{BOLT}"]')
    run(["explain", str(daemon.config), "--catalog", daemon.release, "--observed", daemon.address])
    out = capsys.readouterr().out
    assert f"{BOLT}: disabled (at {daemon.config}:4)" in out


def in_words(capsys: Capture, *arguments: str) -> str:
    run(list(arguments))
    return capsys.readouterr().out


def test_every_verb_takes_a_daemon_beside_a_catalog(folder: Path, capsys: Capture, tmp_path: Path) -> None:
    """order, predict, replay, explain, check and render, as text and as JSON, tell of the daemon's boot."""
    replies = {**replies_of("1.6.20/disabled-metadata"), VERSION: version_reply("1.6.20")}
    with serving(folder / "s", replies) as address:
        beside = (CATALOG, "--observed", address)
        order = told(capsys, "order", *beside, code=0)
        assert [row["uri"] for row in order["order"]] == in_words(capsys, "order", *beside).split()
        assert order["disabled"] == [BOLT]
        replayed = told(capsys, "replay", *beside, code=1)
        assert replayed["kind"] == "observed"
        assert [step["uri"] for step in replayed["steps"]] == [row["uri"] for row in order["order"]]
        assert "no plugins registered for io.containerd.metadata.v1" in in_words(capsys, "replay", *beside)
        predicted = told(capsys, "predict", *beside, code=1)
        assert {row["uri"]: row["outcome"] for row in predicted["plugins"]} == {
            **{step["uri"]: step["outcome"] for step in replayed["steps"]},
            BOLT: "disabled",
        }
        assert f"disabled     {BOLT}" in in_words(capsys, "predict", *beside)
        assert causes(told(capsys, "explain", *beside, code=1)) == causes(
            told(capsys, "explain", address, code=1)
        )
        assert f"{BOLT}: disabled" in in_words(capsys, "explain", *beside)
        assert {row["code"] for row in told(capsys, "check", *beside, code=0)["diagnostics"]} >= {
            "daemon-version",
            "daemon-process",
        }
        assert "as it says itself" in in_words(capsys, "check", *beside)
        picture = tmp_path / "graph.json"
        told(capsys, "render", *beside, "-o", str(picture), code=0)
        assert '"disabled"' in picture.read_text("utf-8")


def test_what_would_change_is_predicted_from_what_happened(folder: Path, capsys: Capture) -> None:
    """--disable beside a daemon: what it said failed of itself still does."""
    replies = {**replies_of("1.6.20/file-at-native-root"), VERSION: version_reply("1.6.20")}
    with serving(folder / "s", replies) as address:
        shape = told(capsys, "explain", CATALOG, "--observed", address, "--disable", BOLT, code=1)
    assert len(causes(shape)[BOLT]) > 20
    assert causes(shape)["io.containerd.snapshotter.v1.native"] == []


@pytest.mark.parametrize("verb", ["order", "predict", "replay", "explain", "check"])
@pytest.mark.parametrize("as_json", [True, False])
def test_a_daemon_that_cannot_be_reached_ends_every_verb(
    folder: Path, capsys: Capture, verb: str, as_json: bool
) -> None:
    """Exit code 2, nothing on standard output, and one line that says where and why."""
    address = f"unix://{folder}/none"
    json_too = ["--json"] if as_json else []
    for arguments in ([verb, address], [verb, CATALOG, "--observed", address]):
        assert run([*arguments, *json_too]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err == (
            f"error: {address}: no such socket; is the daemon running, and is this its address?\n"
        )


def test_a_daemon_has_one_boot(folder: Path, capsys: Capture) -> None:
    """--boot chooses among a log's; beside a daemon it is refused."""
    with serving(folder / "s", replies_of("1.6.20/clean-default")) as address:
        for arguments in ([address], [CATALOG, "--observed", address]):
            assert run(["explain", *arguments, "--boot", "2"]) == 2
            assert "tells of one boot" in capsys.readouterr().err
