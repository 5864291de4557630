"""The verbs of `packaging/dev.py`, one function each."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from devkit.display import can_start, virtual_display
from devkit.environment import ROOT, VENV, missing_packages, prepare, python
from devkit.pythons import HERE, find, supported
from devkit.say import DevError, say
from devkit.system import (
    EVERYWHERE,
    FOR_SCENES,
    FOR_TESTS,
    ON_X11,
    libraries_for_a_window,
    offer_programs,
    require,
    shared_python,
)

WELCOME = "catalog:containerd-2.3"
# pytest's exit code for "no test was collected".
NO_TESTS = 5
WITHOUT_SCENES = ("-m", "not scene")


def run(arguments: Sequence[str]) -> int:
    """open the explorer on SOURCE (the shipped containerd graph if none is given)"""
    _require(libraries_for_a_window(os.environ))
    prepare([])
    # -P: a module in the folder that the user is in must not stand in for one of Python's own.
    return _call([str(python()), "-P", "-m", "plugscope", *(arguments or [WELCOME])], folder=Path.cwd())


def test(arguments: Sequence[str]) -> int:
    """run the tests, or what the arguments for pytest select"""
    _require(EVERYWHERE | ON_X11)
    offer_programs(FOR_TESTS, "The tests that need them are skipped.")
    prepare(["test"])
    pytest = [str(python()), "-m", "pytest"]
    if arguments:
        return _call([*pytest, *arguments])
    # Scenes share one screen and its focus: one at a time, in a process that never was offscreen.
    codes = [_call([*pytest, *WITHOUT_SCENES, "--numprocesses", str(_processes())])]
    if any((ROOT / "tests" / "scenes").glob("test_*.py")):
        codes.append(_call([*pytest, "-m", "scene"]))
    return next((code for code in codes if code not in (0, NO_TESTS)), 0)


def matrix(_arguments: Sequence[str]) -> int:
    """run the tests on every supported Python of this machine: wholly on this one, else without scenes"""
    # This one comes last, so that pytest's closing line is: a summary behind it would hide it from who reads the end.
    codes = [_test_on(version, path) for version, path in _others().items()]
    say(f"Python {HERE} ({sys.executable}): all the tests.")
    codes.append(test([]))
    return next((code for code in codes if code), 0)


def _others() -> dict[str, Path]:
    """The other supported Pythons of this machine. Says which are there, and which are not."""
    found = {version: find(version, os.environ) for version in supported() if version != HERE}
    there = {version: path for version, path in found.items() if path is not None}
    missing = [version for version in found if version not in there]
    say(f"The tests run on Python {', '.join(sorted([*there, HERE], key=_minor))}.")
    if missing:
        say(f"Not found on this machine: Python {', '.join(missing)}.")
    return there


def _test_on(version: str, path: Path) -> int:
    """In a process of that Python, which makes an environment of its own."""
    say(f"Python {version} ({path}): the tests without scenes.")
    script = str(ROOT / "packaging" / "dev.py")
    code = _call([str(path), script, "test", *WITHOUT_SCENES, "--numprocesses", str(_processes())])
    say(f"Python {version}: {'passed' if code == 0 else f'failed, exit code {code}'}.")
    return code


def _minor(version: str) -> int:
    return int(version.partition(".")[2])


def _processes() -> int:
    return min(os.cpu_count() or 1, 8)


def lint(_arguments: Sequence[str]) -> int:
    """check format, lint, types and import contracts"""
    _require({})
    prepare(["test", "check"])
    tools = [
        ["ruff", "format", "--check"],
        ["ruff", "check"],
        ["mypy"],
        ["lint-imports"],
    ]
    ours = {"PYTHONPATH": str(ROOT / "packaging")}  # where import-linter finds the contract that is our own
    codes = [
        _call([str(python().with_name(name)), *rest], announce=True, variables=ours) for name, *rest in tools
    ]
    return max(codes)


def check(_arguments: Sequence[str]) -> int:
    """the whole law: lint, then test"""
    return max([lint([]), test([])])


def bench(arguments: Sequence[str]) -> int:
    """print the numbers that the design holds the program to (those named, or all)"""
    _require(EVERYWHERE)
    prepare(["test"])
    scripts = sorted((ROOT / "tests" / "bench").glob("bench_*.py"))
    chosen = [
        script for script in scripts if not arguments or script.stem.removeprefix("bench_") in arguments
    ]
    if not chosen:
        names = ", ".join(script.stem.removeprefix("bench_") for script in scripts)
        raise DevError(f"No such measurement; there are: {names or 'none'}.")
    # One after the other, each in a process of its own: a number is worth something on a quiet machine alone.
    return max([_call([str(python()), str(script)], announce=True) for script in chosen])


def package(arguments: Sequence[str]) -> int:
    """build the program folder that needs no Python (dist/plugscope)"""
    _require(EVERYWHERE | ON_X11 | shared_python())
    offer_programs({"objdump": "binutils"}, "PyInstaller reads libraries with it.")
    prepare(["package"])
    spec = str(ROOT / "packaging" / "plugscope.spec")
    places = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build" / "pyinstaller")]
    code = _call(
        [str(python()), "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", *places, spec, *arguments]
    )
    if code == 0:
        say("Built dist/plugscope. Try it: python3 packaging/dev.py smoke")
    return code


def smoke(arguments: Sequence[str]) -> int:
    """start the program that `package` built on a virtual screen, and see that its workers answer"""
    offer_programs(FOR_SCENES, "The window is not tried.")
    return _call([sys.executable, str(ROOT / "packaging" / "smoke.py"), *arguments])


def wheel(arguments: Sequence[str]) -> int:
    """build the wheel, with its resources inside (dist/*.whl)"""
    _require({})
    prepare([])
    target = ["--wheel-dir", str(ROOT / "dist")]
    return _call([str(python()), "-m", "pip", "wheel", "-qq", "--no-deps", *target, str(ROOT), *arguments])


def screenshots(arguments: Sequence[str]) -> int:
    """take the pictures of the README on a virtual screen (docs/images)"""
    _require(EVERYWHERE | ON_X11)
    offer_programs(FOR_SCENES, "There is no screen to take pictures of.")
    prepare([])
    if reason := can_start():
        raise DevError(f"No pictures: {reason}.")
    with virtual_display() as variables:
        return _call(
            [str(python()), str(ROOT / "packaging" / "screenshots.py"), *arguments],
            variables=variables,
        )


def clean(_arguments: Sequence[str]) -> int:
    """remove the environments, caches and everything built"""
    for name in (
        *(place.name for place in ROOT.glob(f"{VENV.name}*")),
        "build",
        "dist",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
        ".import_linter_cache",
    ):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for folder in ("src", "tests", "packaging"):
        for cache in sorted((ROOT / folder).rglob("__pycache__")):
            shutil.rmtree(cache, ignore_errors=True)
    return 0


VERBS: tuple[Callable[[Sequence[str]], int], ...] = (
    run, test, matrix, lint, check, bench, package, smoke, wheel, screenshots, clean,
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; the exit code is the tool's own."""
    verbs = {verb.__name__: verb for verb in VERBS}
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Each verb makes .venv (.venv-3.x for another Python) and installs what it needs, once.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:12} {verb.__doc__}" for name, verb in verbs.items()),
    )
    parser.add_argument("verb", choices=verbs, metavar="VERB", help="one of those below")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="handed to the tool as it is")
    chosen = parser.parse_args(arguments)
    try:
        return verbs[chosen.verb](chosen.rest)
    except DevError as error:
        say(f"error: {error}")
        return 2
    except KeyboardInterrupt:
        return 130


def _require(libraries: Mapping[str, str]) -> None:
    """What the system must bring: these libraries, and what an environment is made with."""
    require(libraries, missing_packages())


def _call(
    command: list[str],
    *,
    announce: bool = False,
    folder: Path = ROOT,
    variables: dict[str, str] | None = None,
) -> int:
    """Run a tool in the checkout and give its exit code; a death by signal counts as 128 and its number."""
    if announce:
        say(f"$ {Path(command[0]).name} {' '.join(command[1:])}")
    code = subprocess.call(command, cwd=folder, env=os.environ | (variables or {}))
    return code if code >= 0 else 128 - code
