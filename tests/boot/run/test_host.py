"""The host's side of a run, against a child whose every message is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugscope.boot.run import Worker
from plugscope.boot.run.host import RunOrder
from plugscope.boot.run.output import OutputCollector
from plugscope.boot.run.process import TIMEOUT
from plugscope.worker import Limits
from plugscope.worker.message import decode


class FakeChild:
    """Says what it is given, and then what it is told to end with: ``None`` for gone, TIMEOUT for silence."""

    pid = 0

    def __init__(self, messages: list[dict[str, Any]], last: dict[str, Any] | None) -> None:
        self.messages = [*messages, last]
        self.output = OutputCollector("token")
        self.output.finish()
        self.sent: list[dict[str, Any]] = []
        self.killed = False
        self.scratch = Path("/scratch")

    def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    def next_message(self, timeout: float) -> dict[str, Any] | None:
        return self.messages.pop(0)

    def ending(self) -> str:
        return "exit status 7"

    def is_alive(self) -> bool:
        return False

    def kill(self) -> None:
        self.killed = True

    def drain(self) -> None:
        pass


def run(
    messages: list[dict[str, Any]], last: dict[str, Any] | None, size: int = 2
) -> tuple[list[dict[str, Any]], FakeChild]:
    """What a worker with that child yields for a run of ``size`` plugins."""
    worker = Worker.__new__(Worker)
    child = FakeChild(messages, last)
    worker.limits = Limits(timeout=3)
    worker._child = child  # type: ignore[assignment]
    worker._ended = False
    return list(worker.run(RunOrder(list(range(size))))), child


def step(index: int, kind: str = "raised") -> dict[str, Any]:
    return {"step": {"index": index, "kind": kind}}


ENDED = {"ended": {"ok": True, "error": "", "stage": "", "uri": ""}}


def test_steps_and_the_end_are_passed_on() -> None:
    """Begins and lookups are for the host alone."""
    lookup = {"lookup": {"get": "single"}}
    told, child = run([{"begin": 0}, lookup, step(0), {"begin": 1}, step(1)], ENDED)
    assert [next(iter(message)) for message in told] == ["step", "step", "ended"]
    assert not child.killed
    assert child.sent[0]["sequence"] == [0, 1]


@pytest.mark.parametrize(
    ("last", "kind", "error"),
    [
        (None, "crash", "the process ended in this init function: exit status 7"),
        (TIMEOUT, "timeout", "did not end within 3 s"),
    ],
    ids=["gone", "silent"],
)
def test_a_plugin_that_is_cut_short_keeps_its_lookups(
    last: dict[str, Any] | None, kind: str, error: str
) -> None:
    """Those of the plugin before are not its own. The child is killed."""
    one, other = {"lookup": {"get": "single"}}, {"lookup": {"get": "all"}}
    told, child = run([{"begin": 0}, one, step(0), {"begin": 1}, other], last)
    cut = told[-1]["step"]
    assert (cut["index"], cut["kind"], cut["error"], cut["lookups"]) == (1, kind, error, [{"get": "all"}])
    assert child.killed


def test_a_child_that_goes_between_two_plugins_is_no_second_step_of_the_first() -> None:
    """A thread that was left behind may end the process at any time."""
    told, _ = run([{"begin": 0}, step(0)], None)
    assert told[-1]["step"]["index"] == 1
    assert told[-1]["step"]["error"] == "the process ended between two init functions: exit status 7"


def test_a_child_that_goes_after_the_last_plugin_ends_the_boot() -> None:
    """There is no plugin to blame."""
    told, _ = run([{"begin": 0}, step(0), {"begin": 1}, step(1)], None)
    assert [next(iter(message)) for message in told] == ["step", "step", "ended"]
    assert (told[-1]["ended"]["ok"], told[-1]["ended"]["stage"]) == (False, "crash")


def test_after_a_plugin_that_ended_the_process_nothing_is_asked() -> None:
    """It told so itself before it went."""
    told, child = run([{"begin": 0}, step(0, "crash")], None)
    assert len(told) == 1
    assert child.messages == [None]


@pytest.mark.parametrize("line", [b"[1]", b"{", b'{"step": ' + b"[" * 100_000])
def test_what_is_no_message_is_refused_in_one_way(line: bytes) -> None:
    """Also what another Python than this one could nest."""
    with pytest.raises(ValueError):
        decode(line)
