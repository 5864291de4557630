"""Opening and running in a worker: the loop never stalls, and what hangs is cut."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from plugscope.boot import ErrorKind, Outcome, Recording, make_plan
from plugscope.session import Job, run_job
from plugscope.session.loading import Prepared, load, load_job
from plugscope.sources import SourceError, recognise
from plugscope.worker import Limits

pytestmark = pytest.mark.usefixtures("qapp")

HANGS = """
import time
from plugscope.plugin import Registration, register
register(Registration("t.v1", "quick", init_fn=lambda ic: 1))
register(Registration("t.v1", "hangs", init_fn=lambda ic: time.sleep(600)))
register(Registration("t.v1", "late", init_fn=lambda ic: 1))
"""


def write(folder: Path, text: str, name: str = "mine.py") -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


@contextmanager
def gaps() -> Iterator[list[float]]:
    """The times between the beats of a 5 ms timer, in milliseconds, while the block runs."""
    found: list[float] = []
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        found.append((now - last) * 1000)
        last = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start(5)
    yield found
    timer.stop()


def result(qtbot: QtBot, job: Job, timeout: int = 30_000) -> object:
    """What the job returns; an error is raised."""
    errors: list[object] = []
    job.errored.connect(errors.append)
    values: list[object] = []
    job.returned.connect(values.append)
    with qtbot.waitSignal(job.finished, timeout=timeout):
        job.start()
    if errors:
        assert isinstance(errors[0], Exception)
        raise errors[0]
    return values[0]


def test_a_catalog_is_read_beside_the_loop(qtbot: QtBot) -> None:
    """With the source that it came from."""
    source = recognise("catalog:containerd-2.3")
    loaded = result(qtbot, load_job(source))
    assert isinstance(loaded, Prepared)
    assert loaded.opened.source is source
    assert len(loaded.opened.catalog.entries) > 50


def test_what_is_wrong_with_a_source_arrives_as_an_error(qtbot: QtBot, tmp_path: Path) -> None:
    """The same that the command line says."""
    source = recognise(write(tmp_path, "raise ValueError('out of flour')"))
    with pytest.raises(SourceError, match="out of flour"):
        result(qtbot, load_job(source))


def test_a_hanging_plugin_is_cut_and_the_loop_beats_on(qtbot: QtBot, tmp_path: Path) -> None:
    """Its step says how long it was waited for; the rest is not reached; the window could be used throughout."""
    source = recognise(write(tmp_path, HANGS))
    plan = make_plan(load(source).catalog)
    with gaps() as found:
        recording = result(qtbot, run_job(source, plan, Limits(timeout=1.0)))
    assert isinstance(recording, Recording)
    kinds = [(step.outcome, step.kind) for step in recording.steps]
    assert kinds[0][0] is Outcome.OK
    assert kinds[1] == (Outcome.ERROR, ErrorKind.TIMEOUT)
    assert kinds[2][0] is Outcome.NOT_REACHED
    assert len(found) > 50
    assert max(found) < 100, f"the loop stood still for {max(found):.0f} ms"


def test_steps_are_told_as_they_happen(qtbot: QtBot, tmp_path: Path) -> None:
    """The first one long before the boot ends."""
    source = recognise(write(tmp_path, HANGS))
    job = run_job(source, make_plan(load(source).catalog), Limits(timeout=1.0))
    reported: list[tuple[str, float]] = []
    began = time.monotonic()
    job.reported.connect(lambda step: reported.append((step.uri, time.monotonic() - began)))
    result(qtbot, job)
    assert [uri for uri, _ in reported] == ["t.v1.quick", "t.v1.hangs", "t.v1.late"]
    assert reported[1][1] - reported[0][1] > 0.7


def test_cancelling_ends_a_hanging_run_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    """Nobody waits for the timeout to close a window."""
    source = recognise(write(tmp_path, HANGS))
    job = run_job(source, make_plan(load(source).catalog))
    reported: list[object] = []
    job.reported.connect(reported.append)
    job.start()
    qtbot.waitUntil(lambda: len(reported) == 1, timeout=20_000)
    began = time.monotonic()
    with qtbot.waitSignal(job.finished, timeout=5_000):
        job.cancel()
    assert time.monotonic() - began < 3
    assert len(reported) == 1


def test_cancelling_ends_a_hanging_import(qtbot: QtBot, tmp_path: Path) -> None:
    """A module that never comes back is given up as soon as something else is opened."""
    job = load_job(recognise(write(tmp_path, "import time; time.sleep(600)")))
    job.start()
    qtbot.wait(500)
    with qtbot.waitSignal(job.finished, timeout=5_000):
        job.cancel()


def test_a_manifest_with_functions_is_run(qtbot: QtBot, tmp_path: Path) -> None:
    """Its functions are those beside the file."""
    write(tmp_path, "def start(ic):\n    print('here')\n    return 1\n", "parts.py")
    text = 'plugscope = 1\n[[plugin]]\ntype = "t.v1"\nid = "one"\ninit_fn = "parts:start"\n'
    source = recognise(write(tmp_path, text, "plan.toml"))
    recording = result(qtbot, run_job(source, make_plan(load(source).catalog)))
    assert isinstance(recording, Recording)
    assert [(step.outcome, step.output.strip()) for step in recording.steps] == [(Outcome.OK, "here")]


def test_a_module_that_changed_since_it_was_opened_is_not_run(qtbot: QtBot, tmp_path: Path) -> None:
    """The plan holds positions: with other registrations they would mean other plugins."""
    path = write(tmp_path, HANGS)
    source = recognise(path)
    plan = make_plan(load(source).catalog)
    write(tmp_path, HANGS.replace('"quick"', '"other"'))
    with pytest.raises(SourceError, match="reload"):
        result(qtbot, run_job(source, plan))
