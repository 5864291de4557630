"""Which containerd a configuration file is for."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib

from plugscope.sources.error import SourceError
from plugscope.sources.release import Release
from plugscope.sources.shipped import catalog_names, catalog_release, nearest_catalog

_TIMEOUT = 5.0
_OPTION = "; --catalog names another"
"""What a user who has that option can do."""


def choose_catalog(data: bytes, name: str | None) -> tuple[str, str, str]:
    """The catalog to take for a file of these bytes; where nobody named one, in words why, and how to get another.

    Raises ``SourceError``.
    """
    if name == "ask":
        return (*_standing_for(Release(installed_version())), "")
    if name:
        return name.removeprefix("catalog:"), "", ""
    version = version_of(data) or _written(data)
    names = catalog_names()
    accepting = [one for one in names if catalog_release(one).max_version >= version]
    chosen = (accepting or names)[-1]
    said = f"version {version}" if version else "no version, which means version 1"
    return (
        chosen,
        f"read as a configuration of containerd {catalog_release(chosen).version}, the newest that takes it "
        f"(it has {said})",
        _OPTION,
    )


def version_of(data: bytes) -> int:
    """The version that a file names; 0 if it names none or cannot be read."""
    try:
        version = tomllib.loads(data.decode("utf-8-sig", "replace")).get("version")
    except (ValueError, RecursionError):
        return 0
    return version if isinstance(version, int) and not isinstance(version, bool) else 0


def _written(data: bytes) -> int:
    """The version that stands in a file that has a mistake elsewhere."""
    found = re.search(rb"^[ \t]*version[ \t]*=[ \t]*(\d{1,3})[ \t]*(?:#.*)?\r?$", data, re.M)
    return int(found[1]) if found else 0


def installed_version() -> str:
    """The version of the ``containerd`` on PATH, by asking it. Raises ``SourceError``."""
    program = shutil.which("containerd")
    if program is None:
        raise SourceError.at(
            "containerd", "there is none on PATH to ask for its version; name a release instead"
        )
    try:
        ran = subprocess.run([program, "--version"], capture_output=True, timeout=_TIMEOUT, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise SourceError.at(program, f"does not tell its version: {error}") from None
    found = Release.find(ran.stdout.decode("utf-8", "replace"))
    if found is None:
        raise SourceError.at(program, "does not tell its version")
    return found.version


def _standing_for(installed: Release) -> tuple[str, str]:
    """The catalog that stands in for the installed release, and a sentence that says so."""
    chosen = nearest_catalog(installed)
    note = f"the containerd on PATH is {installed.version}"
    if catalog_release(chosen).minor != installed.minor:
        note += f"; {chosen} is the nearest release that is shipped"
    return chosen, note
