"""Real daemons, each in a folder of its test."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.sources.daemon.base import Unfit, base_of
from tests.sources.daemon.daemon import Daemon, Start, boot
from tests.sources.daemon.debian import Unavailable, program


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: a Unix socket's may have 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="ps-", dir=_parent()) as name:
        yield Path(name)


@cache
def _parent() -> Path | None:
    """Where folders for daemons are made: not on an overlay, as in a container, since overlays do not stack, and not
    in a root that is no mount point, where snapshotters cannot tell the filesystem. ``None``: no such place is better
    than another."""
    for place in (Path(tempfile.gettempdir()), Path("/dev/shm"), Path("/run")):
        if os.access(place, os.W_OK) and _filesystem(place.resolve()) not in ("", "overlay"):
            return place
    return None


def _filesystem(place: Path) -> str:
    """The kind of the mount that a place is on; "" if it is on none that can be seen from this root."""
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    # 36 35 98:0 /root /point options tags - kind source options; a later mount hides an earlier one.
    mounts = {Path(line.split()[4]): line.partition(" - ")[2].split()[0] for line in lines}
    return next((mounts[above] for above in (place, *place.parents) if above in mounts), "")


@pytest.fixture(scope="session")
def programs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where fetched daemons are kept: in pytest's cache, if there is one."""
    if request.config.pluginmanager.hasplugin("cacheprovider"):
        return request.config.cache.mkdir("containerd")
    return tmp_path_factory.mktemp("containerd")


@pytest.fixture
def containerd(folder: Path, programs: Path) -> Iterator[Start]:
    """Boots a containerd: ``containerd("1.6.20", settings, level)``, one a test. Skips where there is none."""
    if os.geteuid() != 0:
        pytest.skip("containerd wants root")
    running: list[Daemon] = []

    def start(version: str, settings: str = "", level: str = "info") -> Daemon:
        try:
            binary = program(version, programs)
            base = base_of(binary, version, _parent())
        except (Unavailable, Unfit) as why:
            pytest.skip(str(why))
        running.append(boot(binary, version, folder, settings, level))
        running[-1].base = base
        return running[-1]

    yield start
    for daemon in running:
        daemon.stop()
