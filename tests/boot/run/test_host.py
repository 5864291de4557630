"""The host's side of a run, against a child whose every message is given."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from plugscope.boot.run import Worker
from plugscope.boot.run.output import OutputCollector
from plugscope.boot.run.process import Silence
from plugscope.plugin import Stage
from plugscope.worker import (
    Answer,
    Begin,
    Ended,
    Limits,
    LookupMade,
    Order,
    Request,
    StepReport,
    decode_answer,
    encode,
)


class FakeChild:
    """Says what it is given, and then what it is told to end with."""

    pid = 0

    def __init__(self, answers: list[Answer], last: Answer | Silence) -> None:
        self.answers: list[Answer | Silence] = [*answers, last]
        self.output = OutputCollector("token")
        self.output.finish()
        self.sent: list[Request] = []
        self.killed = False
        self.scratch = Path("/scratch")

    def send(self, message: Request) -> None:
        self.sent.append(message)

    def next_message(self, timeout: float) -> Answer | Silence:
        return self.answers.pop(0)

    def ending(self) -> str:
        return "exit status 7"

    def is_alive(self) -> bool:
        return False

    def kill(self) -> None:
        self.killed = True

    def drain(self) -> None:
        pass


def run(
    answers: list[Answer], last: Answer | Silence, size: int = 2
) -> tuple[list[StepReport | Ended], FakeChild]:
    """What a worker with that child yields for a run of ``size`` plugins."""
    worker = Worker.__new__(Worker)
    child = FakeChild(answers, last)
    worker.limits = Limits(timeout=3)
    worker._child = child  # type: ignore[assignment]
    worker._ended = False
    return list(worker.run(Order(list(range(size)), "", ""))), child


def step(index: int, kind: Literal["raised", "crash"] = "raised") -> StepReport:
    return StepReport(index=index, outcome="error", kind=kind)


def lookup(get: str) -> LookupMade:
    return LookupMade(get, "t.v1", "", [], "")


def test_steps_and_the_end_are_passed_on() -> None:
    """Begins and lookups are for the host alone; directories that nobody names are the worker's."""
    told, child = run([Begin(0), lookup("single"), step(0), Begin(1), step(1)], Ended())
    assert [type(answer) for answer in told] == [StepReport, StepReport, Ended]
    assert not child.killed
    (order,) = child.sent
    assert isinstance(order, Order)
    assert (order.sequence, order.root, order.state) == ([0, 1], "/scratch/root", "/scratch/state")


@pytest.mark.parametrize(
    ("last", "kind", "error"),
    [
        (Silence.GONE, "crash", "the process ended in this init function: exit status 7"),
        (Silence.TIMEOUT, "timeout", "did not end within 3 s"),
    ],
    ids=["gone", "silent"],
)
def test_a_plugin_that_is_cut_short_keeps_its_lookups(last: Silence, kind: str, error: str) -> None:
    """Those of the plugin before are not its own. The child is killed."""
    told, child = run([Begin(0), lookup("single"), step(0), Begin(1), lookup("all")], last)
    cut = told[-1]
    assert isinstance(cut, StepReport)
    assert (cut.index, cut.kind, cut.error, cut.lookups) == (1, kind, error, [lookup("all")])
    assert child.killed


def test_a_child_that_goes_between_two_plugins_is_no_second_step_of_the_first() -> None:
    """A thread that was left behind may end the process at any time."""
    told, _ = run([Begin(0), step(0)], Silence.GONE)
    cut = told[-1]
    assert isinstance(cut, StepReport)
    assert cut.index == 1
    assert cut.error == "the process ended between two init functions: exit status 7"


def test_a_child_that_goes_after_the_last_plugin_ends_the_boot() -> None:
    """There is no plugin to blame."""
    told, _ = run([Begin(0), step(0), Begin(1), step(1)], Silence.GONE)
    assert [type(answer) for answer in told] == [StepReport, StepReport, Ended]
    end = told[-1]
    assert isinstance(end, Ended)
    assert (end.ok, end.stage) == (False, Stage.CRASH)


def test_after_a_plugin_that_ended_the_process_nothing_is_asked() -> None:
    """It told so itself before it went."""
    told, child = run([Begin(0), step(0, "crash")], Silence.GONE)
    assert len(told) == 1
    assert child.answers == [Silence.GONE]


@pytest.mark.parametrize(
    "line",
    [
        b"[1]",
        b"{",
        b'{"message": ' + b"[" * 100_000,
        b'{"message": "Bye"}',
        b'{"message": "Begin", "index": "first"}',
        b'{"message": "Load", "token": ""}',
    ],
)
def test_what_is_no_message_is_refused_in_one_way(line: bytes) -> None:
    """Also what another Python than this one could nest, what lacks a field, and what only the host says."""
    with pytest.raises(ValueError):
        decode_answer(line)


@pytest.mark.parametrize(
    "answer",
    [Begin(3), lookup("all"), step(2, "crash"), Ended(False, "no \u2028 end", Stage.READINESS, "a.x")],
)
def test_what_is_said_is_what_is_heard(answer: Answer) -> None:
    """In one line each."""
    line = encode(answer)
    assert line.count(b"\n") == 1 and line.endswith(b"\n")
    assert decode_answer(line) == answer


def test_numbers_of_a_plugins_own_kind_are_numbers() -> None:
    """A configuration may hold anything that looks like one; what looks like nothing is told as text."""

    class Size(int):
        pass

    class Share(float):
        pass

    answer = StepReport(index=0, outcome="ok", kind="raised", config=[Size(7), Share(0.5), 1 << 80, {1j}])
    told = decode_answer(encode(answer))
    assert isinstance(told, StepReport)
    assert told.config == [7, 0.5, 1 << 80, ["1j"]]
