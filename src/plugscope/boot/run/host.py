"""The host's end: asks a worker process to load and run, and survives whatever it does."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator
from typing import Self

from msgspec import Struct, field
from msgspec.structs import replace

from plugscope.plugin import Stage
from plugscope.worker import (
    LOADED,
    Begin,
    Ended,
    Limits,
    Load,
    Loaded,
    LookupMade,
    Order,
    Refused,
    StepReport,
    Target,
    limit_words,
)

from .process import ChildProcess, Silence

_START_S = 60.0
_GRACE = 0.5


class LoadRefused(Exception):
    """The target cannot be loaded: where and why."""

    def __init__(self, location: str, message: str, traceback: str = "") -> None:
        super().__init__(message)
        self.location = location
        self.message = message
        self.traceback = traceback


class _At(Struct, dict=True):
    """Where in the boot the child is, since when (monotonic seconds), and the lookups it made there."""

    index: int
    since: float
    in_init: bool = False
    lookups: list[LookupMade] = field(default_factory=list)


class Worker:
    """One worker process. Use as a context manager: at the end it and all it started are killed.

    ``python``: the interpreter for the user's code, by default the one that runs Plugscope. Raises
    ``LoadRefused`` if that cannot be started.
    """

    def __init__(self, limits: Limits | None = None, python: str = "", folder: str = "") -> None:
        self.limits = limits or Limits()
        self.import_output = ""
        self._ended = False
        self._token = secrets.token_hex(16)
        try:
            self._child = ChildProcess(python, folder, self._token)
        except OSError as error:
            raise LoadRefused(error.filename or python, error.strerror or str(error)) from error

    def load(self, target: Target) -> Loaded:
        """Import the target; returns what it registered. Raises ``LoadRefused``."""
        limits = self.limits
        # A machine that is slow to start a process has not begun to import anything: that time does not count.
        if isinstance(self._child.next_message(_START_S), Silence):
            raise LoadRefused("", f"the worker process does not start ({self._child.ending()})")
        self._child.send(Load(target, limits.memory, limits.load_timeout, self._token))
        answer = self._child.next_message(limits.load_timeout + _GRACE)
        if isinstance(answer, Refused):
            raise LoadRefused(answer.location, self._with_limit(answer.error), answer.traceback)
        if not isinstance(answer, Loaded):
            raise self._no_answer(answer is Silence.TIMEOUT)
        self.import_output = self._child.output.of_mark(LOADED)
        return answer

    def _no_answer(self, timed_out: bool) -> LoadRefused:
        ending = "" if timed_out else self._child.ending()
        what = "lost" if self._child.is_alive() else "ended"
        self.kill()
        self._child.drain()
        traceback, output = self._child.output.split_traceback()
        if timed_out:
            # The innermost frame comes first; those of the import machinery are no place of the user's.
            frames = re.findall(r'File "([^<"][^"]*)", line (\d+)', traceback)
            location = ":".join(frames[0]) if frames else ""
            message = f"importing it did not end within {self.limits.load_timeout:g} s"
            return LoadRefused(location, message, traceback)
        last = output.splitlines()[-1:]
        message = ": ".join([f"importing it {what} the process ({ending})", *last])
        return LoadRefused("", self._with_limit(message), traceback or output)

    def _with_limit(self, message: str) -> str:
        limit = limit_words(message, self.limits.memory)
        return f"{message} ({limit})" if limit else message

    def run(self, plan: Order) -> Iterator[StepReport | Ended]:
        """Run plugins; yields what came of each as it ends, and at last the end of the boot.

        A plugin that runs out of time or takes the process along gives a step that says so, and the boot ends
        there, as a daemon would have. Directories that the order leaves open are the worker's own.
        """
        order = self._completed(plan)
        self._child.send(order)
        at = _At(0, time.monotonic())
        while True:
            left = at.since + self.limits.timeout + _GRACE - time.monotonic()
            answer = self._child.next_message(max(0.0, left))
            if isinstance(answer, Silence):
                yield self._cut_short(at, answer is Silence.TIMEOUT, len(order.sequence))
                return
            if isinstance(answer, Begin):
                at = _At(answer.index, time.monotonic(), in_init=True)
            elif isinstance(answer, LookupMade):
                at.lookups.append(answer)
            elif isinstance(answer, StepReport):
                answer.output = self._child.output.of_mark(answer.index)
                self._note_limit(answer)
                yield answer
                at = _At(answer.index + 1, time.monotonic())
                if answer.kind == "crash":
                    return
            elif isinstance(answer, Ended):
                self._ended = True
                yield answer
                return

    def _completed(self, order: Order) -> Order:
        scratch = self._child.scratch
        return replace(
            order,
            root=order.root or str(scratch / "root"),
            state=order.state or str(scratch / "state"),
            timeout=self.limits.timeout,
            close_timeout=self.limits.close_timeout,
        )

    def _note_limit(self, step: StepReport) -> None:
        """Beside an error of the plugin's own, not one that it was handed by a lookup."""
        if any(lookup.decisive for lookup in step.lookups):
            return
        errors = [f"{error.type}: {error.text}" for error in step.chain]
        if limit := limit_words("\n".join(errors), self.limits.memory):
            step.notes.append(f"ran {limit}")

    def _cut_short(self, at: _At, timed_out: bool, size: int) -> StepReport | Ended:
        if timed_out:
            error = f"did not end within {self.limits.timeout:g} s"
        else:
            where = "in this init function" if at.in_init else "between two init functions"
            ending = self._child.ending()
            what = "was lost" if self._child.is_alive() else "ended"
            error = f"the process {what} {where}: {ending}"
        self.kill()
        self._child.drain()
        if at.index >= size:
            return Ended(False, error, Stage.CRASH)
        traceback, output = self._child.output.split_traceback()
        return StepReport(
            index=at.index,
            outcome="error",
            kind="timeout" if timed_out else "crash",
            error=error,
            traceback=traceback,
            output=output,
            lookups=at.lookups,
            duration_ms=self.limits.timeout * 1000 if timed_out else None,
        )

    @property
    def pid(self) -> int:
        """The process id of the worker."""
        return self._child.pid

    def ending(self) -> str:
        """How the process ended, in words."""
        return self._child.ending()

    def kill(self) -> None:
        """End the worker and every process of its session."""
        self._child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # After the end of the boot the child is only closing its plugins and may be waited for.
        self._child.close(self.limits.close_timeout if self._ended else 0.0)
