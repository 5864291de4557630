"""What init functions leave behind: processes, pipes, files. All of it goes with the worker."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from tests.worker.sample import is_alive, run_source, step_of

from plugscope.worker import Limits

pytestmark = pytest.mark.usefixtures("nothing_stays")
posix = pytest.mark.skipif(os.name != "posix", reason="speaks of processes as POSIX has them")


@posix
def test_processes_that_plugins_started_end_with_the_worker(tmp_path: Path) -> None:
    """Children in the worker's session, also those that run on in a thread."""
    pids = tmp_path / "pids"
    recording = run_source(
        tmp_path,
        f"""
        import subprocess, threading

        def start():
            child = subprocess.Popen(["sleep", "60"])
            with open({str(pids)!r}, "a") as file:
                print(child.pid, file=file)
            return child

        @plugin("a.v1", "child")
        def child(ic):
            start()

        @plugin("b.v1", "waited-for")
        def waited_for(ic):
            threading.Thread(target=start().wait).start()
        """,
    )
    assert {str(step.outcome) for step in recording.steps} == {"ok"}
    deadline = time.monotonic() + 5
    started = [int(line) for line in pids.read_text("utf-8").split()]
    assert len(started) == 2
    while any(map(is_alive, started)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, started))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="found by what /proc tells")
def test_a_daemon_that_a_plugin_sets_free_ends_with_the_worker(tmp_path: Path) -> None:
    """Also one in a session of its own, whose parent has gone."""
    pid = tmp_path / "pid"
    run_source(
        tmp_path,
        f"""
        import subprocess

        @plugin("a.v1", "x")
        def x(ic):
            if os.fork() == 0:
                child = subprocess.Popen(["sleep", "60"], start_new_session=True)
                with open({str(pid)!r}, "w") as file:
                    print(child.pid, file=file)
                os._exit(0)
            while not os.path.exists({str(pid)!r}) or not open({str(pid)!r}).read():
                time.sleep(0.01)
        """,
    )
    deadline = time.monotonic() + 5
    started = int(pid.read_text("utf-8"))
    while is_alive(started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(started)


@posix
def test_a_fork_that_holds_the_pipes_open_delays_nothing(tmp_path: Path) -> None:
    """The end of the process counts, not the end of its pipes."""
    began = time.monotonic()
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
            os._exit(5)
        """,
        limits=Limits(timeout=30),
    )
    (step,) = recording.steps
    assert step.error == "the process ended in this init function: exit status 5"
    assert time.monotonic() - began < 20


def test_temporary_files_of_plugins_go_with_the_worker(tmp_path: Path) -> None:
    """What a plugin puts in its temporary folder, even one that crashes."""
    recording = run_source(
        tmp_path,
        """
        import tempfile

        @plugin("a.v1", "x")
        def x(ic):
            ic.meta.exports["folder"] = tempfile.mkdtemp()
            os.makedirs(ic.root)
            open(os.path.join(ic.root, "db"), "w").close()
        """,
    )
    meta = step_of(recording, "a.v1.x").meta
    assert meta is not None
    assert not Path(meta.exports["folder"]).exists()
    assert not Path(step_of(recording, "a.v1.x").root).exists()
