"""Real daemons, each in a folder of its test."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sources.daemon.daemon import Daemon, Start, boot
from tests.sources.daemon.debian import Unavailable, program


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: a Unix socket's may have 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="ps-") as name:
        yield Path(name)


@pytest.fixture
def containerd(folder: Path, request: pytest.FixtureRequest) -> Iterator[Start]:
    """Boots a containerd: ``containerd("1.6.20", settings, level)``, one a test. Skips where there is none."""
    if os.geteuid() != 0:
        pytest.skip("containerd wants root")
    running: list[Daemon] = []

    def start(version: str, settings: str = "", level: str = "info") -> Daemon:
        try:
            binary = program(version, request.config.cache.mkdir("containerd"))
        except Unavailable as why:
            pytest.skip(str(why))
        running.append(boot(binary, version, folder, settings, level))
        return running[-1]

    yield start
    for daemon in running:
        daemon.stop()
