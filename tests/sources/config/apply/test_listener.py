"""Addresses that nothing can listen on, release by release, in the order in which the daemon tries them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.config.written import read

from plugscope.sources.config.apply.listener import refused_address
from plugscope.sources.config.read import Loaded
from plugscope.sources.release import Release
from plugscope.sources.toml import located

LONG = "/run/" + "x" * 100


def refused(sections: dict[str, dict[str, object]], release: str = "2.1.9") -> str:
    """The daemon's words to these sections; "" if it listens on all of them."""
    found = refused_address(Loaded(Release(release), located(sections, {})))
    return "" if found is None else found.message


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("127.0.0.1:1338", ""),
        (":1338", ""),
        ("localhost:http", ""),
        ("[::1]:1338", ""),
        ("127.0.0.1", "missing port in address"),
        ("::1", "too many colons in address"),
        ("[::1]", "missing port in address"),
        ("[::1", "missing ']' in address"),
        ("[::1]x:1", "missing port in address"),
        ("[::1]:1:2", "too many colons in address"),
        ("a[b]:1", "unexpected '[' in address"),
        ("a]b:1", "unexpected ']' in address"),
        ("127.0.0.1:65535", ""),
        ("127.0.0.1:65536", "invalid port"),
        ("127.0.0.1:-1", "invalid port"),
    ],
)
def test_an_address_is_split_as_go_splits_it(address: str, words: str) -> None:
    """Host and port, a bracketed host where it has colons itself."""
    message = refused({"metrics": {"address": address}})
    assert (words in message) if words else message == ""
    if words:
        assert message.startswith("failed to get listener for metrics endpoint: listen tcp: address ")


@given(st.text("[]:.0123456789ab", max_size=12))
def test_any_address_is_refused_in_words_or_taken(address: str) -> None:
    """It never raises; a refusal names the endpoint."""
    message = refused({"metrics": {"address": address}})
    assert message == "" or message.startswith("failed to get listener for metrics endpoint: ")


@pytest.mark.parametrize(
    ("sections", "endpoint"),
    [
        ({"debug": {"address": LONG}, "grpc": {"address": LONG}}, "debug"),
        ({"metrics": {"address": "x"}, "ttrpc": {"address": LONG}}, "metrics"),
        ({"grpc": {"address": "/run/" + "x" * 96}}, "main ttrpc"),
        ({"grpc": {"address": "/run/" + "x" * 96}, "ttrpc": {"address": "/run/t"}}, ""),
        ({"grpc": {"tcp_address": "x", "address": "/run/c"}}, "TCP grpc"),
        ({"grpc": {"address": LONG}, "ttrpc": {"address": "/run/t"}}, "main"),
        ({"grpc": {"address": 5}, "debug": {"address": ""}}, ""),
    ],
)
def test_the_first_that_cannot_be_listened_on_ends_it(
    sections: dict[str, dict[str, object]], endpoint: str
) -> None:
    """The socket of ttrpc is that of gRPC with an ending, and so may be too long where that is not."""
    message = refused(sections)
    assert (
        message.startswith(f"failed to get listener for {endpoint} endpoint: ") if endpoint else message == ""
    )


@pytest.mark.parametrize(
    ("release", "says"),
    [("1.2.14", "main"), ("1.6.20", "main ttrpc"), ("2.1.9", "main ttrpc"), ("2.3.4", "")],
)
def test_which_sockets_there_are_depends_on_the_release(release: str, says: str) -> None:
    """ttrpc came with 1.3; from 2.3 on plugins listen, and it is theirs to fail."""
    message = refused({"grpc": {"address": LONG}}, release)
    assert message.startswith(f"failed to get listener for {says} endpoint") if says else message == ""


def test_the_boot_ends_after_its_last_plugin_at_the_line_of_the_address(tmp_path: Path) -> None:
    """All plugins are up by then."""
    catalog = read(
        tmp_path, "1.6.20", f'version = 2\n[grpc]\naddress = "/run/c"\n[metrics]\naddress = "{LONG}"\n'
    )
    assert catalog.abort is None
    assert catalog.ending is not None
    assert (catalog.ending.stage, catalog.ending.location) == ("listener", "/etc/containerd/config.toml:5")
