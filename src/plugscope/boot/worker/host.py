"""The host's end: starts a worker, asks it to load and run, and survives whatever it does."""

from __future__ import annotations

import os
import queue
import secrets
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from plugscope.place import worker_command

from .message import Limits, Target, decode, encode
from .output import OutputCollector

_GRACE = 0.5


class LoadRefused(Exception):
    """The target cannot be loaded: where and why."""

    def __init__(self, place: str, message: str, traceback: str = "") -> None:
        super().__init__(message)
        self.place = place
        self.message = message
        self.traceback = traceback


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What to run: positions of the loaded registrations, and the settings of the boot."""

    sequence: Sequence[int]
    root: str = ""
    state: str = ""
    address: str = ""
    required: Sequence[str] = ()
    config: dict[str, Any] = field(default_factory=dict)


class Worker:
    """One worker process. Use as a context manager: at the end it and all it started are killed.

    ``python``: the interpreter for the user's code, by default the one that runs Plugscope.
    """

    def __init__(self, limits: Limits | None = None, python: str = "", folder: str = "") -> None:
        self.limits = limits or Limits()
        self._ended = False
        self._token = secrets.token_hex(16)
        self._messages: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._scratch = tempfile.TemporaryDirectory(prefix="plugscope-", ignore_cleanup_errors=True)
        self._process = self._start(python, folder)
        self.output = OutputCollector(self._token)
        self._threads = [
            threading.Thread(target=self._read_messages, daemon=True),
            threading.Thread(target=self._read_output, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def _start(self, python: str, folder: str) -> subprocess.Popen[bytes]:
        module = "plugscope.boot.worker.child"
        command = [python, "-P", "-m", module] if python else worker_command(module)
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "MALLOC_ARENA_MAX": "2"}
        if python:
            source = str(Path(__file__).resolve().parents[3])
            environment["PYTHONPATH"] = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH"))))
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder or None,
            env=environment,
            start_new_session=os.name == "posix",
        )

    def load(self, target: Target) -> dict[str, Any]:
        """Import the target; returns what it registered. Raises ``LoadRefused``."""
        self._send({"target": target.as_dict(), "memory": self.limits.memory})
        message = self._next(self.limits.load_timeout)
        if message is None or "timeout" in message:
            self.kill()
            raise LoadRefused("", self._why_no_answer(message is not None), self.output.rest())
        if "refused" in message:
            refusal = message["refused"]
            raise LoadRefused(refusal["place"], refusal["message"], refusal["traceback"])
        loaded: dict[str, Any] = message["loaded"]
        return loaded

    def _why_no_answer(self, timed_out: bool) -> str:
        if timed_out:
            return f"importing it did not end within {self.limits.load_timeout:g} s"
        return f"importing it ended the process: {self.ending()}"

    def run(self, order: RunOrder) -> Iterator[dict[str, Any]]:
        """Run plugins; yields a step as each one ends, and at last the end of the boot (key ``ended``).

        A plugin that runs out of time or takes the process along gives a step that says so, and the boot ends
        there, as a daemon would have.
        """
        root = order.root or self._scratch_folder("root")
        state = order.state or self._scratch_folder("state")
        self._send(
            {
                "sequence": list(order.sequence),
                "root": root,
                "state": state,
                "address": order.address,
                "required": list(order.required),
                "config": order.config,
                "timeout": self.limits.timeout,
                "close_timeout": self.limits.close_timeout,
                "token": self._token,
            }
        )
        current, began = 0, time.monotonic()
        lookups: list[dict[str, Any]] = []
        while True:
            message = self._next(max(0.0, began + self.limits.timeout + _GRACE - time.monotonic()))
            if message is None or "timeout" in message:
                yield self._cut_short(current, message is not None, lookups)
                return
            if "begin" in message:
                current, began = int(message["begin"]), time.monotonic()
                lookups = []
            elif "lookup" in message:
                lookups.append(message["lookup"])
            elif "step" in message:
                step = message["step"]
                step["output"] = self.output.of_step(int(step["index"]))
                yield message
                began = time.monotonic()
                if step["kind"] == "crash":
                    return
            elif "ended" in message:
                yield message
                return

    def _scratch_folder(self, name: str) -> str:
        """A folder that goes with the worker. One that the source names is not made: it is another system's."""
        folder = Path(self._scratch.name) / name
        folder.mkdir(exist_ok=True)
        return str(folder)

    def _cut_short(self, index: int, timed_out: bool, lookups: list[dict[str, Any]]) -> dict[str, Any]:
        if timed_out:
            self.kill()
            error = f"did not end within {self.limits.timeout:g} s"
        else:
            error = f"the process ended in this init function: {self.ending()}"
        for thread in self._threads:
            thread.join(2.0)
        traceback, output = self.output.split_traceback()
        return {
            "step": {
                "index": index,
                "outcome": "error",
                "kind": "timeout" if timed_out else "crash",
                "error": error,
                "traceback": traceback,
                "output": output,
                "lookups": lookups,
                "notes": [],
                "duration_ms": self.limits.timeout * 1000 if timed_out else None,
            }
        }

    def ending(self) -> str:
        """How the process ended, in words."""
        try:
            code = self._process.wait(2.0)
        except subprocess.TimeoutExpired:
            return "it does not answer"
        if code >= 0:
            return f"exit status {code}"
        try:
            return f"killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"killed by signal {-code}"

    def kill(self) -> None:
        """End the worker and every process of its session."""
        if os.name == "posix":
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self._process.kill()
        else:
            self._process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(subprocess.TimeoutExpired):
            # After the end of the boot the child is only closing its plugins and may be waited for.
            self._process.wait(self.limits.close_timeout if self._ended else 0.0)
        self.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join(2.0)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._scratch.cleanup()

    def _send(self, message: dict[str, Any]) -> None:
        stream = self._process.stdin
        if stream is None:
            return
        try:
            stream.write(encode(message))
            stream.flush()
        except (BrokenPipeError, OSError):
            return

    def _next(self, timeout: float) -> dict[str, Any] | None:
        """The next message; ``None`` when the child has gone, ``{"timeout": True}`` when it keeps silent."""
        try:
            message = self._messages.get(timeout=timeout)
        except queue.Empty:
            return {"timeout": True}
        if message is not None and "ended" in message:
            self._ended = True
        return message

    def _read_messages(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        for line in stream:
            try:
                self._messages.put(decode(line))
            except ValueError:
                continue
        self._messages.put(None)

    def _read_output(self) -> None:
        stream = self._process.stderr
        assert stream is not None
        while chunk := os.read(stream.fileno(), 1 << 16):
            self.output.feed(chunk)
        self.output.finish()
