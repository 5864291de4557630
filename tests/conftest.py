"""What holds for every test: it opens no window on anybody's screen, keeps to a home of its own, and leaves nothing."""

import gc
import os
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings

from devkit.display import can_start, virtual_display

# A busy machine is no failure; time is what the benchmarks are for.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_at_end = pytest.StashKey[ExitStack]()
_failed = pytest.StashKey[bool]()


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed: what it leaves behind is then no second fault."""
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


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


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """A thread or a window that outlives its test fails it, not the one after it."""
    threads = set(threading.enumerate())
    windows = set(_windows())
    yield
    if _failed in request.node.stash:
        return
    if left := [window for window in _windows() if window not in windows]:
        gc.collect()
        left = [window for window in _windows() if window not in windows]
        assert not left, f"windows left behind (qtbot.addWidget takes them away): {left}"
    deadline = time.monotonic() + 2
    while stray := [one for one in threading.enumerate() if one not in threads and not one.daemon]:
        assert time.monotonic() < deadline, f"threads left behind: {stray}"
        time.sleep(0.01)


def _windows() -> list[object]:
    """The top-level widgets of this process that are nobody's children; none where there is no QApplication."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if not isinstance(QCoreApplication.instance(), QApplication):
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.parent() is None and widget.objectName() != "qtooltip_label"
    ]
