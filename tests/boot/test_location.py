"""A location and its parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.boot import split_location


@pytest.mark.parametrize(
    ("location", "parts"),
    [
        ("/etc/containerd/config.toml:12", ("/etc/containerd/config.toml", "12")),
        ("C:\\logs\\a:b.log:7", ("C:\\logs\\a:b.log", "7")),
        ("plugin[0]", ("", "")),
        ("unix:///run/x", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_location_has_a_file_where_it_has_a_line(location: str, parts: tuple[str, str]) -> None:
    """An address has a colon and no line."""
    assert split_location(location) == parts


@given(st.text(max_size=20), st.integers(0, 10**6))
def test_whatever_the_file_is_called_its_line_is_found(file: str, line: int) -> None:
    """Colons and digits in names change nothing."""
    assert split_location(f"{file}:{line}") == (file, str(line))
