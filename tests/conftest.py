"""What holds for every test: no window opens on the screen of whoever runs them."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from devkit.display import can_start, virtual_display

_at_end = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Choose the platform before Qt is loaded.

    `pytest -m scene` gets a virtual display with a window manager, so that its windows are real; every other
    run is offscreen. A `QT_QPA_PLATFORM` that is already set is kept.
    """
    stack = config.stash[_at_end] = ExitStack()
    if "QT_QPA_PLATFORM" in os.environ:
        return
    if config.getoption("markexpr", "") == "scene" and can_start() is None:
        os.environ.update(stack.enter_context(virtual_display()))
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the virtual display down."""
    config.stash[_at_end].close()


@pytest.fixture(autouse=True)
def _settings_of_their_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Recent files, trust and window state go to a folder of the test's own, never to the person's."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    yield
