"""Whatever answers on the socket: no traceback, no hang, bounded memory, nothing that drives a terminal or a page."""

from __future__ import annotations

import html.parser
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.sources.daemon.fake import (
    INFO,
    PLUGINS,
    SERVER,
    VERSION,
    plugins_reply,
    server_reply,
    serving,
    version_reply,
)
from tests.sources.daemon.listening import listening, saying

from plugscope.boot import diagnose
from plugscope.cli import run
from plugscope.sources import SourceError
from plugscope.sources.daemon import Answer, DaemonError, observe_daemon, recording_of
from plugscope.sources.daemon.client import MOST_BYTES
from plugscope.sources.daemon.fact import MOST_ITEMS, MOST_PLUGINS, facts_of
from plugscope.sources.daemon.wire import message

Capture = pytest.CaptureFixture[str]
NASTY = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "two\nlines\r\n",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "\u202edesrever",
    "\x00zero",
    "\u009b31m",
    "]]>--></style>",
    "../../etc/passwd",
    "$(reboot)`id`",
    "x" * 5000,
    "",
    ".",
    "*",
)
text = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=30),
    st.sampled_from(
        ["io.containerd.metadata.v1", "bolt", "io.containerd.snapshotter.v1", "native", "skip plugin"]
    ),
)
plugin = st.fixed_dictionaries(
    {"type": text, "id": text},
    optional={
        "requires": st.lists(text, max_size=4),
        "capabilities": st.lists(text, max_size=3),
        "exports": st.dictionaries(text, text, max_size=3),
        "platforms": st.lists(st.fixed_dictionaries({"os": text, "architecture": text}), max_size=2),
        "init_err": st.fixed_dictionaries({"code": st.integers(-5, 20), "message": text}),
    },
)


@given(st.binary(max_size=400))
@example(b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
@example(b"\x0b" * 300)
def test_any_bytes_are_an_answer_or_damaged(data: bytes) -> None:
    """Bytes are taken apart, or refused by the library of the format in its own way."""
    from google.protobuf.message import DecodeError

    try:
        facts = facts_of(data)
    except (DecodeError, DaemonError):
        return
    assert all(isinstance(fact.uri, str) for fact in facts)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(plugin, max_size=12), st.sampled_from(["", "1.6.20", "2.1.9", "v9.9", "\x1b[1m"]))
def test_any_plugins_make_a_recording_with_a_diagnosis(plugins: list[dict[str, Any]], version: str) -> None:
    """Empty types and ids, ids that are there twice, rings, lies about real plugins: each is shown, or refused."""
    answer = Answer(facts_of(plugins_reply(*plugins)), version)
    try:
        recording = recording_of(answer, "unix:///s")
    except SourceError as error:
        assert not plugins
        assert "no plugin" in str(error)
        return
    diagnose(recording)
    told = {f"{one['type']}.{one['id']}" for one in plugins}
    entries = {entry.uri for entry in recording.plan.catalog.entries}
    assert told <= entries


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_a_server_that_answers_any_bytes(
    folder: Path, plugins: bytes, server: bytes, version: bytes, info: bytes
) -> None:
    """Over a real socket, for each of the calls."""
    replies = {PLUGINS: plugins, SERVER: server, VERSION: version, INFO: info}
    path = folder / "s"
    path.unlink(missing_ok=True)
    with serving(path, replies) as address:
        try:
            observe_daemon(address)
        except SourceError as error:
            assert "\n" not in str(error)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1, max_size=300))
@example(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00" + b"\x00\x00\x00\x07\x00\x00\x00\x00\x00" * 3)
def test_a_server_that_says_any_bytes_below_grpc(folder: Path, data: bytes) -> None:
    """Bytes that are no gRPC, or begin like it, end in one line and in time."""
    path = folder / "s"
    path.unlink(missing_ok=True)
    began = time.monotonic()
    with listening(path, saying(data)) as address, pytest.raises(SourceError) as caught:
        observe_daemon(address)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - began < 7


def test_an_answer_that_is_too_large_is_refused(folder: Path) -> None:
    """What is larger than the bound is not even received whole."""
    huge = plugins_reply({"type": "t.v1", "id": "x" * (MOST_BYTES + 10)})
    with (
        serving(folder / "s", {PLUGINS: huge}) as address,
        pytest.raises(SourceError, match="larger than 4 MiB"),
    ):
        observe_daemon(address)


def test_an_answer_of_too_many_plugins_is_refused(folder: Path) -> None:
    """Two bytes a plugin: two million of them are in bounds by their size, and not by their number."""
    many = b"\x0a\x00" * (MOST_BYTES // 2 - 100)
    refused = pytest.raises(SourceError, match=r"2,097,052 plugins; 2,000 are the most")
    with serving(folder / "s", {PLUGINS: many}) as address, refused:
        observe_daemon(address)


def test_an_answer_of_too_many_things_is_refused() -> None:
    """Empty platforms by the hundred thousand in one plugin."""
    fat = message("Plugin")(type="t.v1", id="x", platforms=[b""] * (MOST_ITEMS + 1)).SerializeToString()
    with pytest.raises(DaemonError, match=r"more than 100,000 things"):
        facts_of(message("PluginsResponse")(plugins=[fat]).SerializeToString())


@pytest.mark.parametrize(
    "words",
    [
        "x",
        "no plugins registered for io.containerd.y{0}.v1: plugin: not found",
        "long words, each its own: {0}",
    ],
)
def test_as_many_plugins_as_are_read_do_not_hang(words: str) -> None:
    """All of them failing, each for another reason, or for the same: explained within seconds."""
    plugins = [
        {"type": f"t{n}.v1", "id": "p", "init_err": {"code": 2, "message": words.format(n)}}
        for n in range(MOST_PLUGINS)
    ]
    facts = facts_of(plugins_reply(*plugins))
    began = time.monotonic()
    recording = recording_of(Answer(facts, "2.1.9"), "unix:///s")
    assert len(diagnose(recording).root_causes) >= 1
    assert time.monotonic() - began < 20


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by Linux's means")
def test_memory_is_bounded(folder: Path) -> None:
    """An answer at its bounds takes less than 64 MiB more than one with a single plugin."""
    item = message("Platform")().SerializeToString()
    worst = message("Plugin")(
        type="t.v1", id="x", platforms=[item] * (MOST_ITEMS // MOST_PLUGINS - 2), capabilities=["c"]
    ).SerializeToString()
    answer = message("PluginsResponse")(plugins=[worst] * MOST_PLUGINS).SerializeToString()
    (folder / "answer").write_bytes(answer)
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from plugscope.sources.daemon import Answer, recording_of\n"
        "from plugscope.sources.daemon.fact import facts_of\n"
        "recording_of(Answer(facts_of(b'\\x0a\\x06\\x0a\\x04t.v1'), '2.1.9'), 'unix:///s')\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"recording_of(Answer(facts_of(Path({str(folder / 'answer')!r}).read_bytes()), '2.1.9'), 'unix:///s')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert int(done.stdout) < 64 * 1024, "KiB more than with one plugin"


def hostile() -> bytes:
    """A plugin for each nasty text: as its id, type, error, export, capability and platform."""
    return plugins_reply(
        *(
            {
                "type": f"io.containerd.{n}{nasty[:80]}.v1",
                "id": nasty or "nothing",
                "requires": [
                    nasty.replace("*", "a star has no order"),
                    f"io.containerd.{n - 1}{NASTY[n - 1][:80]}.v1",
                ],
                "exports": {nasty: nasty},
                "capabilities": [nasty],
                "platforms": [{"os": nasty, "architecture": nasty}],
                **({"init_err": {"code": 2, "message": nasty}} if n % 2 else {}),
            }
            for n, nasty in enumerate(NASTY)
        )
    )


def hostile_replies() -> dict[str, bytes]:
    return {
        PLUGINS: hostile(),
        SERVER: server_reply(NASTY[0], 2**63, 1, NASTY),
        VERSION: version_reply("\x1b[31m2.1.9\n<b>"),
    }


_DRIVES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("verb", ["order", "predict", "replay", "explain", "check"])
@pytest.mark.parametrize("as_json", [False, True])
def test_nothing_that_is_printed_drives_a_terminal(
    folder: Path, capsys: Capture, verb: str, as_json: bool
) -> None:
    """Neither on standard output nor on standard error; JSON reads back as it was."""
    with serving(folder / "s", hostile_replies()) as address:
        for arguments in ([address], ["catalog:containerd-2.1", "--observed", address]):
            assert run([verb, *arguments, *(["--json"] if as_json else [])]) in (0, 1)
            captured = capsys.readouterr()
            assert not _DRIVES.search(captured.out), captured.out
            assert not _DRIVES.search(captured.err), captured.err
            if as_json:
                json.loads(captured.out)
            elif verb == "order":
                assert captured.out.count("\n") >= len(NASTY)


class _Tags(html.parser.HTMLParser):
    """The elements of a page, and where its scripts and links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("suffix", ["svg", "html", "dot", "graphml", "mmd", "json"])
def test_nothing_that_is_exported_is_markup(folder: Path, tmp_path: Path, suffix: str) -> None:
    """In no format does a daemon's text become an element, an attribute, a line of its own or an escape."""
    output = tmp_path / f"graph.{suffix}"
    with serving(folder / "s", hostile_replies()) as address:
        assert run(["render", address, "-o", str(output)]) == 0
    written = output.read_text("utf-8")
    assert "\x1b" not in written
    assert "\u009b" not in written
    if suffix in ("svg", "html", "graphml"):
        tags = _Tags()
        tags.feed(written)
        assert not any(tag in ("img", "iframe") for tag, _ in tags.found)
        assert not any(name.startswith("on") for _, attributes in tags.found for name in attributes)
        assert "<script>alert" not in written
    if suffix == "mmd":
        assert "<script>" not in written
    if suffix == "json":
        json.loads(written)


@pytest.mark.parametrize("suffix", ["toml", "json", "yaml"])
def test_what_is_converted_reads_back(folder: Path, tmp_path: Path, suffix: str, capsys: Capture) -> None:
    """A manifest of a hostile daemon is refused in words, or opens to the same plugins."""
    output = tmp_path / f"manifest.{suffix}"
    with serving(folder / "s", hostile_replies()) as address:
        code = run(["convert", address, "-o", str(output)])
        captured = capsys.readouterr()
        if code == 2:
            assert captured.err.startswith("error: ")
            assert not _DRIVES.search(captured.err)
            return
        before = run(["order", address, "--json"]), capsys.readouterr().out
    after = run(["order", str(output), "--json"]), capsys.readouterr().out
    assert [row["uri"] for row in json.loads(before[1])["order"]] == [
        row["uri"] for row in json.loads(after[1])["order"]
    ]
