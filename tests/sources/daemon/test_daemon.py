"""Reading a live containerd: Debian's, booted in a folder of the test's own; and what is said when there is none."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from plugscope.boot import Outcome, Recording, make_plan, predict
from plugscope.boot.diagnosis import diagnose
from plugscope.cli.main import run
from plugscope.sources.daemon import ask_daemon, observe_daemon, recording_of
from plugscope.sources.error import SourceError
from plugscope.sources.shipped import open_catalog

Start = Callable[[str], str]
BOLT = "io.containerd.metadata.v1.bolt"
CONTENT = "io.containerd.content.v1.content"
OVERLAY = "io.containerd.snapshotter.v1.overlayfs"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: a Unix socket's may have 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="ps-") as name:
        yield Path(name)


@pytest.fixture
def containerd(folder: Path) -> Iterator[Start]:
    """Boots a daemon with a config; gives the address of its socket."""
    program = shutil.which("containerd")
    if program is None:
        pytest.skip("no containerd on this machine")
    if os.geteuid() != 0:
        pytest.skip("containerd wants root")
    running: list[subprocess.Popen[bytes]] = []

    def start(config: str) -> str:
        file = folder / "config.toml"
        file.write_text(
            f'version = 2\nroot = "{folder}/root"\nstate = "{folder}/state"\n{config}\n'
            f'[grpc]\naddress = "{folder}/c.sock"\n'
        )
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen([program, "-c", str(file), "-l", "info"], stdout=log, stderr=log)
        running.append(process)
        deadline = time.monotonic() + 30
        while b"successfully booted" not in (folder / "log").read_bytes():
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline, "it does not boot"
            time.sleep(0.05)
        return f"unix://{folder}/c.sock"

    yield start
    for process in running:
        process.terminate()
        process.wait(10)


def test_a_clean_daemon_is_read_with_its_version_order_and_meta(containerd: Start, folder: Path) -> None:
    """Version, order, Requires and Meta are the daemon's own; nothing is disabled."""
    address = containerd("")
    answer = ask_daemon(address)
    recording = recording_of(answer, address)
    catalog = recording.plan.catalog
    assert catalog.version.startswith("1.")
    assert answer.uuid
    assert [step.uri for step in recording.steps] == [f"{one.type}.{one.id}" for one in answer.plugins]
    bolt = recording.by_uri[BOLT]
    assert bolt.outcome is Outcome.OK
    assert bolt.entry.registration.requires == ("io.containerd.content.v1", "io.containerd.snapshotter.v1")
    content = recording.by_uri["io.containerd.content.v1.content"]
    assert content.meta is not None
    assert content.meta.exports["root"] == str(folder / "root" / CONTENT)
    assert not recording.plan.disabled
    if catalog.version.startswith("1.6.20"):
        shipped = predict(make_plan(open_catalog("containerd-1.6.20")))
        assert [step.uri for step in recording.steps] == [step.uri for step in shipped.steps]


@pytest.mark.parametrize(
    "disabled", [(BOLT,), (CONTENT,), (OVERLAY, "io.containerd.service.v1.leases-service")]
)
def test_socket_and_prediction_agree_on_who_fails_for_want_of_whom(
    containerd: Start, disabled: tuple[str, ...]
) -> None:
    """The daemon omits what is disabled and names no cause; the causes found are those that were predicted."""
    quoted = ", ".join(f'"{uri}"' for uri in disabled)
    seen = observe_daemon(containerd(f"disabled_plugins = [{quoted}]"))
    assert seen.plan.disabled_uris == sorted(disabled, key=seen.plan.disabled_uris.index)
    if not seen.plan.catalog.version.startswith("1.6.20"):
        pytest.skip("the prediction compared with is that of 1.6.20")
    expected = predict(make_plan(open_catalog("containerd-1.6.20"), disabled))
    assert {s.uri: s.outcome for s in seen.steps} == {s.uri: s.outcome for s in expected.steps}
    assert _causes(seen) == _causes(expected)


def _causes(recording: Recording) -> dict[str, list[str]]:
    return {cause.uri: cause.victims for cause in diagnose(recording).root_causes}


def test_each_failure_to_connect_has_its_own_words(folder: Path) -> None:
    """No socket, a plain file, a dead socket, a server of another kind."""
    (folder / "file").write_text("")
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(folder / "dead"))
    for name, words in (("none", "no such socket"), ("file", "no socket"), ("dead", "nothing listens")):
        with pytest.raises(SourceError, match=words):
            observe_daemon(f"unix://{folder}/{name}")


def test_a_server_of_another_kind_is_told_from_containerd(folder: Path) -> None:
    """A web server on the socket is no containerd, and says so in one line."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "web"))
        server.listen()
        server.settimeout(10)
        done = threading.Event()

        def answer() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection, suppress(OSError):
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(SourceError, match="not containerd") as caught:
            observe_daemon(f"unix://{folder}/web")
        done.set()
        server.shutdown(socket.SHUT_RDWR)
    thread.join()
    assert "\n" not in str(caught.value)


def test_a_forbidden_socket_names_the_group_to_join(folder: Path) -> None:
    """Permission is denied with the group that has it."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("dropping rights needs root and setpriv")
    folder.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "s"))
        server.listen()
        os.chown(folder / "s", 0, 4)
        (folder / "s").chmod(0o660)
        code = (
            "from plugscope.sources.daemon import observe_daemon\n"
            "from plugscope.sources.error import SourceError\n"
            f"try: observe_daemon('unix://{folder}/s')\n"
            "except SourceError as error: print(error)\n"
        )
        source = Path(__file__).resolve().parents[3] / "src"
        if not os.access(source, os.R_OK) or any(
            not (parent.stat().st_mode & 0o005)
            for parent in [*source.parents, Path(sys.executable).resolve().parent]
        ):
            pytest.skip("another user may not read this checkout or this Python")
        done = subprocess.run(
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(source)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert "join the group adm" in done.stdout, done.stderr


def test_the_command_line_explains_a_running_daemon(
    containerd: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disabled plugin that no answer and no log line names is the one cause, with exit code 1."""
    address = containerd(f'disabled_plugins = ["{BOLT}"]')
    assert run(["explain", address, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(cause["uri"], cause["reason"]) for cause in told["root_causes"] if cause["victims"]] == [
        (BOLT, "disabled")
    ]
    assert run(["explain", address + ".none", "--json"]) == 2
    assert "no such socket" in capsys.readouterr().err
