"""Each way of not reaching a daemon has its own words, in one line: held with real sockets."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import grpc
import pytest
from tests.sources.daemon.captured import replies_of
from tests.sources.daemon.fake import (
    PLUGINS,
    SERVER,
    VERSION,
    plugins_reply,
    server_reply,
    serving,
    version_reply,
)
from tests.sources.daemon.listening import Treat, close, keep_mute, listening, saying, speak_http

from plugscope.boot import DiagnosticCode
from plugscope.sources import SourceError
from plugscope.sources.daemon import ask_daemon, observe_daemon

ONE = plugins_reply({"type": "io.containerd.content.v1", "id": "content"})


def why(address: str, timeout: float = 5.0) -> str:
    """Why the daemon cannot be asked: one line, which begins with the address."""
    with pytest.raises(SourceError) as caught:
        ask_daemon(address, timeout)
    text = str(caught.value)
    assert text.startswith(f"{address}: ")
    assert "\n" not in text
    assert len(text) < 600
    return text.removeprefix(f"{address}: ")


def test_nothing_is_there(folder: Path) -> None:
    """No socket, no path, a plain file, a socket whose server has ended, a path that no socket can have."""
    (folder / "file").write_text("")
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(folder / "dead"))
    assert why(f"unix://{folder}/none").startswith("no such socket")
    assert why("unix://").startswith("no path; a daemon's address reads unix:///")
    assert why(f"unix://{folder}/file") == "that is no socket"
    assert why(f"unix://{folder}/dead").startswith("nothing listens on it")
    assert why(f"unix://{folder}/file/under").startswith("not a usable path")
    assert why("unix:///with\0zero").startswith("not a usable path")


def test_a_path_that_is_too_long_for_a_socket(folder: Path) -> None:
    """A socket reached by a path of more than 107 bytes is named as that, not as missing."""
    long = folder / ("x" * 100)
    long.mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "s"))
        server.listen()
        os.link(folder / "s", long / "s")
        assert "too long" in why(f"unix://{long}/s")


@pytest.mark.parametrize(
    ("treat", "words"),
    [
        (close, "does not speak gRPC: not containerd"),
        (speak_http, "does not speak gRPC: not containerd"),
        (saying(b"\0" * 64), "not containerd"),
        (saying(b"SSH-2.0-OpenSSH_9.2\r\n"), "does not speak gRPC: not containerd"),
    ],
    ids=["closes", "http", "zeros", "ssh"],
)
def test_another_kind_of_server(folder: Path, treat: Treat, words: str) -> None:
    """What hangs up, and what speaks something else, is told from a daemon at once."""
    began = time.monotonic()
    with listening(folder / "s", treat) as address:
        assert words in why(address)
    assert time.monotonic() - began < 4


def test_a_daemon_that_ends_while_it_is_asked(folder: Path) -> None:
    """It hung up because it went: that is said, and not that it speaks another language."""

    def end(connection: socket.socket) -> None:
        (folder / "s").unlink(missing_ok=True)
        connection.close()

    with listening(folder / "s", end) as address:
        assert why(address).startswith("no such socket")


def test_a_server_that_says_nothing(folder: Path) -> None:
    """It is waited for so long, and no longer."""
    began = time.monotonic()
    with listening(folder / "s", keep_mute) as address:
        assert "no gRPC answer within 0.5 s" in why(address, 0.5)
    assert time.monotonic() - began < 4


def test_a_daemon_that_does_not_answer(folder: Path) -> None:
    """A daemon that takes the question and hangs is waited for just as long."""

    def slow() -> bytes:
        time.sleep(1.5)
        return ONE

    with serving(folder / "s", {PLUGINS: slow}) as address:
        assert "no gRPC answer within 0.5 s: it hangs" in why(address, 0.5)


def test_a_server_that_takes_no_more_connections(folder: Path) -> None:
    """A queue that is full, because nobody takes from it."""
    waiting: list[socket.socket] = []
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "s"))
        server.listen(0)
        for _ in range(4):
            one = socket.socket(socket.AF_UNIX)
            one.setblocking(False)
            waiting.append(one)
            if one.connect_ex(str(folder / "s")):
                break
        assert "takes no more connections" in why(f"unix://{folder}/s", 0.5)
    for one in waiting:
        one.close()


def test_another_grpc_server(folder: Path) -> None:
    """It speaks gRPC and knows no introspection; its own words are told."""
    with serving(folder / "s", {"/other.Service/Call": b""}) as address:
        assert why(address).startswith("it speaks gRPC, but is not containerd, or one without introspection")


def test_a_containerd_without_introspection(folder: Path) -> None:
    """One that says its version is containerd, and its log is what tells more."""
    replies = {**replies_of("2.0.11/disabled-introspection-service"), VERSION: version_reply("v2.0.11")}
    with serving(folder / "s", replies) as address:
        text = why(address)
    assert text.startswith("containerd v2.0.11 answers, but its introspection plugins are disabled or failed")
    assert text.endswith("only its log tells more")


@pytest.mark.parametrize("code", [grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.INTERNAL])
def test_a_refusal_is_told_in_the_daemons_words(folder: Path, code: grpc.StatusCode) -> None:
    """Whatever it refuses with, its first line is shown, and nothing that comes after."""
    with serving(folder / "s", {PLUGINS: (code, "not for you\nand more")}) as address:
        text = why(address)
    assert "not for you" in text
    assert "and more" not in text


def test_a_daemon_without_plugins(folder: Path) -> None:
    """It answers, and there is nothing to show."""
    with serving(folder / "s", {PLUGINS: b""}) as address, pytest.raises(SourceError, match="no plugin"):
        observe_daemon(address)


def test_what_only_some_daemons_have_may_be_missing(folder: Path) -> None:
    """Neither version nor process: the plugins are shown all the same."""
    with serving(folder / "s", {PLUGINS: ONE}) as address:
        answer = ask_daemon(address)
    assert [one.uri for one in answer.plugins] == ["io.containerd.content.v1.content"]
    assert (answer.version, answer.uuid, answer.pid) == ("", "", 0)


def test_another_pid_namespace_is_told(folder: Path) -> None:
    """A daemon in a container: its process and its paths are not those of this machine."""
    replies = {PLUGINS: ONE, SERVER: server_reply("some-id", 17, 4026539999, ("stop using this",))}
    with serving(folder / "s", replies) as address:
        catalog = observe_daemon(address).plan.catalog
    told = {one.code: one.message for one in catalog.diagnostics}
    assert told[DiagnosticCode.DAEMON_PROCESS].startswith("it is process 17 of another pid namespace")
    assert told[DiagnosticCode.DEPRECATION] == "stop using this"


@contextmanager
def nobody() -> Iterator[None]:
    """Without root's rights inside the block."""
    if os.geteuid() != 0:
        pytest.skip("dropping rights needs root")
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


@pytest.mark.parametrize(
    ("group", "words"),
    [(4, "join the group adm"), (61234, "join the group 61234"), (0, "only root may use it")],
)
def test_a_forbidden_socket_names_the_group_to_join(folder: Path, group: int, words: str) -> None:
    """Permission is denied with the group that has it, by name or number; root's own with what to do."""
    folder.chmod(0o755)
    with listening(folder / "s", keep_mute) as address:
        (folder / "s").chmod(0o660)
        with suppress(PermissionError):
            os.chown(folder / "s", 0, group)
        with nobody():
            told = why(address)
    assert told.startswith("permission denied")
    assert words in told


def test_a_forbidden_folder(folder: Path) -> None:
    """The socket cannot even be looked for."""
    folder.chmod(0o700)
    with nobody():
        assert why(f"unix://{folder}/s").startswith("permission denied on the way to the socket")
