"""What several tests of documents that are opened begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugscope.session import Opener, Settings


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    """Where the settings are kept; it is not there yet, and nor is its folder."""
    return tmp_path / "settings" / "settings.json"


@pytest.fixture
def settings(settings_file: Path) -> Settings:
    """Settings of nobody."""
    return Settings(settings_file)


@pytest.fixture
def opener(settings: Settings) -> Opener:
    """An opener that has opened nothing."""
    return Opener(settings)
