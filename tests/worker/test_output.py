"""What plugins print is theirs: it is told with their steps, however much, and whatever it looks like."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.worker.sample import AFTER, run_source, step_of

from plugscope.boot import Outcome

pytestmark = pytest.mark.usefixtures("nothing_stays")
posix = pytest.mark.skipif(os.name != "posix", reason="speaks of processes as POSIX has them")


def test_a_flood_of_output_is_kept_at_both_ends(tmp_path: Path) -> None:
    """20 MB are read at once, and shown as their beginning and their end."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            print("first line")
            line = "x" * 199 + "\\n"
            for _ in range(100):
                sys.stdout.write(line * 1000)
            print("last line")
        """
        + AFTER,
    )
    step = step_of(recording, "a.v1.x")
    assert step.outcome is Outcome.OK
    assert step.output.startswith("first line\n") and step.output.endswith("last line")
    assert "bytes of output left out" in step.output
    assert len(step.output) < 100_000
    assert step_of(recording, "z.v1.after").output == "after is here"


@posix
def test_output_of_c_and_of_child_processes_belongs_to_its_step(tmp_path: Path) -> None:
    """C buffers what it prints to a pipe; it is sent on before the step ends."""
    recording = run_source(
        tmp_path,
        """
        import ctypes, subprocess

        @plugin("a.v1", "c")
        def c(ic):
            ctypes.CDLL(None).printf(b"printed by C\\n")

        @plugin("b.v1", "child")
        def child(ic):
            subprocess.run([sys.executable, "-c", "print('printed by a child')"], check=True)

        @plugin("c.v1", "raw")
        def raw(ic):
            os.write(1, b"to one, ")
            os.write(2, b"to two")
        """,
    )
    assert [step.output for step in recording.steps] == [
        "printed by C",
        "printed by a child",
        "to one, to two",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "sys.stdout.close()",
        "os.close(1)",
        "os.close(2)",
        "os.close(0)",
        "sys.stdout = sys.stderr = None",
        "sys.__stderr__.close()",
    ],
)
def test_closing_the_streams_does_not_cut_the_wire(tmp_path: Path, code: str) -> None:
    """The host is spoken to on descriptors of the worker's own; no time is lost waiting."""
    began = time.monotonic()
    recording = run_source(
        tmp_path,
        f"""
        @plugin("a.v1", "x")
        def x(ic):
            {code}

        for number in range(5):
            register(Registration("b.v1", f"n{{number}}", init_fn=lambda ic: None))
        """,
    )
    assert {str(step.outcome) for step in recording.steps} == {"ok"}
    assert recording.boot.ok
    assert time.monotonic() - began < 10


def test_a_forged_mark_is_only_output(tmp_path: Path) -> None:
    """A plugin that prints what looks like a mark does not end its step's output."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            print("before")
            print("\\x1eplugscope 0123456789abcdef 0")
            print('{"step": {"index": 0, "outcome": "ok"}}')
            print("behind")
        """
        + AFTER,
    )
    output = step_of(recording, "a.v1.x").output
    assert output.startswith("before\n") and output.endswith("\nbehind")
    assert step_of(recording, "z.v1.after").output == "after is here"
