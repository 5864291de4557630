"""Addresses that nothing can listen on: what a configuration lets expect is what a real daemon says."""

from __future__ import annotations

import pytest
from tests.sources.daemon.daemon import Start

from plugscope.boot import diagnose

LONG = "{folder}/" + "a" * 150


@pytest.mark.parametrize(
    ("version", "settings"),
    [
        ("1.6.20", '[metrics]\naddress = "nonsense"'),
        ("1.6.20", '[metrics]\naddress = "1:2:3"'),
        ("1.6.20", '[metrics]\naddress = "[::1"'),
        ("1.6.20", '[metrics]\naddress = "[::1]"'),
        ("1.6.20", '[metrics]\naddress = "[::1]x:1"'),
        ("1.6.20", '[metrics]\naddress = "[::1]:1:2"'),
        ("1.6.20", '[metrics]\naddress = "[a[]:1"'),
        ("1.6.20", '[metrics]\naddress = "[a]:1]"'),
        ("1.6.20", '[metrics]\naddress = "a[b:1"'),
        ("1.6.20", '[metrics]\naddress = "ab]:1"'),
        ("1.6.20", '[metrics]\naddress = "127.0.0.1:99999"'),
        ("1.6.20", '[metrics]\naddress = "127.0.0.1:-1"'),
        ("1.6.20", f'[ttrpc]\naddress = "{LONG}"'),
        ("1.7.24", f'[ttrpc]\naddress = "{LONG}"'),
        ("2.1.9", f'[ttrpc]\naddress = "{LONG}"'),
        ("2.1.9", '[metrics]\naddress = "127.0.0.1"'),
    ],
)
def test_it_is_expected_as_it_comes(containerd: Start, version: str, settings: str) -> None:
    """The daemon ends with these words, once all plugins are up."""
    daemon = containerd(version, settings)
    seen, expected = daemon.by_log().boot, daemon.by_config().boot
    assert not seen.ok
    assert (expected.ok, expected.stage, expected.error) == (False, seen.stage, seen.error)


def test_it_is_a_cause_with_its_line(containerd: Start) -> None:
    """Of no plugin: they are all up."""
    daemon = containerd("1.6.20", '[metrics]\naddress = "nonsense"')
    cause = diagnose(daemon.by_config()).root_causes[0]
    assert (cause.uri, str(cause.reason)) == ("", "aborted")
    line = int(cause.location.rpartition(":")[2])
    assert daemon.config.read_text().splitlines()[line - 1] == 'address = "nonsense"'


def test_an_address_that_will_do_ends_nothing(containerd: Start) -> None:
    """A port of any kind, on any host."""
    daemon = containerd("1.6.20", '[metrics]\naddress = "[::1]:0"')
    assert daemon.by_log().boot.ok
    assert daemon.by_config().boot.ok
