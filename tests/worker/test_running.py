"""What a run in a worker tells: each step in full, and how the boot as a whole comes out."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.worker.sample import AFTER, run_source, step_of

from plugscope.boot import Cause, CauseReason, ErrorKind, Outcome, Recording, RecordingKind
from plugscope.worker import Limits

pytestmark = pytest.mark.usefixtures("nothing_stays")


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
    assert recording.kind is RecordingKind.RUN
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


def test_configuration_that_does_not_fit_aborts(tmp_path: Path) -> None:
    """The step says so, its cause is the configuration, and the boot ends there."""
    source = """
    from dataclasses import dataclass

    @dataclass
    class Settings:
        size: int = 1

    register(Registration("a.v1", "x", config=Settings(), init_fn=lambda ic: None))
    """
    from tests.worker.sample import target, write

    from plugscope.boot import make_plan
    from plugscope.boot.run import Run, Worker
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


def test_who_is_disabled_is_to_blame_for_a_provider_that_comes_too_late(tmp_path: Path) -> None:
    """``m.v1.x`` would have pulled ``t.v1.x`` forward, which ``p.v1.x`` looks up without requiring it."""
    recording = run_source(
        tmp_path,
        """
        @plugin("p.v1", "x", requires=["m.v1"])
        def p(ic):
            return ic.get_single("t.v1")

        @plugin("m.v1", "x", requires=["t.v1"])
        def m(ic):
            return ic.get_single("t.v1")

        @plugin("t.v1", "x")
        def t(ic):
            return "t"
        """,
        disable=["m.v1.x"],
    )
    assert outcomes(recording) == [("p.v1.x", "error"), ("t.v1.x", "ok")]
    assert recording.steps[0].causes == (Cause("m.v1.x", CauseReason.DISABLED),)


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
    from tests.worker.sample import target, write

    from plugscope.boot import make_plan
    from plugscope.boot.run import Run, Worker
    from plugscope.plugin import Semantics
    from plugscope.sources.python import load_catalog

    path = write(tmp_path, 'plugin("a.v1", "x")(lambda ic: ic.get("b.v1"))')
    with Worker() as worker:
        catalog = load_catalog(worker, target(path), "plugins.py").under(Semantics.V1)
        (step,) = Run(make_plan(catalog), worker).steps()
    assert step.error == "no plugins registered for b.v1: not found"
