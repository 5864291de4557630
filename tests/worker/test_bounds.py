"""Init functions that fork, become another program, or meet the worker's limits: the step says what happened."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from tests.worker.sample import AFTER, run_source, step_of, target, write

from plugscope.boot import ErrorKind, Outcome
from plugscope.boot.run import LoadRefused, Worker
from plugscope.worker import Limits
from plugscope.worker.guard import THREAD_STACK

STACK = THREAD_STACK >> 20
"""What a thread counts with on this Python, in MiB."""

pytestmark = pytest.mark.usefixtures("nothing_stays")
posix = pytest.mark.skipif(os.name != "posix", reason="speaks of processes as POSIX has them")
linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="speaks of limits and /proc as Linux does"
)

FORKS = {
    "returns": ("return 'child'", 0, ""),
    "exits": ("sys.exit(3)", 3, ""),
    "exits with words": ("sys.exit('bye')", 1, "bye"),
    "raises": ("raise ValueError('in the fork')", 1, "ValueError: in the fork"),
    "looks up": ("ic.get_single('a.v1')", 0, ""),
}


@posix
@pytest.mark.parametrize(("code", "status", "words"), FORKS.values(), ids=FORKS.keys())
def test_a_fork_that_comes_back_ends_there(tmp_path: Path, code: str, status: int, words: str) -> None:
    """With the status and the words that Python would end it with; the parent and the boot go on."""
    recording = run_source(
        tmp_path,
        f"""
        @plugin("a.v1", "before")
        def before(ic):
            return 1

        @plugin("b.v1", "x", requires=["a.v1"])
        def x(ic):
            if os.fork() == 0:
                {code}
                return "child"
            ic.meta.exports["status"] = str(os.waitstatus_to_exitcode(os.wait()[1]))
            return 1.5
        """
        + AFTER,
    )
    assert [str(step.outcome) for step in recording.steps] == ["ok"] * 3
    step = step_of(recording, "b.v1.x")
    assert step.meta is not None and step.meta.exports == {"status": str(status)}
    assert (step.returned, list(step.lookups)) == ("builtins.float", [])
    assert step.output.endswith(words) and bool(step.output) == bool(words)
    assert recording.boot.ok


@posix
def test_a_fork_that_leaves_the_import_ends_there(tmp_path: Path) -> None:
    """The host hears the parent alone."""
    source = """
    if os.fork() == 0:
        sys.exit(4)
    register(Registration("a.v1", str(os.waitstatus_to_exitcode(os.wait()[1]))))
    """
    with Worker(Limits(load_timeout=20)) as worker:
        loaded = worker.load(target(write(tmp_path, source)))
    assert [plugin.id for plugin in loaded.plugins] == ["4"]


LOST = {
    "another program": ("os.execv('/bin/sleep', ['sleep', '60'])", "it became another program, /"),
    "closed": (
        "os.closerange(0, 256); time.sleep(60)",
        "it closed the descriptors that it is spoken to on",
    ),
    "the same program": (
        "os.execv(sys.executable, ['p', '-c', 'import time; time.sleep(60)'])",
        "it closed the descriptors that it is spoken to on, or became another program",
    ),
}


@linux
@pytest.mark.parametrize(("code", "words"), LOST.values(), ids=LOST.keys())
def test_a_process_that_lives_is_not_said_to_have_ended(tmp_path: Path, code: str, words: str) -> None:
    """Why it cannot be spoken to any more is said as far as it can be known."""
    recording = run_source(
        tmp_path,
        f"""
        @plugin("a.v1", "x")
        def x(ic):
            {code}
        """
        + AFTER,
    )
    step, after = recording.steps
    assert step.kind is ErrorKind.CRASH
    said = f"the process was lost in this init function: {words}"
    assert step.error.startswith(said) if said.endswith("/") else step.error == said
    assert after.outcome is Outcome.NOT_REACHED


@linux
def test_an_import_that_becomes_another_program_is_told_so(tmp_path: Path) -> None:
    """There too, the process did not end."""
    source = "os.execv('/bin/sleep', ['sleep', '60'])"
    with Worker() as worker, pytest.raises(LoadRefused, match="importing it lost the process") as told:
        worker.load(target(write(tmp_path, source)))
    assert "it became another program, /" in told.value.message


THREADS = """
import threading

@plugin("a.v1", "x")
def x(ic):
    for _ in range({count}):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()

@plugin("b.v1", "victim", requires=["a.v1"])
def victim(ic):
    ic.get_single("a.v1")
"""


@linux
def test_a_hundred_and_fifty_threads_fit_in(tmp_path: Path) -> None:
    """Their stacks count against the limit, though next to nothing of them is used."""
    recording = run_source(tmp_path, THREADS.format(count=150))
    assert [str(step.outcome) for step in recording.steps] == ["ok", "ok"]
    assert not any("limit" in note for step in recording.steps for note in step.notes)


@linux
def test_a_thread_stack_holds_as_many_calls_as_python_lets_nest(tmp_path: Path) -> None:
    """What is a RecursionError elsewhere is no crash here, even where each call sorts."""
    recording = run_source(
        tmp_path,
        """
        from concurrent.futures import ThreadPoolExecutor

        class Deep:
            def __lt__(self, other):
                return sorted([Deep(), Deep()])

        @plugin("a.v1", "x")
        def x(ic):
            with ThreadPoolExecutor() as pool:
                pool.submit(sorted, [Deep(), Deep()]).result()
        """,
    )
    assert "maximum recursion depth" in step_of(recording, "a.v1.x").error


@linux
def test_threads_that_do_not_fit_in_name_the_limit(tmp_path: Path) -> None:
    """Beside the plugin's own error, and not beside what others were handed of it."""
    recording = run_source(tmp_path, THREADS.format(count=100), limits=Limits(timeout=20, memory=128 << 20))
    step, victim = recording.steps
    assert step.error == victim.error == "can't start new thread"
    assert step.notes[-1] == f"ran under a memory limit of 128 MiB, of which each thread takes {STACK} MiB"
    assert victim.notes == ()


@linux
def test_a_plugin_that_comes_after_all_memory_was_taken_still_has_its_turn(tmp_path: Path) -> None:
    """Its timer may find no memory for a thread of its own: that is no failure of the plugin's."""
    recording = run_source(
        tmp_path,
        """
        kept = []

        @plugin("a.v1", "x")
        def x(ic):
            try:
                while True:
                    kept.append(bytearray(1 << 20))
            except MemoryError:
                pass

        @plugin("b.v1", "y")
        def y(ic):
            return 1
        """,
        limits=Limits(timeout=20, memory=128 << 20),
    )
    assert [str(step.outcome) for step in recording.steps] == ["ok", "ok"]


IMPORTS = {
    "memory": ("bytearray(200 << 20)", "MemoryError (under a memory limit of 64 MiB)"),
    "threads": (
        "import threading\n"
        "for _ in range(50): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
        "RuntimeError: can't start new thread "
        f"(under a memory limit of 64 MiB, of which each thread takes {STACK} MiB)",
    ),
}


@linux
@pytest.mark.parametrize(("source", "words"), IMPORTS.values(), ids=IMPORTS.keys())
def test_an_import_that_does_not_fit_in_names_the_limit(tmp_path: Path, source: str, words: str) -> None:
    """What is wanting is memory that the user can give."""
    with Worker(Limits(memory=64 << 20)) as worker, pytest.raises(LoadRefused) as told:
        worker.load(target(write(tmp_path, source)))
    assert told.value.message == words


@linux
def test_a_limit_that_the_worker_itself_does_not_fit_in_is_named(tmp_path: Path) -> None:
    """However the process comes to its end."""
    with Worker(Limits(memory=1 << 20, load_timeout=20)) as worker, pytest.raises(LoadRefused) as told:
        worker.load(target(write(tmp_path, "import decimal, xml.dom.minidom, asyncio")))
    assert "under a memory limit of 1 MiB" in told.value.message


@posix
def test_a_flood_passes_in_time(tmp_path: Path) -> None:
    """At 50 MB/s at the least, on any machine that tests run on; what is over the cap costs little."""
    began = time.monotonic()
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            for _ in range(500):
                os.write(1, b"x" * 1_000_000)
        """
        + AFTER,
    )
    assert time.monotonic() - began < 10
    step = step_of(recording, "a.v1.x")
    assert step.outcome is Outcome.OK
    assert "\n… 499934464 bytes of output left out …\n" in step.output
    assert step_of(recording, "z.v1.after").output == "after is here"
