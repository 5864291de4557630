"""Init functions that hang, exit or crash: what had its turn is told, and the host lives."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.worker.sample import AFTER, run_source, step_of

from plugscope.boot import ErrorKind, Outcome, Recording
from plugscope.worker import Limits

pytestmark = pytest.mark.usefixtures("nothing_stays")
posix = pytest.mark.skipif(os.name != "posix", reason="speaks of processes as POSIX has them")


def outcomes(recording: Recording) -> list[tuple[str, str]]:
    return [(step.uri, str(step.outcome)) for step in recording.steps]


def test_hanging_is_told_with_the_line_it_hangs_at(tmp_path: Path) -> None:
    """After the plugin's time is up; the rest is not reached, and says why."""
    began = time.monotonic()
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            print("waiting")
            wait_for_the_lock()

        def wait_for_the_lock():
            while True:
                time.sleep(0.05)
        """
        + AFTER,
        limits=Limits(timeout=0.5),
    )
    assert time.monotonic() - began < 15
    step, after = recording.steps
    assert (step.outcome, step.kind) == (Outcome.ERROR, ErrorKind.TIMEOUT)
    assert step.error == "did not end within 0.5 s"
    assert step.output == "waiting"
    assert "in wait_for_the_lock" in step.traceback
    assert after.outcome is Outcome.NOT_REACHED
    assert after.notes == ("not reached: a.v1.x: did not end within 0.5 s",)
    assert (recording.boot.ok, recording.boot.stage, recording.boot.uri) == (False, "timeout", "a.v1.x")


CRASHES = {
    "os._exit": ("os._exit(3)", "exit status 3"),
    "a segfault": ("import ctypes; ctypes.string_at(0)", "killed by SIGSEGV"),
    "an abort": ("os.abort()", "killed by SIGABRT"),
    "a kill": ("import signal; os.kill(os.getpid(), signal.SIGKILL)", "killed by SIGKILL"),
    "closed descriptors": ("os.closerange(0, 200)", "it closed the descriptors that it is spoken to on"),
}


@posix
@pytest.mark.parametrize(("code", "words"), CRASHES.values(), ids=CRASHES.keys())
def test_a_crash_is_told_with_how_the_process_ended(tmp_path: Path, code: str, words: str) -> None:
    """What was printed and looked up before is kept; those before it are as they were."""
    recording = run_source(
        tmp_path,
        f"""
        @plugin("a.v1", "before")
        def before(ic):
            return 1

        @plugin("b.v1", "x", requires=["a.v1"])
        def x(ic):
            ic.get_single("a.v1")
            print("still well", flush=True)
            {code}
        """
        + AFTER,
    )
    before, step, after = recording.steps
    assert before.outcome is Outcome.OK
    assert (step.outcome, step.kind) == (Outcome.ERROR, ErrorKind.CRASH)
    assert step.error == f"the process ended in this init function: {words}"
    assert "still well" in step.output or "closed" in words
    assert [str(made.lookup) for made in step.lookups] == ["single a.v1"]
    assert after.outcome is Outcome.NOT_REACHED
    assert (recording.boot.stage, recording.boot.uri) == ("crash", "b.v1.x")
    if "SEGV" in words:
        assert "Segmentation fault" in step.traceback and "in x" in step.traceback


def test_sys_exit_ends_the_process_and_is_told_so(tmp_path: Path) -> None:
    """As it would end a daemon: no failed plugin, a boot that ends."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            sys.exit("no licence")
        """
        + AFTER,
    )
    step, after = recording.steps
    assert step.kind is ErrorKind.CRASH
    assert step.error == "called sys.exit(no licence): the process ends here"
    assert "sys.exit" in step.traceback
    assert after.outcome is Outcome.NOT_REACHED


@posix
def test_a_crash_in_a_thread_that_another_plugin_left_is_no_second_step(tmp_path: Path) -> None:
    """Each plugin has one step, whoever's fault it is."""
    recording = run_source(
        tmp_path,
        """
        import threading

        @plugin("a.v1", "x")
        def x(ic):
            threading.Timer(0.3, lambda: os._exit(7)).start()

        @plugin("b.v1", "y")
        def y(ic):
            time.sleep(10)
        """,
    )
    assert outcomes(recording) == [("a.v1.x", "ok"), ("b.v1.y", "error")]
    assert "exit status 7" in step_of(recording, "b.v1.y").error
    assert step_of(recording, "a.v1.x").notes == ("left 1 thread running: Thread-1",)
