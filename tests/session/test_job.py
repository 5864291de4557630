"""Work beside the event loop: it comes back, says why not, and leaves nothing."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from plugscope.session import Job, share_lock

pytestmark = pytest.mark.usefixtures("qapp")


class Heard:
    """All that a job said, in order, and in which thread."""

    def __init__(self, job: Job) -> None:
        self.said: list[tuple[str, object]] = []
        self.threads: set[threading.Thread] = set()
        for name in ("reported", "returned", "errored"):
            getattr(job, name).connect(self._hear(name))
        job.finished.connect(lambda: self.said.append(("finished", None)))

    def _hear(self, name: str) -> Callable[[object], None]:
        def hear(what: object) -> None:
            self.said.append((name, what))
            self.threads.add(threading.current_thread())

        return hear

    @property
    def done(self) -> bool:
        return ("finished", None) in self.said


def test_a_job_returns_what_its_function_does_in_the_thread_that_made_it(qtbot: QtBot) -> None:
    """And the work itself is done in another."""
    job = Job(lambda _: threading.current_thread())
    heard = Heard(job)
    job.start()
    qtbot.waitUntil(lambda: heard.done)
    (_, worker), end = heard.said
    assert worker is not threading.main_thread()
    assert end == ("finished", None)
    assert heard.threads == {threading.main_thread()}


def test_what_is_told_arrives_in_order_and_before_the_result(qtbot: QtBot) -> None:
    """A hundred steps stay a hundred steps."""

    def work(job: Job) -> str:
        for number in range(100):
            job.report(number)
        return "end"

    job = Job(work)
    heard = Heard(job)
    job.start()
    qtbot.waitUntil(lambda: heard.done)
    assert heard.said == [*(("reported", n) for n in range(100)), ("returned", "end"), ("finished", None)]
    assert heard.threads == {threading.main_thread()}


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3), KeyboardInterrupt(), MemoryError()])
def test_every_error_arrives_and_ends_the_job(qtbot: QtBot, error: BaseException) -> None:
    """Even one that would end the program: a job that says nothing would be waited for for ever."""

    def work(_: Job) -> None:
        raise error

    job = Job(work)
    heard = Heard(job)
    job.start()
    qtbot.waitUntil(lambda: heard.done)
    assert heard.said == [("errored", error), ("finished", None)]


def test_a_cancelled_job_says_nothing_but_that_it_is_over(qtbot: QtBot) -> None:
    """Neither what it returns nor what it tells afterwards arrives."""
    go_on = threading.Event()

    def work(job: Job) -> str:
        go_on.wait(5)
        assert job.cancelled
        job.report("too late")
        return "too late"

    job = Job(work)
    heard = Heard(job)
    job.start()
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: heard.done)
    assert heard.said == [("finished", None)]


def test_cancelling_stops_what_the_function_waits_for(qtbot: QtBot) -> None:
    """A process that hangs is not waited for; outside the block nothing is called."""
    stopped = threading.Event()
    calls: list[int] = []

    def stop() -> None:
        calls.append(1)
        stopped.set()

    def work(job: Job) -> None:
        with job.stopped_by(stop):
            assert stopped.wait(10)

    job = Job(work)
    heard = Heard(job)
    began = time.monotonic()
    job.start()
    qtbot.wait(30)
    job.cancel()
    qtbot.waitUntil(lambda: heard.done)
    job.cancel()
    assert time.monotonic() - began < 5
    assert calls == [1]


def test_a_job_cancelled_before_it_waits_is_stopped_as_it_begins_to() -> None:
    """No moment is missed between looking and waiting."""
    calls: list[int] = []
    job = Job(lambda _: None)
    job.cancel()
    with job.stopped_by(lambda: calls.append(1)):
        assert calls == [1]


def test_a_job_that_nobody_holds_still_delivers(qtbot: QtBot) -> None:
    """It keeps itself alive until it has finished, and no longer."""
    said: list[object] = []

    def work(_: Job) -> str:
        time.sleep(0.05)
        return "done"

    def begin() -> None:
        job = Job(work)
        job.returned.connect(said.append)
        job.start()

    begin()
    gc.collect()
    qtbot.waitUntil(lambda: said == ["done"])
    assert not Job._alive


def test_a_hundred_jobs_leave_no_thread(qtbot: QtBot) -> None:
    """Threads end with their functions."""
    before = threading.active_count()
    ended: list[object] = []
    for _ in range(100):
        job = Job(lambda _: 1)
        job.returned.connect(ended.append)
        job.start()
    qtbot.waitUntil(lambda: len(ended) == 100)
    qtbot.waitUntil(lambda: threading.active_count() <= before)


def test_waiting_for_a_job_ends_when_it_does() -> None:
    """What a window does when it closes."""
    job = Job(lambda _: time.sleep(0.05))
    job.start()
    job.wait(5)
    QCoreApplication.processEvents()
    assert not Job._alive


def test_a_job_hands_pythons_lock_on_soon(qtbot: QtBot) -> None:
    """The event loop needs it at every turn: five milliseconds, as is usual, are a third of a frame."""
    found: list[float] = []
    share_lock()
    job = Job(lambda _: sys.getswitchinterval())
    job.returned.connect(found.append)
    with qtbot.waitSignal(job.finished):
        job.start()
    assert found[0] <= 0.001
