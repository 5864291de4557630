"""The two commands explain themselves where they cannot go on."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from devkit import environment, system, verb
from devkit.display import can_start, virtual_display
from devkit.pythons import HERE
from devkit.say import DevError
from devkit.verb import main

DEV = Path(__file__).parents[2] / "packaging" / "dev.py"


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may not install packages is told the command that does."""
    monkeypatch.setattr(system, "install_packages", lambda packages: False)
    with pytest.raises(DevError, match=r"libnone\.so\.7(?s:.*)sudo apt-get install libnone7"):
        system.require({"libnone.so.7": "libnone7"})


def test_all_that_is_missing_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One command brings the libraries and what a virtual environment is made with."""
    monkeypatch.setattr(system, "install_packages", lambda packages: False)
    with pytest.raises(DevError, match=r"apt-get install libnone7 python3\.11-venv\n"):
        system.require({"libnone.so.7": "libnone7"}, ["python3.11-venv"])


def test_packages_of_missing_libraries_alone_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that loads is not asked for; one that was installed is tried again."""
    asked: list[str] = []
    there = {"libone.so.1"}

    def load(name: str) -> None:
        if name not in there:
            raise OSError(name)

    def install(packages: list[str]) -> bool:
        asked.extend(packages)
        there.add("libtwo.so.2")
        return True

    monkeypatch.setattr(ctypes, "CDLL", load)
    monkeypatch.setattr(system, "install_packages", install)
    system.require({"libone.so.1": "libone1", "libtwo.so.2": "libtwo2"})
    assert asked == ["libtwo2"]


def test_a_session_needs_the_libraries_of_its_display_alone() -> None:
    """A machine without a display installs nothing of X11's or Wayland's."""
    assert system.libraries_for_a_window({}) == system.EVERYWHERE
    assert "libxcb-cursor.so.0" in system.libraries_for_a_window({"DISPLAY": ":0"})
    assert "libwayland-egl.so.1" in system.libraries_for_a_window({"WAYLAND_DISPLAY": "wayland-0"})


def test_a_group_brings_the_groups_it_includes() -> None:
    """Dependency groups are read as their specification has them."""
    project = {"dependency-groups": {"all": ["one", {"include-group": "more"}], "more": ["two>=2"]}}
    assert environment.group_requirements(project, "all") == ["one", "two>=2"]


def test_an_environment_that_is_up_to_date_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The second command costs nothing; a new group or changed requirements cost an install. Another Python has its
    own environment beside the first one's, which it leaves as it is."""
    done: list[str] = []
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n[dependency-groups]\ntest = ["pytest"]\n'
    )
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "LOCK", tmp_path / "build" / "dev.lock")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")

    def create(place: Path) -> None:
        done.append("made")
        environment.python().parent.mkdir(parents=True, exist_ok=True)
        environment.python().touch()

    monkeypatch.setattr(environment, "_create", create)
    monkeypatch.setattr(environment, "pip_install", lambda arguments: done.append(" ".join(arguments[2:])))

    def prepared(*groups: str) -> list[str]:
        done.clear()
        environment.prepare(groups)
        return list(done)

    assert prepared() == ["made", ""]
    assert prepared() == []
    assert prepared("test") == ["pytest"]
    assert prepared() == []
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n[dependency-groups]\ntest = ["pytest>9"]\n'
    )
    assert prepared() == ["pytest>9"]
    first = environment.python()
    with monkeypatch.context() as other:
        other.setattr(environment, "_interpreter", lambda: "another Python")
        assert prepared("test") == ["made", "pytest>9"]
        assert prepared("test") == []
        assert environment.folder().name == f".venv-{HERE}"
    assert environment.python() == first
    assert prepared("test") == []


def test_the_environment_of_a_python_that_is_gone_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its link leads nowhere after the system went over to another version."""
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / environment.STAMP).write_text('{"python": "one that is gone"}')
    assert environment.folder() == tmp_path / ".venv"


def test_a_command_that_cannot_go_on_says_so_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback reaches the person at the terminal."""

    def refuse(libraries: object, packages: object) -> None:
        raise DevError("Qt cannot start.")

    monkeypatch.setattr("devkit.verb.require", refuse)
    assert main(["run"]) == 2
    assert capsys.readouterr().err == "error: Qt cannot start.\n"


@pytest.mark.parametrize(("codes", "code"), [((0, 0), 0), ((2, 1), 2), ((0, 3), 3)])
def test_the_matrix_runs_every_python_and_this_one_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], codes: tuple[int, int], code: int
) -> None:
    """All of them, whatever the others came to; it says what the machine lacks, and ends as the first failure did."""
    other, missing = Path("/opt/python3.98"), "3.99"
    calls: list[list[str]] = []

    def call(command: list[str]) -> int:
        calls.append(command)
        return codes[0]

    def whole(arguments: object) -> int:
        calls.append([f"all {arguments}"])
        return codes[1]

    monkeypatch.setattr(verb, "supported", lambda: [HERE, "3.98", missing])
    monkeypatch.setattr(verb, "find", lambda version, _: other if version == "3.98" else None)
    monkeypatch.setattr(verb, "_call", call)
    monkeypatch.setattr(verb, "test", whole)
    assert verb.matrix([]) == code
    assert calls[0][:5] == [str(other), str(DEV), "test", "-m", "not scene"]
    assert calls[1:] == [["all []"]]
    said = capsys.readouterr().err.splitlines()
    assert said[:2] == [f"The tests run on Python {HERE}, 3.98.", "Not found on this machine: Python 3.99."]
    assert f"Python 3.98: {'passed' if codes[0] == 0 else 'failed, exit code 2'}." in said
    assert said[-1].startswith(f"Python {HERE} (")


def test_the_script_runs_on_a_bare_python() -> None:
    """Nothing but the standard library is imported before the environment is made."""
    done = subprocess.run(
        [sys.executable, "-S", "-E", str(DEV), "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "open the explorer on SOURCE" in done.stdout


def test_an_old_python_is_answered_with_a_sentence() -> None:
    """The script's first lines are read, and understood, by a Python that cannot read the rest."""
    head = DEV.read_text(encoding="utf-8").split("from devkit")[0]
    pretend = "import sys; sys.version_info = (3, 10, 0)\nimport os; os.environ['PATH'] = ''\n" + head
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Plugscope needs Python 3.11 or later, and this is Python 3.10.")


def test_a_virtual_display_has_a_window_manager_and_goes_away() -> None:
    """A Qt program finds an X11 screen there; afterwards nothing is left of it."""
    if reason := can_start():
        pytest.skip(reason)
    program = (
        "from PySide6.QtGui import QGuiApplication as A\n"
        "a = A([]); print(a.platformName(), a.primaryScreen().size().width())"
    )
    with virtual_display("1280x800x24") as variables:
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        socket = Path(f"/tmp/.X11-unix/X{variables['DISPLAY'].removeprefix(':')}")
        assert socket.exists()
    assert done.stdout.split() == ["xcb", "1280"], done.stderr
    assert not socket.exists()
