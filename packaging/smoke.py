"""Try the program folder that `dev.py package` built, with no Python in reach.

It is started on a virtual screen, lays a graph out (a worker with Graphviz), and replays an example (a worker that
runs Python). Each line says what was tried; the exit code is 1 if one of them failed.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from devkit.display import can_start, virtual_display

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "dist" / "plugscope"
CATALOG = "catalog:containerd-2.3"
EXAMPLE = "example:shop"
WINDOW_TIMEOUT_S = 20.0


class Failed(Exception):
    """What was tried did not work; the text says how."""


class Program:
    """The frozen program, in an empty home, with an empty PATH."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.executable = folder / "plugscope"
        self.worker = folder / "plugscope-worker"
        self.home = home
        self.environment = {
            "HOME": str(home),
            "PATH": str(home),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(home),
        }

    def run(self, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
        """What a verb prints. Raises `Failed` on another exit code than those expected."""
        done = subprocess.run(
            [str(self.executable), *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=self.home,
            env=self.environment,
            timeout=120,
        )
        if done.returncode not in codes:
            raise Failed(f"exit code {done.returncode}: {(done.stderr or done.stdout).strip()[-800:]}")
        return done.stdout


def version(program: Program) -> str:
    """it starts"""
    start = time.monotonic()
    words = program.run("--version").strip()
    return f"{words} in {time.monotonic() - start:.1f} s"


def ask_graphviz(program: Program) -> str:
    """the layout worker answers (the program itself would fall back to lanes, and not tell)"""
    request = {"token": 7, "sizes": [[90, 30], [90, 30]], "edges": [[0, 1]], "gaps": [12, 60]}
    done = subprocess.run(
        [str(program.worker), "plugscope.layout.worker"],
        check=False,
        capture_output=True,
        text=True,
        input=json.dumps(request) + "\n",
        env=program.environment,
        timeout=60,
    )
    if done.returncode:
        raise Failed(f"exit code {done.returncode}: {done.stderr.strip()[-800:]}")
    answer = json.loads(done.stdout)
    if len(answer["nodes"]) != 2 or answer["token"] != 7:
        raise Failed(done.stdout)
    return "two nodes laid out by Graphviz"


def draw(program: Program) -> str:
    """it draws a picture without a screen"""
    picture = program.home / "graph.svg"
    program.run("render", CATALOG, "-o", str(picture))
    if "<svg" not in picture.read_text(encoding="utf-8"):
        raise Failed("the picture is no SVG")
    return f"{picture.stat().st_size:,} bytes of SVG"


def replay(program: Program) -> str:
    """it runs Python init functions, in the worker"""
    recording = json.loads(program.run("replay", EXAMPLE, "--trust", "--json", codes=(0, 1)))
    if recording["kind"] != "run" or not recording["steps"]:
        raise Failed(f"a recording of kind {recording['kind']!r} with {len(recording['steps'])} steps")
    return f"{len(recording['steps'])} steps"


def apart(program: Program) -> str:
    """the worker has no Qt, and is nobody's Python"""
    done = subprocess.run([str(program.worker), "json.tool"], check=False, capture_output=True, text=True)
    if done.returncode == 0:
        raise Failed("it runs what is none of ours")
    return "refused what is none of ours"


def open_window(program: Program) -> str:
    """its window opens, and closes when it is told to"""
    if reason := can_start():
        return f"not tried ({reason})"
    with virtual_display() as variables:
        with started(program, variables) as process:
            start = time.monotonic()
            window = await_window(process, variables)
            seconds = time.monotonic() - start
            time.sleep(2)
            if process.poll() is not None:
                raise Failed(f"it ended by itself, with {process.returncode}")
            close = ["xdotool", "windowactivate", "--sync", window, "key", "alt+F4"]
            subprocess.run(close, check=False, env=os.environ | variables, timeout=10)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                raise Failed("it did not end with its window") from None
        return f"after {seconds:.1f} s"


@contextmanager
def started(program: Program, variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The window's process, and nothing left of it or its workers afterwards."""
    with (program.home / "window.log").open("wb") as log:
        process = subprocess.Popen(
            [str(program.executable), CATALOG],
            env=program.environment | variables,
            cwd=program.home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def await_window(process: subprocess.Popen[bytes], variables: dict[str, str]) -> str:
    """The X11 id of the program's window, once it is on screen."""
    deadline = time.monotonic() + WINDOW_TIMEOUT_S
    search = ["xdotool", "search", "--onlyvisible", "--name", "Plugscope"]
    while time.monotonic() < deadline and process.poll() is None:
        found = subprocess.run(
            search, check=False, env=os.environ | variables, capture_output=True, text=True
        )
        if found.stdout.split():
            return found.stdout.split()[0]
        time.sleep(0.05)
    raise Failed(f"no window in {WINDOW_TIMEOUT_S:.0f} s (exit code {process.poll()})")


TRIES: tuple[Callable[[Program], str], ...] = (version, ask_graphviz, draw, replay, apart, open_window)


def main(arguments: list[str]) -> int:
    """Try everything in the folder that is named, or in dist/plugscope."""
    folder = Path(arguments[0]).resolve() if arguments else FOLDER
    if not (folder / "plugscope").exists():
        print(f"error: {folder}: no program is here; build it with dev.py package", file=sys.stderr)
        return 2
    failures = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        program = Program(folder, Path(home))
        for attempt in TRIES:
            try:
                print(f"ok      {attempt.__doc__}: {attempt(program)}", flush=True)
            except (Failed, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
                failures += 1
                print(f"FAILED  {attempt.__doc__}: {error}", flush=True)
        log = Path(home, "window.log")
        if failures and log.exists() and log.stat().st_size:
            print(log.read_text(encoding="utf-8", errors="replace")[-2000:])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
