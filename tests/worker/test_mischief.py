"""Init functions that misbehave and go on: each gives a truthful step."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.worker.sample import AFTER, run_source, step_of

from plugscope.boot import Outcome
from plugscope.worker import Limits

pytestmark = pytest.mark.usefixtures("nothing_stays")
posix = pytest.mark.skipif(os.name != "posix", reason="speaks of processes as POSIX has them")


@posix
def test_eating_memory_ends_at_the_limit(tmp_path: Path) -> None:
    """With a MemoryError, which is the plugin's own failure; the boot goes on."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            eaten = []
            while True:
                eaten.append(bytearray(16 << 20))
        """
        + AFTER,
        limits=Limits(timeout=20, memory=256 << 20),
    )
    step = step_of(recording, "a.v1.x")
    assert step.error == "MemoryError: the memory limit was reached"
    assert step_of(recording, "z.v1.after").outcome is Outcome.OK


def test_threads_left_behind_are_noted_and_do_not_keep_the_process(tmp_path: Path) -> None:
    """Not even those that are no daemons."""
    began = time.monotonic()
    recording = run_source(
        tmp_path,
        """
        import threading

        @plugin("a.v1", "x")
        def x(ic):
            for number in range(7):
                threading.Thread(target=time.sleep, args=(60,), name=f"w{number}").start()
        """
        + AFTER,
    )
    (note,) = step_of(recording, "a.v1.x").notes
    assert note == "left 7 threads running: w0, w1, w2, w3, w4 …"
    assert step_of(recording, "z.v1.after").notes == ()
    assert time.monotonic() - began < 20


def test_what_cannot_be_pickled_need_not_be(tmp_path: Path) -> None:
    """Instances stay in the worker; other plugins look them up there."""
    recording = run_source(
        tmp_path,
        """
        import threading

        @plugin("a.v1", "x")
        def x(ic):
            return lambda: threading.Lock()

        @plugin("b.v1", "y", requires=["a.v1"])
        def y(ic):
            return ic.get_single("a.v1")()
        """,
    )
    assert [(step.outcome, step.returned) for step in recording.steps] == [
        (Outcome.OK, "builtins.function"),
        (Outcome.OK, "_thread.lock"),
    ]


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("ic.plugins._ordered.pop()", "changed the plugin set: removed a.v1.first"),
        ("ic.plugins.add(Plugin(Registration('q.v1', 'new')))", "changed the plugin set: added q.v1.new"),
        ("ic.plugins._ordered.reverse()", ""),
        ("ic.meta = {'mine': 1}", "put a dict in the place of its Meta"),
        ("ic.meta.exports['port'] = 8080", "exports values that are no text: port"),
    ],
    ids=["takes one out", "puts one in", "reorders one", "replaces its Meta", "exports a number"],
)
def test_meddling_is_noted(tmp_path: Path, code: str, note: str) -> None:
    """The step says what the init function did to what is not its own."""
    recording = run_source(
        tmp_path,
        f"""
        @plugin("a.v1", "first")
        def first(ic):
            return 1

        @plugin("b.v1", "x", requires=["a.v1"])
        def x(ic):
            {code}
        """,
    )
    step = step_of(recording, "b.v1.x")
    assert step.outcome is Outcome.OK
    assert step.notes == ((note,) if note else ())


def test_a_plugin_that_adds_itself_to_the_set_aborts_the_boot(tmp_path: Path) -> None:
    """The set takes each plugin once, and containerd aborts when it refuses."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            ic.plugins.add(Plugin(Registration("a.v1", "x")))
        """
        + AFTER,
    )
    assert recording.boot.stage == "plugin-set-add"
    assert [str(step.outcome) for step in recording.steps] == ["ok", "not reached"]


def test_meta_can_hold_anything(tmp_path: Path) -> None:
    """Numbers, huge values and values whose text fails are all shown somehow, within bounds."""
    recording = run_source(
        tmp_path,
        """
        class Sulky:
            def __str__(self):
                raise ValueError("no")

        @plugin("a.v1", "x")
        def x(ic):
            ic.meta.exports.update(port=8080, big="y" * 5_000_000, sulky=Sulky())
            ic.meta.capabilities.append(Sulky())
            ic.meta.platforms.append("linux/amd64")
        """,
    )
    meta = step_of(recording, "a.v1.x").meta
    assert meta is not None
    assert meta.exports["port"] == "8080"
    assert meta.exports["big"].startswith("yyy") and "characters more" in meta.exports["big"]
    assert len(meta.exports["big"]) < 5_000
    assert "Sulky whose text cannot be had: ValueError" in meta.exports["sulky"]
    assert str(meta.platforms[0]) == "linux/amd64"


@pytest.mark.parametrize(
    "code",
    ["sys.modules.clear()", "del sys.modules['traceback'], sys.modules['json']", "sys.path.clear()"],
)
def test_deleted_modules_are_the_plugin_s_own_trouble(tmp_path: Path, code: str) -> None:
    """The worker has what it needs, and can still tell of the error that follows."""
    recording = run_source(
        tmp_path,
        f"""
        @plugin("a.v1", "x")
        def x(ic):
            {code}

        @plugin("b.v1", "y")
        def y(ic):
            raise RuntimeError("disk")
        """,
    )
    x, y = recording.steps
    assert x.outcome is Outcome.OK
    assert (y.outcome, y.error) == (Outcome.ERROR, "disk")
    assert "in y" in y.traceback and "RuntimeError: disk" in y.traceback


def test_an_init_function_that_only_begins_is_said_to_have_done_nothing(tmp_path: Path) -> None:
    """One that is async, or that yields; not one that hands out what it has begun itself."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "awaits")
        async def awaits(ic):
            raise RuntimeError("never")

        @plugin("a.v1", "yields")
        def yields(ic):
            yield 1

        @plugin("a.v1", "begun")
        def begun(ic):
            numbers = (n for n in range(3))
            next(numbers)
            return numbers
        """,
    )
    notes = {step.entry.registration.id: step.notes for step in recording.steps}
    assert notes["awaits"] == ("returned a coroutine that nothing awaits: none of its code has run",)
    assert notes["yields"] == ("returned a generator that nothing has begun: none of its code has run",)
    assert notes["begun"] == ()
