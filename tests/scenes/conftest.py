"""Scenes drive real windows, on a screen of their own."""

import os
from collections.abc import Iterator

import pytest

from devkit.display import can_start, virtual_display


@pytest.fixture(scope="session")
def display() -> Iterator[dict[str, str]]:
    """The variables that lead a program to the scenes' screen: `os.environ | display`.

    The screen is the one this run already stands on (`pytest -m scene`), or a new one.
    """
    if os.environ.get("QT_QPA_PLATFORM") == "xcb" and os.environ.get("DISPLAY"):
        yield {"DISPLAY": os.environ["DISPLAY"], "QT_QPA_PLATFORM": "xcb"}
        return
    if reason := can_start():
        pytest.skip(f"no virtual display: {reason}")
    with virtual_display() as variables:
        yield variables
