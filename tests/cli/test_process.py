"""The command as a process: its streams, and what loads when."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.command import STORE, write_store

PLUGSCOPE = [sys.executable, "-m", "plugscope"]


def test_a_manifest_comes_through_standard_input() -> None:
    """A hyphen, in any format."""
    done = subprocess.run(
        [*PLUGSCOPE, "order", "-", "--json"], input=STORE.encode(), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [row["id"] for row in json.loads(done.stdout)["order"]] == ["disk", "bolt", "scheduler", "zfs"]


def test_errors_of_standard_input_have_a_place() -> None:
    """It is called what it is."""
    done = subprocess.run([*PLUGSCOPE, "order", "-"], input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"error: standard input: the file is empty\n"


def test_strange_text_is_written_whatever_the_locale(tmp_path: Path) -> None:
    """A terminal that knows ASCII alone is no reason to fail."""
    path = tmp_path / "m.json"
    path.write_text(json.dumps({"plugscope": 1, "plugin": [{"type": "t", "id": "שלום"}]}), "utf-8")
    for variables in (
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ):
        for form in ([], ["--json"]):
            done = subprocess.run(
                [*PLUGSCOPE, "order", str(path), *form],
                capture_output=True,
                env={**os.environ, **variables},
                check=False,
            )
            assert done.returncode == 0, done.stderr
            assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
def test_a_reader_that_leaves_is_no_failure(tmp_path: Path) -> None:
    """As with ``| head -1``: no traceback, no complaint."""
    path = tmp_path / "m.json"
    plugins = [{"type": "t", "id": f"id{n}"} for n in range(50_000)]
    path.write_text(json.dumps({"plugscope": 1, "plugin": plugins}), "utf-8")
    with subprocess.Popen(
        [*PLUGSCOPE, "order", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == b"t.id0\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_interrupting_ends_the_worker_too(tmp_path: Path) -> None:
    """Control-C while a plugin runs: exit 130, no traceback, and nothing runs on."""
    path, pid = tmp_path / "slow.py", tmp_path / "pid"
    path.write_text(
        "import os, time\nfrom plugscope.plugin import plugin\n"
        f"@plugin('a.v1', 'x')\ndef x(ic):\n    open({str(pid)!r}, 'w').write(str(os.getpid()))\n    time.sleep(60)\n",
        "utf-8",
    )
    with subprocess.Popen(
        [*PLUGSCOPE, "replay", str(path), "--trust", "--timeout", "50"], stderr=subprocess.PIPE
    ) as process:
        deadline = time.monotonic() + 30
        while not (pid.exists() and pid.read_text("utf-8")) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(30) == 130
    worker = int(pid.read_text("utf-8"))
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_verb_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    """Ordering a manifest needs no Qt, no Graphviz, no networkx, no schema."""
    program = (
        "import sys; from plugscope.cli.main import run; code = run(sys.argv[1:]); "
        "print(code, *sorted({'PySide6', 'pygraphviz', 'networkx', 'jsonschema', 'grpc', 'rich'} & set(sys.modules)),"
        " file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "order", write_store(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "0\n"


def test_closed_standard_input_is_told() -> None:
    """As what it is, not as a failure of the product."""
    command = 'exec "$0" -m plugscope order - <&-'
    done = subprocess.run(["/bin/sh", "-c", command, sys.executable], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (2, b"error: standard input: it is closed\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["order", "catalog:containerd-2.3"], ["--help"]])
def test_a_full_disk_is_told(arguments: list[str], unbuffered: str) -> None:
    """Once, however Python holds its output back."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PLUGSCOPE, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, b"error: standard output: No space left on device\n")
