"""The window's way to Graphviz: asked, never waited for."""

import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from tests.layout.sample import RING, graph

from plugscope.layout import Picture
from plugscope.session import LayoutJob


@pytest.fixture
def job(qtbot: QtBot) -> Iterator[LayoutJob]:
    """A job with the real worker."""
    made = LayoutJob(limit_s=30)
    yield made
    made.close()


def test_a_picture_comes(qtbot: QtBot, job: LayoutJob) -> None:
    """Graphviz's, and then it is idle again."""
    with qtbot.waitSignal(job.finished, timeout=30_000) as got:
        job.start(graph())
    assert isinstance(got.args[0], Picture)
    assert got.args[0].kind == "dot"
    assert not job.busy


def test_the_worker_stays_for_the_next_request(qtbot: QtBot, job: LayoutJob) -> None:
    """Starting it costs more than most layouts."""
    with qtbot.waitSignal(job.finished, timeout=30_000):
        job.start(graph())
    process = job._process
    with qtbot.waitSignal(job.finished, timeout=30_000) as got:
        job.start(graph(RING))
    assert job._process is process
    assert got.args[0].graph.size == 4


def test_only_the_last_request_is_answered(qtbot: QtBot, job: LayoutJob) -> None:
    """What was asked before is dropped, whenever its answer would have come."""
    pictures: list[Picture] = []
    job.finished.connect(pictures.append)
    first = job.start(graph())
    with qtbot.waitSignal(job.finished, timeout=30_000):
        assert job.start(graph(RING)) > first
    qtbot.wait(100)
    assert [picture.graph.size for picture in pictures] == [4]


def test_a_cancelled_request_is_not_answered(qtbot: QtBot, job: LayoutJob) -> None:
    """Neither by a picture nor by a failure."""
    with qtbot.assertNotEmitted(job.finished, wait=300), qtbot.assertNotEmitted(job.failed):
        job.start(graph())
        job.cancel()
    assert not job.busy


def failing(program: str, limit_s: float = 20) -> LayoutJob:
    """A job whose worker is a program."""
    return LayoutJob(limit_s=limit_s, command=[sys.executable, "-c", program])


@pytest.mark.parametrize(
    ("program", "limit_s", "sentence"),
    [
        ("import time; time.sleep(60)", 0.3, "stopped after 0.3 s"),
        ("import sys; sys.exit(3)", 20, "ended with code 3"),
        ("print('nonsense', flush=True); input()", 20, "gave no picture"),
    ],
)
def test_a_worker_that_fails_is_a_sentence(qtbot: QtBot, program: str, limit_s: float, sentence: str) -> None:
    """Late, ended, or talking nonsense: the window says why there is no picture."""
    job = failing(program, limit_s)
    with qtbot.waitSignal(job.failed, timeout=30_000) as got, qtbot.assertNotEmitted(job.finished):
        job.start(graph())
    assert sentence in got.args[0]
    job.close()


def test_a_worker_that_cannot_start_is_a_sentence(qtbot: QtBot) -> None:
    """A broken installation is told, not waited for."""
    job = LayoutJob(command=["/nowhere/plugscope-worker"])
    with qtbot.waitSignal(job.failed, timeout=10_000) as got:
        job.start(graph())
    assert "did not start" in got.args[0]


def test_after_a_failure_the_next_request_is_answered(qtbot: QtBot, job: LayoutJob) -> None:
    """The dead worker is replaced."""
    with qtbot.waitSignal(job.finished, timeout=30_000):
        job.start(graph())
    assert job._process is not None
    with qtbot.waitSignal(job._process.finished, timeout=10_000):
        job._process.kill()
    with qtbot.waitSignal(job.finished, timeout=30_000):
        job.start(graph())


def test_what_graphviz_would_never_finish_is_refused_at_once(qtbot: QtBot, job: LayoutJob) -> None:
    """Without starting a worker for it."""
    chain = tuple((f"x.t{n}.v1", f"p{n}", ()) for n in range(2000))
    with qtbot.waitSignal(job.failed, timeout=10_000) as got:
        job.start(graph(chain))
    assert "too many types" in got.args[0]
    assert job._process is None
