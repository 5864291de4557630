"""The host's end: asks a worker process to load and run, and survives whatever it does."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator, Sequence
from typing import Any, Self

from msgspec import Struct, field

from plugscope.worker import LOADED, Limits, Target, limit_words

from .process import TIMEOUT, ChildProcess

_START_S = 60.0
_GRACE = 0.5


class LoadRefused(Exception):
    """The target cannot be loaded: where and why."""

    def __init__(self, location: str, message: str, traceback: str = "") -> None:
        super().__init__(message)
        self.location = location
        self.message = message
        self.traceback = traceback


class RunOrder(Struct, frozen=True):
    """What to run: positions of the loaded registrations, and the settings of the boot."""

    sequence: Sequence[int]
    root: str = ""
    state: str = ""
    address: str = ""
    required: Sequence[str] = ()
    config: dict[str, Any] = field(default_factory=dict)
    semantics: str = ""


class _At(Struct, dict=True):
    """Where in the boot the child is, since when (monotonic seconds), and the lookups it made there."""

    index: int
    since: float
    in_init: bool = False
    lookups: list[dict[str, Any]] = field(default_factory=list)


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

    def load(self, target: Target) -> dict[str, Any]:
        """Import the target; returns what it registered. Raises ``LoadRefused``."""
        limits = self.limits
        # A machine that is slow to start a process has not begun to import anything: that time does not count.
        if self._child.next_message(_START_S) in (None, TIMEOUT):
            raise LoadRefused("", f"the worker process does not start ({self._child.ending()})")
        self._child.send(
            {
                "target": target.as_dict(),
                "memory": limits.memory,
                "timeout": limits.load_timeout,
                "token": self._token,
            }
        )
        message = self._child.next_message(limits.load_timeout + _GRACE)
        if message is None or message is TIMEOUT:
            raise self._no_answer(message is not None)
        if "refused" in message:
            refusal = message["refused"]
            raise LoadRefused(refusal["place"], self._with_limit(refusal["message"]), refusal["traceback"])
        self.import_output = self._child.output.of_mark(LOADED)
        loaded: dict[str, Any] = message["loaded"]
        return loaded

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

    def run(self, order: RunOrder) -> Iterator[dict[str, Any]]:
        """Run plugins; yields a step as each one ends, and at last the end of the boot (key ``ended``).

        A plugin that runs out of time or takes the process along gives a step that says so, and the boot ends
        there, as a daemon would have.
        """
        self._child.send(self._request(order))
        at = _At(0, time.monotonic())
        while True:
            left = at.since + self.limits.timeout + _GRACE - time.monotonic()
            message = self._child.next_message(max(0.0, left))
            if message is None or message is TIMEOUT:
                yield self._cut_short(at, message is not None, len(order.sequence))
                return
            if "begin" in message:
                at = _At(int(message["begin"]), time.monotonic(), in_init=True)
            elif "lookup" in message:
                at.lookups.append(message["lookup"])
            elif "step" in message:
                step = message["step"]
                step["output"] = self._child.output.of_mark(int(step["index"]))
                self._note_limit(step)
                yield message
                at = _At(int(step["index"]) + 1, time.monotonic())
                if step["kind"] == "crash":
                    return
            elif "ended" in message:
                self._ended = True
                yield message
                return

    def _request(self, order: RunOrder) -> dict[str, Any]:
        return {
            "sequence": list(order.sequence),
            "root": order.root or str(self._child.scratch / "root"),
            "state": order.state or str(self._child.scratch / "state"),
            "address": order.address,
            "required": list(order.required),
            "config": order.config,
            "semantics": order.semantics,
            "timeout": self.limits.timeout,
            "close_timeout": self.limits.close_timeout,
        }

    def _note_limit(self, step: dict[str, Any]) -> None:
        """Beside an error of the plugin's own, not one that it was handed by a lookup."""
        if any(lookup.get("decisive") for lookup in step.get("lookups", ())):
            return
        errors = [f"{error['type']}: {error['text']}" for error in step.get("chain", ())]
        if limit := limit_words("\n".join(errors), self.limits.memory):
            step["notes"].append(f"ran {limit}")

    def _cut_short(self, at: _At, timed_out: bool, size: int) -> dict[str, Any]:
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
            return {"ended": {"ok": False, "error": error, "stage": "crash", "uri": ""}}
        traceback, output = self._child.output.split_traceback()
        return {
            "step": {
                "index": at.index,
                "outcome": "error",
                "kind": "timeout" if timed_out else "crash",
                "error": error,
                "traceback": traceback,
                "output": output,
                "lookups": at.lookups,
                "notes": [],
                "duration_ms": self.limits.timeout * 1000 if timed_out else None,
            }
        }

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
