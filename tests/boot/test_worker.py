"""Init functions that misbehave: each gives a truthful step, and the host lives."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.boot.running import AFTER, run_source, step_of

from plugscope.boot import ErrorKind, Outcome, Recording
from plugscope.boot.worker.message import Limits

pytestmark = pytest.mark.usefixtures("nothing_stays")
posix = pytest.mark.skipif(os.name != "posix", reason="speaks of processes as POSIX has them")


def outcomes(recording: Recording) -> list[tuple[str, str]]:
    return [(step.uri, str(step.outcome)) for step in recording.steps]


def test_a_plugin_that_comes_up_is_told_in_full(tmp_path: Path) -> None:
    """Meta before and after, config, directories, lookups, output, what was returned, how long it took."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x", config={"size": 3})
        def x(ic):
            print("hello from x")
            print("and to the other", file=sys.stderr)
            ic.meta.exports["size"] = str(ic.config["size"])
            ic.meta.capabilities.append("fast")
            ic.meta.platforms.append(Platform("linux", "amd64"))
            time.sleep(0.02)
            return {"an": "instance"}

        @plugin("b.v1", "y", requires=["a.v1"])
        def y(ic):
            return ic.get_single("a.v1")
        """,
    )
    x, y = recording.steps
    assert recording.kind == "run"
    assert recording.boot.ok
    assert (x.uri, x.outcome, x.error) == ("a.v1.x", Outcome.OK, "")
    assert x.output == "hello from x\nand to the other"
    assert x.config == {"size": 3}
    assert x.meta_before is not None and x.meta_before.exports == {}
    assert x.meta is not None and x.meta.exports == {"size": "3"}
    assert (x.meta.capabilities, list(map(str, x.meta.platforms))) == (["fast"], ["linux/amd64"])
    assert x.root.endswith("root/a.v1.x") and x.state.endswith("state/a.v1.x")
    assert x.returned == "builtins.dict"
    assert x.duration_ms is not None and x.duration_ms >= 20
    assert x.notes == ()
    assert [(str(made.lookup), made.found, made.error) for made in y.lookups] == [
        ("single a.v1", ["a.v1.x"], "")
    ]


def test_raising_is_an_error_with_its_chain_and_traceback(tmp_path: Path) -> None:
    """The boot goes on; the chain names what was wrapped."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            try:
                {}["missing"]
            except KeyError as error:
                raise RuntimeError("no settings") from error
        """
        + AFTER,
    )
    step = step_of(recording, "a.v1.x")
    assert (step.outcome, step.kind, step.error) == (Outcome.ERROR, ErrorKind.RAISED, "no settings")
    assert step.chain == (("RuntimeError", "no settings"), ("KeyError", "'missing'"))
    assert 'raise RuntimeError("no settings") from error' in step.traceback
    assert "plugins.py" in step.traceback
    assert not step.is_victim
    assert step_of(recording, "z.v1.after").output == "after is here"


def test_skipping_is_a_skip_and_its_victims_are_victims(tmp_path: Path) -> None:
    """A lookup of a skipped plugin fails with the skip, and so skips as well; by type it is not found."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            raise SkipPlugin("no zfs here")

        @plugin("b.v1", "by-id", requires=["a.v1"])
        def by_id(ic):
            ic.get_by_id("a.v1", "x")

        @plugin("b.v1", "by-type", requires=["a.v1"])
        def by_type(ic):
            ic.get_by_type("a.v1")
        """,
    )
    assert outcomes(recording) == [("a.v1.x", "skip"), ("b.v1.by-id", "skip"), ("b.v1.by-type", "error")]
    assert step_of(recording, "a.v1.x").error == "no zfs here: skip plugin"
    victim = step_of(recording, "b.v1.by-type")
    assert victim.error == "no plugins registered for a.v1: plugin: not found"
    assert [(c.uri, str(c.reason)) for c in victim.causes] == [("a.v1.x", "skipped-provider")]
    assert [made.decisive for made in victim.lookups] == [True]


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


def test_configuration_that_does_not_fit_aborts(tmp_path: Path) -> None:
    """The step says so, its cause is the configuration, and the boot ends there."""
    source = """
    from dataclasses import dataclass

    @dataclass
    class Settings:
        size: int = 1

    register(Registration("a.v1", "x", config=Settings(), init_fn=lambda ic: None))
    """
    from tests.boot.running import target, write

    from plugscope.boot import make_plan
    from plugscope.boot.run import Run
    from plugscope.boot.worker.host import Worker
    from plugscope.sources.python import load_catalog

    with Worker() as worker:
        catalog = load_catalog(worker, target(write(tmp_path, source + AFTER)), "plugins.py")
        catalog.entries[0].config = {"size": "big"}
        catalog.entries[0].init_fn = ""
        run = Run(make_plan(catalog), worker)
        step, after = run.steps()
        recording = run.recording()
    assert (step.kind, step.error) == (ErrorKind.CONFIG, "size: expected int, found str 'big'")
    assert [str(cause.reason) for cause in step.causes] == ["config"]
    assert after.outcome is Outcome.NOT_REACHED
    assert recording.boot.stage == "plugin-config-decode"


def test_a_required_plugin_that_fails_ends_the_run(tmp_path: Path) -> None:
    """As it ends a daemon."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            raise RuntimeError("disk")
        """
        + AFTER,
        required=["a.v1.x"],
    )
    assert recording.boot.error == "load required plugin a.v1.x: disk"
    assert outcomes(recording) == [("a.v1.x", "error"), ("z.v1.after", "not reached")]


def test_readiness_that_comes_to_nothing_ends_the_run(tmp_path: Path) -> None:
    """Who registers readiness and fails takes the boot along."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            ic.register_readiness()
            raise RuntimeError("cni")
        """
        + AFTER,
    )
    assert recording.boot.error == "plugin failed after registering readiness a.v1.x: cni"
    assert recording.boot.stage == "readiness"


def test_a_disabled_plugin_is_not_run(tmp_path: Path) -> None:
    """And its victim blames it."""
    recording = run_source(
        tmp_path,
        """
        @plugin("a.v1", "x")
        def x(ic):
            open("/nowhere/else", "w")

        @plugin("b.v1", "y", requires=["a.v1"])
        def y(ic):
            ic.get_single("a.v1")
        """,
        disable=["a.v1.x"],
    )
    (step,) = recording.steps
    assert [(c.uri, str(c.reason)) for c in step.causes] == [("a.v1.x", "disabled")]


def test_closing_goes_in_reverse_at_the_end(tmp_path: Path) -> None:
    """A plugin that hangs while it is closed does not keep the host for long."""
    log = tmp_path / "closed"
    source = f"""
    class Held:
        def __init__(self, name):
            self.name = name

        def close(self):
            with open({str(log)!r}, "a") as file:
                print(self.name, file=file)
            if self.name == "first":
                time.sleep(60)

    @plugin("a.v1", "x")
    def x(ic):
        return Held("first")

    @plugin("b.v1", "y")
    def y(ic):
        return Held("second")
    """
    began = time.monotonic()
    run_source(tmp_path, source, limits=Limits(close_timeout=0.5))
    assert log.read_text("utf-8").split() == ["second", "first"]
    assert time.monotonic() - began < 15


def test_the_run_speaks_the_words_of_the_plan_s_era(tmp_path: Path) -> None:
    """Another era chosen for the same module holds for its lookups too."""
    from tests.boot.running import target, write

    from plugscope.boot import make_plan
    from plugscope.boot.run import Run
    from plugscope.boot.worker.host import Worker
    from plugscope.plugin import Semantics
    from plugscope.sources.python import load_catalog

    path = write(tmp_path, 'plugin("a.v1", "x")(lambda ic: ic.get("b.v1"))')
    with Worker() as worker:
        catalog = load_catalog(worker, target(path), "plugins.py").under(Semantics.V1)
        (step,) = Run(make_plan(catalog), worker).steps()
    assert step.error == "no plugins registered for b.v1: not found"
