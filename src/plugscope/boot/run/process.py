"""The worker process as the host has it: started, spoken to, and always brought to an end."""

from __future__ import annotations

import os
import queue
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import IO

from plugscope.installation import worker_command
from plugscope.worker import CUT_OFF, Answer, Request, decode_answer, encode, text_of

from .output import OutputCollector

_CHILD = "plugscope.worker"
_SLICE = 0.2
_BLOCK = 1 << 20
"""Bytes of a flood that are read at once, and that a pipe holds where that can be asked for."""
_LITTLE = 1 << 16
_FILL_S = 0.001
_DEAF = "it closed the descriptors that it is spoken to on"


class Silence(Enum):
    """What ``next_message`` gives when nothing came."""

    TIMEOUT = "not in time"
    GONE = "never: the child has gone"


class ChildProcess:
    """One child with its pipes, its output, and a scratch folder that goes with it.

    Raises ``OSError`` if it cannot be started.
    """

    def __init__(self, python: str, folder: str, token: str) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="plugscope-", ignore_cleanup_errors=True)
        self.scratch = Path(self._scratch.name)
        try:
            self._process = self._start(python, folder)
        except OSError:
            self._scratch.cleanup()
            raise
        self._program: tuple[str, bytes] | None = None
        self._wide = _widen(self._process.stderr)
        self.output = OutputCollector(token)
        self._messages: queue.SimpleQueue[Answer | Silence] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._threads = [
            threading.Thread(target=self._read_messages, daemon=True),
            threading.Thread(target=self._read_output, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def _start(self, python: str, folder: str) -> subprocess.Popen[bytes]:
        (self.scratch / "tmp").mkdir()
        return subprocess.Popen(
            [python, "-P", "-m", _CHILD] if python else worker_command(_CHILD),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            cwd=folder or None,
            env=_environment(python, self.scratch / "tmp"),
            start_new_session=os.name == "posix",
        )

    @property
    def pid(self) -> int:
        """The process id of the child, which is also that of its session."""
        return self._process.pid

    def send(self, message: Request) -> None:
        """Tell the child; one that has gone is found out by what it does not answer."""
        assert self._process.stdin is not None
        data = memoryview(encode(message))
        with suppress(OSError):
            while data:
                data = data[self._process.stdin.write(data) or 0 :]

    def next_message(self, timeout: float) -> Answer | Silence:
        """The next message within ``timeout`` seconds.

        The end of the pipe is not waited for: a process that the child left behind may hold it open.
        """
        until = time.monotonic() + timeout
        while True:
            left = max(0.0, until - time.monotonic())
            gone = self._process.poll() is not None
            with suppress(queue.Empty):
                return self._messages.get(timeout=_SLICE if gone else min(left, _SLICE))
            if gone:
                return Silence.GONE
            if left <= _SLICE:
                return Silence.TIMEOUT

    def ending(self) -> str:
        """How the process ended, in words."""
        try:
            code = self._process.wait(2.0)
        except subprocess.TimeoutExpired:
            return self._lost()
        if code == CUT_OFF:
            return _DEAF
        if code >= 0:
            return f"exit status {code}"
        try:
            return f"killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"killed by signal {-code}"

    def is_alive(self) -> bool:
        """Whether the process has not ended, be it spoken to or not."""
        return self._process.poll() is None

    def _lost(self) -> str:
        """Why a process that has not ended cannot be spoken to, as far as the system tells."""
        program = _program(self.pid)
        if program == self._program:
            return _DEAF
        if self._program is None or program[0] == self._program[0]:
            return f"{_DEAF}, or became another program"
        return f"it became another program, {text_of(program[0], 500)}"

    def kill(self) -> None:
        """End the child, every process of its session, and what it set free from that."""
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        # It may have left its own process group.
        self._process.kill()
        kill_strays(f"TMPDIR={self.scratch / 'tmp'}")

    def drain(self) -> None:
        """Wait until what a dead child said has been read."""
        for thread in self._threads:
            thread.join(1.0)

    def close(self, grace: float) -> None:
        """Wait ``grace`` seconds for a child that is about to end, then end it, and leave nothing behind."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        self.kill()
        self._process.wait()
        self._closed.set()
        for thread in self._threads:
            thread.join(2.0)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._scratch.cleanup()

    def _read_messages(self) -> None:
        pending = b""
        for chunk in self._chunks(self._process.stdout):
            *lines, pending = (pending + chunk).split(b"\n")
            for line in lines:
                # It is ready: whatever starts it on the way to that has been passed.
                self._program = self._program or _program(self.pid)
                with suppress(ValueError):
                    self._messages.put(decode_answer(line))
        self._messages.put(Silence.GONE)

    def _read_output(self) -> None:
        for chunk in self._chunks(self._process.stderr):
            self.output.feed(chunk)
            # A reader as quick as the flood gets it page by page, and slows it: let the pipe fill up instead.
            if self._wide and len(chunk) < _BLOCK // 4 and self.output.is_dropping:
                time.sleep(_FILL_S)
        self.output.finish()

    def _chunks(self, stream: IO[bytes] | None) -> Iterator[bytes]:
        """What comes through a pipe, until it ends or the child is closed."""
        assert stream is not None
        with selectors.DefaultSelector() as selector:
            if os.name == "posix":
                selector.register(stream, selectors.EVENT_READ)
            while True:
                if os.name == "posix" and not selector.select(_SLICE):
                    if self._closed.is_set():
                        return
                    continue
                # Room for a block is dear to ask for, and only a flood needs it.
                chunk = os.read(stream.fileno(), _BLOCK if self.output.is_dropping else _LITTLE)
                if not chunk:
                    return
                yield chunk


def _widen(pipe: IO[bytes] | None) -> bool:
    """Let a pipe hold a block; whether the system has a way to ask for it, and grants it."""
    if pipe is not None and sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            return fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _BLOCK) >= _BLOCK
    return False


def _program(pid: int) -> tuple[str, bytes]:
    """The file that a process runs and its arguments, as far as there is a ``/proc``."""
    with suppress(OSError):
        return str(Path(f"/proc/{pid}/exe").readlink()), Path(f"/proc/{pid}/cmdline").read_bytes()
    return "", b""


def _environment(python: str, temporary: Path) -> Mapping[str, str]:
    """The child's variables: what it puts in its temporary folder goes when it goes."""
    variables = {**os.environ, "PYTHONUNBUFFERED": "1", "MALLOC_ARENA_MAX": "2"}
    variables.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)))
    if python:
        source = str(Path(__file__).resolve().parents[3])
        variables["PYTHONPATH"] = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH"))))
    return variables


_ROUNDS = 3
"""One that is killed may have started another just before."""


def kill_strays(mark: str) -> None:
    """Kill every process with this text in its environment, which the child's own descendants inherit.

    Only where there is a ``/proc``; one that has cleared its environment is not found.
    """
    for _ in range(_ROUNDS):
        found = list(_marked(mark.encode()))
        for pid in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not found:
            return


def _marked(mark: bytes) -> Iterator[int]:
    with suppress(FileNotFoundError), os.scandir("/proc") as entries:
        for entry in entries:
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                with suppress(OSError):
                    if mark in Path(entry.path, "environ").read_bytes():
                        yield int(entry.name)
