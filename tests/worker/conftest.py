"""What a worker may leave behind: nothing."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator

import pytest


@pytest.fixture
def nothing_stays(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """No thread and no scratch folder is left when a worker is closed."""
    scratch = tmp_path_factory.mktemp("t")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    threads = set(threading.enumerate())
    yield
    assert not [thread for thread in threading.enumerate() if thread not in threads]
    assert list(scratch.iterdir()) == []
