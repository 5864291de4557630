"""Real daemons still say of files that are no TOML what the table says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.sources.config.refused import DAEMONS, ROWS
from tests.sources.daemon.debian import Unavailable, program


def said(binary: Path, toml: str, folder: Path) -> str:
    """The daemon's last word; "" if it takes the file. Printing the configuration needs no rights."""
    (folder / "c.toml").write_bytes(toml.encode())
    command = [str(binary), "-c", "c.toml", "config", "dump"]
    done = subprocess.run(command, capture_output=True, cwd=folder, check=False, timeout=20)
    if not done.returncode:
        return ""
    text = done.stderr.decode("utf-8", "replace")
    if text.startswith("panic: "):
        return text.partition(" [recovered]")[0]
    return text.rpartition("containerd: ")[2].removesuffix("\n")


@pytest.mark.parametrize("version", DAEMONS)
def test_the_table_of_refused_files_is_what_a_daemon_says(
    version: str, programs: Path, tmp_path: Path
) -> None:
    """Every fifth of its files; skips where there is no such daemon."""
    try:
        binary = program(version, programs)
    except Unavailable as why:
        pytest.skip(str(why))
    for row in ROWS[::5]:
        assert said(binary, row["toml"], tmp_path) == row[version], row["toml"]
