"""Where things are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from plugscope.installation import resource, worker_command


def test_a_resource_of_the_checkout_is_found() -> None:
    """The shipped folders are reached through one function, wherever the program runs from."""
    assert resource("icons", "app").is_dir()


def test_a_missing_resource_is_named() -> None:
    """The error says which one."""
    with pytest.raises(FileNotFoundError, match=r"resources/icons/nothing\.svg"):
        resource("icons", "nothing.svg")


def test_a_worker_is_run_by_this_interpreter() -> None:
    """The command is complete: it can be started as it is."""
    command = worker_command("plugscope.layout.worker")
    assert command == [sys.executable, "-P", "-m", "plugscope.layout.worker"]


def test_a_module_in_the_users_folder_stands_in_for_none_of_the_librarys(tmp_path: Path) -> None:
    """A worker started in a folder with a `json.py` gets Python's own."""
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')")
    command = [*worker_command("json.tool"), "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_frozen_program_starts_the_executable_beside_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """There is no interpreter to ask for in a frozen program."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "plugscope"))
    name = "plugscope-worker.exe" if os.name == "nt" else "plugscope-worker"
    assert worker_command("plugscope.layout.worker") == [str(tmp_path / name), "plugscope.layout.worker"]
