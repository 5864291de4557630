"""Logs and listings on the command line: explain, replay, order and predict what happened."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.command import Command
from tests.sources.log.capture import captures, log_of

BOLT = "io.containerd.metadata.v1.bolt"


def _log(folder: Path, name: str) -> str:
    path = folder / "boot.log"
    path.write_bytes(log_of(name))
    return str(path)


def test_explain_names_the_cause_that_no_line_names(plugscope: Command, tmp_path: Path) -> None:
    """The contract's keys, exit code 1 for a cause, and what it rests on on standard error."""
    result = plugscope("explain", _log(tmp_path, "1.6.20/disabled-metadata"), "--json")
    assert result.code == 1
    cause = next(c for c in result.json["root_causes"] if c["uri"] == BOLT)
    assert (cause["reason"], cause["certainty"]) == ("disabled", "will")
    assert len(cause["victims"]) == 22
    assert result.json["disabled"] == [BOLT]
    assert result.json["boot"]["ok"] is True
    assert "containerd 1.6.20~ds1, as it says itself" in result.err


def test_a_boot_that_hangs_says_where(plugscope: Command, tmp_path: Path) -> None:
    """``unfinished`` is the plugin that the daemon waited in."""
    result = plugscope("explain", _log(tmp_path, "2.0.11/metadb-locked"), "--json")
    assert result.json["unfinished"] == BOLT
    assert result.json["boot"]["stage"] == "hang"


def test_a_cause_that_is_no_plugin_has_no_uri(plugscope: Command, tmp_path: Path) -> None:
    """A configuration that cannot be read: reason and boot say so."""
    result = plugscope("explain", _log(tmp_path, "2.0.11/bad-toml"), "--json")
    assert [(c["uri"], c["reason"]) for c in result.json["root_causes"]] == [("", "config")]
    assert "TOML" in result.json["boot"]["error"]


def test_an_end_that_is_not_told_is_not_made_up(plugscope: Command, tmp_path: Path) -> None:
    """A log without its end: ok is null."""
    result = plugscope("explain", _log(tmp_path, "1.6.20/derived-truncated-tail"), "--json")
    assert result.json["boot"]["ok"] is None


def test_a_boot_is_chosen(plugscope: Command, tmp_path: Path) -> None:
    """The last by default, another with --boot; one that is not there is refused."""
    path = _log(tmp_path, "1.6.20/restart-ok-then-abort")
    assert plugscope("explain", path, "--json").json["boot"]["ok"] is False
    assert plugscope("explain", path, "--json", "--boot", "1").json["boot"]["ok"] is True
    refused = plugscope("explain", path, "--boot", "7")
    assert (refused.code, refused.out) == (2, "")
    assert "there is no boot 7" in refused.err


def test_replay_and_order_show_what_happened(plugscope: Command, tmp_path: Path) -> None:
    """The recording is an observed one, and its order is the daemon's."""
    path = _log(tmp_path, "2.0.11/disabled-metadata")
    replayed = plugscope("replay", path, "--json").json
    assert replayed["kind"] == "observed"
    order = [row["uri"] for row in plugscope("order", path, "--json").json["order"]]
    assert order == [step["uri"] for step in replayed["steps"]]


def test_predict_begins_with_what_happened(plugscope: Command, tmp_path: Path) -> None:
    """Without a change the same outcomes come out; with one, what would come of it."""
    path = _log(tmp_path, "1.6.20/metadb-is-directory")
    rows = {row["uri"]: row for row in plugscope("predict", path, "--json").json["plugins"]}
    assert rows[BOLT]["error"].endswith("meta.db: is a directory")
    assert rows["io.containerd.grpc.v1.images"]["cause"] == BOLT


def test_what_happened_is_laid_over_what_was_expected(plugscope: Command, tmp_path: Path) -> None:
    """--observed: the boot of a log, told with the catalog that the source gives."""
    log = _log(tmp_path, "2.0.11/disabled-metadata")
    result = plugscope("explain", "catalog:containerd-2.0", "--observed", log, "--json")
    assert [c["uri"] for c in result.json["root_causes"]] == [BOLT]
    refused = plugscope("explain", "catalog:containerd-2.0", "--observed", "catalog:containerd-2.0")
    assert refused.code == 2
    assert "tells of no boot that happened" in refused.err


def test_a_listing_is_explained(plugscope: Command, tmp_path: Path) -> None:
    """``ctr plugins ls -d``, pasted into a file."""
    path = tmp_path / "ls.txt"
    path.write_bytes(captures()["1.6.20/two-root-causes"].listings["plugins-ls-d.txt"])
    uris = [c["uri"] for c in plugscope("explain", str(path), "--json").json["root_causes"]]
    assert uris[0] == BOLT
    assert "io.containerd.internal.v1.opt" in uris


@pytest.mark.parametrize("verb", ["explain", "replay", "order", "predict"])
def test_a_hostile_log_reaches_no_terminal(plugscope: Command, tmp_path: Path, verb: str) -> None:
    """Escapes, markup and links in a log are shown as text, whatever carries them."""
    path = tmp_path / "evil.log"
    line = '{"level":"warning","msg":"failed to load plugin","id":"io.containerd.a.v1.\\u001b[31mb","type":"'
    line += (
        'io.containerd.a.v1","error":"\\u001b]8;;http://evil\\u0007x\\u009b2J [link=http://evil]y[/link]"}\n'
    )
    path.write_text(line * 2, "utf-8")
    result = plugscope(verb, str(path))
    assert "\x1b" not in result.out + result.err
    assert "\x9b" not in result.out + result.err


def test_what_a_log_does_not_tell_of_is_not_counted_as_well(plugscope: Command, tmp_path: Path) -> None:
    """A log that ends at once: two plugins are well, the rest is not told of, and where it ended is said."""
    path = tmp_path / "boot.log"
    path.write_bytes(b"".join(log_of("2.0.11/clean-default").splitlines(keepends=True)[:4]))
    result = plugscope("explain", str(path))
    assert result.lines[-1].endswith(" not told of")
    assert result.lines[-1].startswith(("1 ok", "2 ok"))
    assert "nothing failed as far as is told" in result.lines
    assert "where io.containerd." in result.lines[0] and result.lines[0].endswith("was starting")


def test_a_disabled_plugin_of_a_log_is_named(plugscope: Command, tmp_path: Path) -> None:
    """CRI's absence is no failure, and the reason why somebody reads the log."""
    result = plugscope("explain", _log(tmp_path, "1.6.20/disabled-cri"))
    assert "io.containerd.grpc.v1.cri is disabled: the kubelet and crictl get" in result.out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('kubelet[7]: E1 "failed" err="unknown service runtime.v1.RuntimeService"\n', "serves no CRI"),
        ("FATA[0000] listing images: unknown service runtime.v1alpha2.ImageService\n", "serves no CRI"),
        (
            "Apr 02 22:18:41 n1 systemd[1]: containerd.service: Failed with result 'exit-code'.\n",
            "journalctl -u",
        ),
        ('ctr: failed to dial "/run/x.sock": context deadline exceeded\n', "ctr says"),
        ('{{ template "base" . }}\n[plugins]\n', "k3s"),
    ],
)
def test_what_is_no_boot_says_where_to_look(
    plugscope: Command, tmp_path: Path, text: str, words: str
) -> None:
    """The symptom, and not the cause, is what many have in hand first."""
    path = tmp_path / "pasted.txt"
    path.write_text(text, "utf-8")
    result = plugscope("explain", str(path))
    assert (result.code, result.out) == (2, "")
    assert words in result.err and result.err.startswith("error: ")


def test_a_paste_of_a_configuration_and_what_the_daemon_said_is_a_log(
    plugscope: Command, tmp_path: Path
) -> None:
    """The daemon's own words count, not what TOML makes of the prompt."""
    path = tmp_path / "issue.txt"
    said = 'failed to load TOML from ./x.toml: invalid disabled plugin URI "cri" expect io.containerd.x.vx'
    path.write_text(
        f'# cat x.toml\ndisabled_plugins=["cri"]\n\n# containerd -c x.toml\ncontainerd: {said}\n', "utf-8"
    )
    assert plugscope("explain", str(path), "--json").json["boot"]["error"] == said


def test_the_place_of_an_observed_failure_is_its_line(plugscope: Command, tmp_path: Path) -> None:
    """Not where in Go's source the plugin is registered, which tells nothing of why it failed."""
    log = _log(tmp_path, "1.6.20/metadb-is-directory")
    result = plugscope("explain", "catalog:containerd-1.6", "--observed", log, "--json")
    locations = {cause["uri"]: cause["place"] for cause in result.json["root_causes"]}
    assert locations[BOLT].startswith(f"{log}:")


def test_a_part_of_a_log_differs_only_in_what_it_tells(plugscope: Command, tmp_path: Path) -> None:
    """What it does not tell of is neither removed nor moved nor well, and that it is a part is said."""
    whole = _log(tmp_path, "1.6.20/metadb-is-directory")
    part = tmp_path / "part.log"
    lines = log_of("1.6.20/metadb-is-directory").splitlines(keepends=True)
    part.write_bytes(b"".join(lines[20:40]))
    for sources in ((whole, str(part)), (str(part), whole)):
        result = plugscope("diff", *sources)
        assert (result.code, result.out) == (0, "")
        assert f"{part}: warning: the log ends before the boot does" in result.err


@pytest.mark.parametrize("arguments", [("explain", "-", "--observed", "-"), ("diff", "-", "-")])
def test_standard_input_is_read_once(plugscope: Command, arguments: tuple[str, ...]) -> None:
    """The second reading would find nothing, and say that a file is empty."""
    result = plugscope(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "standard input can be read once" in result.err
