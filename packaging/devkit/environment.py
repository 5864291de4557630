"""The checkout's own virtual environments, one for each Python: made when missing, brought up to date when old."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from devkit.say import DevError, say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = "plugscope-stamp.json"
LOCK = ROOT / "build" / "dev.lock"


def folder() -> Path:
    """The environment of this Python: `.venv`, or one beside it that is named for the version.

    `.venv` is what editors look for. It is for the Python that made it, until that is gone from the machine; so that
    Pythons that take turns in one checkout do not each throw away what the other installed.
    """
    if _read_stamp(VENV).get("python") in (None, _interpreter()) or not _python_in(VENV).exists():
        return VENV
    return VENV.with_name(f"{VENV.name}-{sys.version_info.major}.{sys.version_info.minor}")


def python() -> Path:
    """The environment's interpreter."""
    return _python_in(folder())


def _python_in(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(groups: Iterable[str]) -> None:
    """Make the environment hold Plugscope (editable), what it depends on, and the named dependency groups.

    A stamp file remembers what was installed, so that a second call costs nothing. Another Python has an
    environment of its own; a changed `pyproject.toml` installs into the one that is there, since a program may be
    running from it (`make clean` starts over).

    Raises `DevError` where the environment cannot be made.
    """
    with _alone():
        _prepare(set(groups))


def _prepare(groups: set[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    place = folder()
    stamp = _read_stamp(place)
    if stamp.get("python") != _interpreter() or not python().exists():
        _create(place)
        stamp = {}
    wanted = groups | set(stamp.get("groups", ()))
    fingerprint = _fingerprint(project)
    if stamp.get("project") == fingerprint and groups <= set(stamp.get("groups", ())):
        return
    requirements = [line for group in sorted(wanted) for line in group_requirements(project, group)]
    say(f"Installing Plugscope and what it needs into {place.name} …")
    start = time.monotonic()
    pip_install(["--editable", str(ROOT), *requirements])
    (place / STAMP).write_text(
        json.dumps({"python": _interpreter(), "project": fingerprint, "groups": sorted(wanted)}, indent=1),
        encoding="utf-8",
    )
    say(f"Installed in {time.monotonic() - start:.0f} s.")


def missing_packages() -> list[str]:
    """The Debian package without which this Python cannot make an environment, if there is none yet."""
    if python().exists() or importlib.util.find_spec("ensurepip"):
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def pip_install(arguments: list[str]) -> None:
    """Run the environment's pip, which speaks of nothing but errors. Raises `DevError` when it fails."""
    command = [str(python()), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    if subprocess.call([*command, *arguments], cwd=ROOT):
        raise DevError("pip could not install what Plugscope needs; its own words are above.")


def group_requirements(project: dict[str, Any], group: str) -> list[str]:
    """The requirements of a dependency group, with the groups that it includes.

    Read here because the pip of Debian 12 is older than its `--group` option.
    """
    found: list[str] = []
    for entry in project["dependency-groups"][group]:
        if isinstance(entry, str):
            found.append(entry)
        else:
            found.extend(group_requirements(project, entry["include-group"]))
    return found


def _create(place: Path) -> None:
    say(f"Making {place.name} with Python {sys.version.split()[0]} …")
    if place.is_symlink():
        place.unlink()
    elif place.exists():
        shutil.rmtree(place)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(place)], check=False, capture_output=True, text=True
    )
    if made.returncode:
        raise DevError(f"The environment {place.name} could not be made:\n{made.stdout}{made.stderr}")


def _interpreter() -> str:
    """Changes with what compiled packages are made for, and stays when a system updates its Python's patches."""
    made_for = sysconfig.get_config_var("EXT_SUFFIX")
    return f"{sys.implementation.cache_tag} {made_for} {sysconfig.get_platform()} {sys.base_prefix}"


def _fingerprint(project: dict[str, Any]) -> str:
    """Changes when what is installed would, and stays when a linter's rule is edited."""
    parts = [project.get(key) for key in ("build-system", "project", "dependency-groups")]
    return hashlib.sha256(json.dumps([str(ROOT), parts], sort_keys=True).encode()).hexdigest()


def _read_stamp(place: Path) -> dict[str, Any]:
    try:
        stamp = json.loads((place / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the checkout's lock: two commands started together must not install into one environment."""
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        if os.name != "nt":
            import fcntl  # only where there is one

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
