"""Reading a live containerd: Debian's, booted in a folder of the test's own; and what is said when there is none."""

from __future__ import annotations

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

from plugscope.boot import Outcome
from plugscope.sources.daemon import observe_daemon
from plugscope.sources.error import SourceError
from plugscope.sources.shipped import open_catalog

Start = Callable[[str], str]
BOLT = "io.containerd.metadata.v1.bolt"


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


def test_a_clean_daemon_is_read_with_its_version_order_and_meta(containerd: Start) -> None:
    """Version, init order, Requires and Meta are the daemon's own; nothing has failed that does not always."""
    seen = observe_daemon(containerd(""))
    catalog = seen.catalog
    assert catalog.version.startswith("1.")
    assert seen.uuid
    outcomes = {entry.uri: entry.init.outcome for entry in catalog.entries if entry.init}
    assert outcomes[BOLT] is Outcome.OK
    bolt = catalog.find(BOLT)
    assert bolt is not None
    assert bolt.registration.requires == ("io.containerd.content.v1", "io.containerd.snapshotter.v1")
    if catalog.version.startswith("1.6.20"):
        shipped = open_catalog("containerd-1.6.20")
        assert {entry.uri for entry in catalog.entries} == {entry.uri for entry in shipped.entries}


def test_a_daemon_without_metadata_shows_its_victims_and_not_the_cause(containerd: Start) -> None:
    """A disabled plugin is absent from the answer; those that fail for want of it carry their error."""
    catalog = observe_daemon(containerd(f'disabled_plugins = ["{BOLT}"]')).catalog
    assert catalog.find(BOLT) is None
    scheduler = catalog.find("io.containerd.gc.v1.scheduler")
    assert scheduler is not None
    assert scheduler.init is not None
    assert scheduler.init.outcome is Outcome.ERROR
    assert scheduler.init.message == "no plugins registered for io.containerd.metadata.v1: not found"


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
