"""The Pythons of this machine that Plugscope supports: which there are, and where."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from devkit.environment import ROOT

_ANSWER_S = 20
_ASK = "import sys, venv; print(*sys.version_info[:4])"
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def supported() -> list[str]:
    """The versions that `pyproject.toml` promises, such as "3.11", oldest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = (
        re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", one) for one in project["classifiers"]
    )
    return [match[1] for match in found if match]


def find(version: str, environment: Mapping[str, str]) -> Path | None:
    """A Python of this version that really answers; this one, if it is of it. None if the machine has none.

    Looks on PATH, in pyenv's folder and where systems keep their own. A pyenv shim on PATH answers only where its
    version is switched on, and a release candidate is not yet what it will be.
    """
    return next((path for path in _candidates(version, environment) if _answers(path, version)), None)


def _candidates(version: str, environment: Mapping[str, str]) -> Iterator[Path]:
    if version == HERE:
        yield Path(sys.executable)
    name = f"python{version}.exe" if os.name == "nt" else f"python{version}"
    folders = [Path(folder) for folder in environment.get("PATH", "").split(os.pathsep) if folder]
    pyenv = Path(environment.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")
    kept = sorted(pyenv.glob(f"{version}.*/bin"), key=lambda place: _numbers(place.parent.name), reverse=True)
    for folder in (*folders, *kept, Path("/usr/local/bin"), Path("/usr/bin")):
        if (folder / name).is_file():
            yield folder / name


def _numbers(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]


def _answers(path: Path, version: str) -> bool:
    try:
        done = subprocess.run(
            [str(path), "-c", _ASK], check=False, capture_output=True, text=True, timeout=_ANSWER_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    words = done.stdout.split()
    return done.returncode == 0 and len(words) == 4 and (".".join(words[:2]), words[3]) == (version, "final")
