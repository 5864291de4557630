"""Real daemons, each in a folder of its test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sources.daemon.daemon import Daemon, Start, boot
from tests.sources.daemon.debian import Unavailable, program


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: a Unix socket's may have 107 bytes. Not on an overlay, as in a container: overlays do not stack."""
    parent = "/dev/shm" if _is_overlay(tempfile.gettempdir()) and os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="ps-", dir=parent) as name:
        yield Path(name)


def _is_overlay(folder: str) -> bool:
    if shutil.which("stat") is None:
        return False
    kind = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True, check=False)
    return kind.stdout.strip() == "overlayfs"


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
        except Unavailable as why:
            pytest.skip(str(why))
        running.append(boot(binary, version, folder, settings, level))
        return running[-1]

    yield start
    for daemon in running:
        daemon.stop()
