"""Plugins that a configuration registers itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.config.written import codes, read

from plugscope.boot import Outcome, make_plan, predict
from plugscope.plugin import Platform
from plugscope.sources.config.apply.catalog import under
from plugscope.sources.config.apply.proxy import is_platform
from plugscope.sources.shipped import open_catalog

HEAD = "version = 2\n[proxy_plugins.mine]\n"


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("linux/arm64", Platform("linux", "arm64")),
        ("linux/ARM64", Platform("linux", "arm64")),
        ("linux/aarch64", Platform("linux", "arm64")),
        ("linux/x86_64", Platform("linux", "amd64")),
        ("linux/arm", Platform("linux", "arm", "v7")),
        ("linux/arm/v6", Platform("linux", "arm", "v6")),
        ("windows(10.0)/amd64", Platform("windows", "amd64", "", "10.0")),
        ("windows", Platform("windows", "amd64")),
        ("arm64", Platform("linux", "arm64")),
        ("i386", Platform("linux", "386")),
        ("", Platform("linux", "amd64")),
    ],
)
def test_a_platform_is_read_as_containerd_reads_it(text: str, platform: Platform, tmp_path: Path) -> None:
    """With the usual names for architectures; the host's where none is written."""
    body = f'type = "snapshot"\naddress = "/run/mine"\nplatform = "{text}"\n'
    entry = read(tmp_path, "2.1.9", HEAD + body).entries[-1]
    assert entry.uri == "io.containerd.snapshotter.v1.mine"
    assert entry.init is not None
    assert entry.init.meta.platforms == [platform]


@pytest.mark.parametrize("text", ["linux/", "/amd64", "a/b/c/d", "linux//v7", "linux amd64", "l!nux"])
def test_what_is_no_platform_is_told_and_goes_on(text: str, tmp_path: Path) -> None:
    """The daemon registers it with an empty one."""
    assert not is_platform(text)
    catalog = read(tmp_path, "2.1.9", f'{HEAD}type = "snapshot"\nplatform = "{text}"\n')
    assert codes(catalog)["proxy-platform"] == "4"
    assert catalog.entries[-1].init is not None
    assert catalog.entries[-1].init.meta.platforms == []


@given(st.text("ab/()._- 1", max_size=8))
def test_any_text_is_a_platform_or_not(text: str) -> None:
    """Up to three parts, none of them empty."""
    assert not (is_platform(text) and (text.count("/") > 2 or "" in text.split("/") or " " in text))


@pytest.mark.parametrize(
    ("release", "word", "type_"),
    [
        ("1.2.14", "snapshot", "io.containerd.snapshotter.v1"),
        ("1.6.20", "content", "io.containerd.content.v1"),
        ("1.7.34", "diff", "io.containerd.differ.v1"),
        ("2.1.9", "sandbox", "io.containerd.sandbox.controller.v1"),
        ("2.1.9", "io.containerd.differ.v1", "io.containerd.differ.v1"),
        ("1.6.20", "diff", ""),
        ("1.7.34", "sandbox", ""),
        ("2.1.9", "nonsense", ""),
        ("2.1.9", "", ""),
    ],
)
def test_which_types_a_proxy_may_have_depends_on_the_release(
    release: str, word: str, type_: str, tmp_path: Path
) -> None:
    """Another word is no type, and registering it panics."""
    head = HEAD if release != "1.2.14" else "[proxy_plugins.mine]\n"
    catalog = read(tmp_path, release, f'{head}type = "{word}"\naddress = "/run/mine"\n')
    if type_:
        assert catalog.abort is None
        assert catalog.entries[-1].uri == f"{type_}.mine"
        assert catalog.entries[-1].registration.requires == ()
    else:
        assert catalog.abort is not None
        assert (catalog.abort.stage, catalog.abort.message) == ("register-panic", "panic: plugin: no type")
        assert catalog.abort.location.endswith(":3" if word else ":2")


def test_two_of_one_name_panic_at_the_second(tmp_path: Path) -> None:
    """A proxy that is called like a built-in plugin."""
    text = 'version = 2\n[proxy_plugins.overlayfs]\ntype = "snapshot"\n'
    abort = read(tmp_path, "2.1.9", text).abort
    assert abort is not None
    assert abort.message == "panic: io.containerd.snapshotter.v1.overlayfs: plugin: id already registered"
    assert abort.uri == "io.containerd.snapshotter.v1.overlayfs"


@pytest.mark.parametrize(
    ("release", "exports", "capabilities"),
    [
        ("1.6.20", {"address": "/run/mine"}, []),
        ("2.1.9", {"root": "/x", "address": "/run/mine"}, ["rebase"]),
    ],
)
def test_what_a_proxy_says_of_itself(
    release: str, exports: dict[str, str], capabilities: list[str], tmp_path: Path
) -> None:
    """Its address always; exports and capabilities since they may be configured. It always comes up."""
    body = 'type = "snapshot"\naddress = "/run/mine"\ncapabilities = ["rebase"]\n'
    body += '[proxy_plugins.mine.exports]\nroot = "/x"\n'
    catalog = read(tmp_path, release, HEAD + body)
    entry = catalog.entries[-1]
    assert entry.init is not None
    assert (entry.init.meta.exports, entry.init.meta.capabilities) == (exports, capabilities)
    assert predict(make_plan(catalog)).by_uri[entry.uri].outcome is Outcome.OK


def test_the_order_of_several_is_go_s_to_choose(tmp_path: Path) -> None:
    """Said, because lookups of the first one depend on it; one alone has no order."""
    two = HEAD + 'type = "snapshot"\n[proxy_plugins.other]\ntype = "content"\n'
    assert "proxy-order" in codes(read(tmp_path, "1.6.20", two))
    assert "proxy-order" not in codes(read(tmp_path, "1.6.20", HEAD + 'type = "snapshot"\n'))


@given(st.sampled_from(["/data", "/data/"]), st.sampled_from(["/run/containerd", "/state"]))
def test_directories_in_words_and_exports_follow_the_configuration(root: str, state: str) -> None:
    """Only whole ones: ``/var/lib/containerd2`` is another directory."""
    catalog = open_catalog("containerd-2.1.9")
    for entry in catalog.entries:
        moved = under(entry, catalog, root, state)
        if entry.init is None or moved.init is None:
            assert moved is entry
            continue
        for key, value in entry.init.meta.exports.items():
            wanted = value
            if value.startswith(f"{catalog.root}/"):
                wanted = "/data" + value[len(catalog.root) :]
            elif value.startswith(f"{catalog.state}/"):
                wanted = state + value[len(catalog.state) :]
            assert moved.init.meta.exports[key] == wanted
        assert f"{catalog.root}/" not in moved.init.message
    assert all(under(entry, catalog, catalog.root, catalog.state) is entry for entry in catalog.entries)
