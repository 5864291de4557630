"""Finding the Pythons of a machine: one that does not answer is none."""

import os
import sys
from pathlib import Path

import pytest

from devkit import pythons
from devkit.pythons import HERE, find, supported

posix = pytest.mark.skipif(os.name != "posix", reason="its Pythons are shell scripts")


def python(folder: Path, version: str, answer: str) -> Path:
    """A Python that answers so, whatever it is asked."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"python{version}"
    file.write_text(f"#!/bin/sh\n{answer}\n")
    file.chmod(0o755)
    return file


def test_what_is_supported_is_what_is_promised() -> None:
    """The oldest is the one below which the program refuses to start; this Python is among them."""
    assert supported()[0] == "3.11"
    assert HERE in supported()


def test_this_python_is_found_as_itself() -> None:
    """Without PATH, and whatever else there is of its version."""
    assert find(HERE, {}) == Path(sys.executable)


@posix
@pytest.mark.parametrize(
    "answer",
    [
        "echo 'pyenv: python3.98: command not found' >&2; exit 127",
        "echo 3 97 0 final",
        "echo 3 98 0 candidate",
        "echo nonsense",
        "exit 0",
    ],
)
def test_one_that_does_not_answer_is_none(tmp_path: Path, answer: str) -> None:
    """A shim whose version is off, another version, a release candidate, and what is no Python."""
    python(tmp_path / "bin", "3.98", answer)
    environment = {"PATH": str(tmp_path / "bin"), "PYENV_ROOT": str(tmp_path)}
    assert find("3.98", environment) is None


@posix
def test_behind_a_shim_that_is_off_the_next_one_is_found(tmp_path: Path) -> None:
    """On PATH, and else the newest that pyenv keeps."""
    python(tmp_path / "shims", "3.98", "exit 127")
    environment = {"PATH": f"{tmp_path / 'shims'}:{tmp_path / 'bin'}", "PYENV_ROOT": str(tmp_path)}
    for patch in ("9", "10"):
        python(tmp_path / "versions" / f"3.98.{patch}" / "bin", "3.98", f"echo 3 98 {patch} final")
    assert find("3.98", environment) == tmp_path / "versions" / "3.98.10" / "bin" / "python3.98"
    on_path = python(tmp_path / "bin", "3.98", "echo 3 98 0 final")
    assert find("3.98", environment) == on_path


@posix
def test_one_that_hangs_is_waited_for_no_longer_than_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And then passed over."""
    monkeypatch.setattr(pythons, "_ANSWER_S", 0.2)
    python(tmp_path, "3.98", "exec sleep 60")
    assert find("3.98", {"PATH": str(tmp_path), "PYENV_ROOT": str(tmp_path)}) is None
