"""Whatever is made to be of a kind is taken for that kind, by its content alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.log.written import Boot, boots
from tests.sources.sample import FORMS, manifests, text_of
from tests.sources.test_listing_law import details, table

from plugscope.sources import Kind
from plugscope.sources.config.edit import snippet
from plugscope.sources.manifest import write_manifest
from plugscope.sources.recognition import kind_of, looks_like_config, says_manifest
from plugscope.sources.shipped import open_catalog

NAMES = st.sampled_from(["", "x", "boot.log", "some.txt", "a.toml"])
URIS = st.sampled_from(["io.containerd.grpc.v1.cri", "io.containerd.metadata.v1.bolt"])


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60)
@given(value=manifests, name=NAMES)
def test_a_manifest_is_one_in_every_form(form: str, value: dict[str, Any], name: str) -> None:
    """Whatever it holds and whatever it is called."""
    data = text_of(value, form)
    assert kind_of(data, name) is Kind.MANIFEST
    assert not looks_like_config(data, name)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("release", ["1.2.14", "2.1.9"])
def test_a_written_catalog_says_what_it_is(form: str, release: str) -> None:
    """In its first lines, so that nothing has to be guessed."""
    data = write_manifest(open_catalog(f"containerd-{release}"), form)
    assert says_manifest(data.encode() if isinstance(data, str) else data)


@settings(max_examples=30)
@given(boots(), NAMES, st.integers(0, 5))
def test_a_log_is_one_from_any_of_its_first_lines(boot: Boot, name: str, first: int) -> None:
    """What was before may have been rotated away."""
    text = "".join(f"{line}\n" for line in boot.lines()[first:])
    assert kind_of(text.encode(), name) is Kind.LOG


@settings(max_examples=30)
@given(boots(), NAMES, st.booleans())
def test_a_listing_is_one_in_both_forms(boot: Boot, name: str, in_detail: bool) -> None:
    """ctr's table and its details."""
    text = details(boot) if in_detail else table(boot)
    assert kind_of(text.encode(), name) is Kind.LISTING


@settings(max_examples=60)
@given(
    st.sampled_from(["", "version = 2\n", "version = 3\n", "# mine\nversion = 1\n"]),
    st.lists(URIS, max_size=3),
    st.sampled_from(["", "[grpc]\naddress = '/x'\n", '[plugins."a.b"]\nx = 1\n', "root = 'x'\n[debug]\n"]),
    NAMES,
)
def test_a_configuration_is_one_by_what_it_sets(head: str, uris: list[str], tail: str, name: str) -> None:
    """A list, a table of its own: one of them is enough."""
    text = head + snippet(uris) + tail
    if tail.startswith("root"):
        text = head + tail.replace("[debug]", f"{snippet(uris)}[debug]")
    assert kind_of(text.encode(), name) is Kind.CONFIG
    assert kind_of(b"\xef\xbb\xbf" + text.encode(), name) is Kind.CONFIG


@settings(max_examples=60)
@given(st.lists(URIS, max_size=2), st.sampled_from(["x = \n", "[a\n", "x = 1 2\n"]), NAMES)
def test_a_configuration_with_a_mistake_is_still_one(uris: list[str], mistake: str, name: str) -> None:
    """It is opened to see the mistake."""
    text = f"version = 2\n{snippet(uris)}[grpc]\n{mistake}"
    assert kind_of(text.encode(), name) is Kind.CONFIG


@given(st.binary(max_size=200), NAMES)
def test_any_bytes_have_a_kind(data: bytes, name: str) -> None:
    """What is nothing else is left to the reader of manifests, who says what it is not."""
    assert kind_of(data, name) in (Kind.MANIFEST, Kind.CONFIG, Kind.LOG, Kind.LISTING)


def test_nothing_is_a_configuration_by_its_name_alone() -> None:
    """``touch /etc/containerd/config.toml`` is what people do."""
    assert kind_of(b"", "/etc/containerd/config.toml") is Kind.CONFIG
    assert kind_of(b"# nothing\n", "config.toml") is Kind.CONFIG
    assert kind_of(b"", "plugins.toml") is Kind.MANIFEST
