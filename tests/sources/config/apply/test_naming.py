"""What names mean to a release, and the lists that are made of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.config.written import codes, read, told

from plugscope.boot import DiagnosticCode, Entry
from plugscope.plugin import Registration
from plugscope.sources.config.apply import Names
from plugscope.sources.release import Release

URIS = (
    "io.containerd.content.v1.content",
    "io.containerd.grpc.v1.content",
    "io.containerd.grpc.v1.cri",
    "io.containerd.snapshotter.v1.zfs",
    "io.containerd.monitor.container.v1.restart",
    "io.containerd.lease.v1.manager",
)
CONTENT, GRPC, CRI, ZFS, RESTART, MANAGER = URIS


def names(release: str, *, by_id: bool = False) -> Names:
    """The plugins above, as a release names them."""
    entries = [Entry(Registration(uri.rpartition(".")[0], uri.rpartition(".")[2])) for uri in URIS]
    return Names(entries, Release(release), by_id)


@pytest.mark.parametrize(
    ("release", "by_id", "name", "taken", "meant"),
    [
        ("1.2.14", False, "content", [], [CONTENT]),
        ("1.2.14", False, "content", [CONTENT], [GRPC]),
        ("1.2.14", False, "content", [CONTENT, GRPC], []),
        ("1.2.14", False, CONTENT, [], []),
        ("1.6.20", True, "content", [CONTENT], [CONTENT, GRPC]),
        ("1.6.20", True, CONTENT, [], []),
        ("1.6.20", False, "content", [], []),
        ("1.6.20", False, CONTENT, [], [CONTENT]),
        ("2.1.9", False, CRI, [CRI], [CRI]),
        ("2.1.9", False, CRI.upper(), [], []),
    ],
)
def test_what_an_entry_takes_out(
    release: str, by_id: bool, name: str, taken: list[str], meant: list[str]
) -> None:
    """One plugin an entry in 1.2, all of an id in a version-1 file, later the URI to the letter."""
    assert names(release, by_id=by_id).meant(name, taken) == meant


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("io.containerd.internal.v1.restart", f"; {RESTART} would work"),
        ("restart", f"; {RESTART} would work"),
        ("io.containerd.service.v1.leases-service", f"; {MANAGER} would work"),
        ("io.containerd.runtime.v1.linux", "; the v1 runtime is gone since 2.0"),
        ("io.containerd.snapshotter.v1.aufs", "; the aufs snapshotter is gone since 2.0"),
        ("io.containerd.grpc.v1.*", "; patterns are not understood here: each plugin has to be named"),
        ("zfs", f"; {ZFS} would work"),
        ("content", f"; {CONTENT} or {GRPC} would work"),
        ("snapshotter.v1.zfs", f"; {ZFS} would work"),
        (ZFS.upper(), f"; {ZFS} would work"),
        (f" {ZFS} ", f"; {ZFS} would work"),
        ("io.containerd.grpc.v1.crj", f"; {CRI} would work"),
        ("crii", f"; {CRI} would work"),
        ("io.containerd.quite.another.v1.zfs", f"; {ZFS} would work"),
        ("nothing-like-it", ""),
        ("", ""),
    ],
)
def test_a_name_without_effect_has_a_hint(name: str, hint: str) -> None:
    """What moved, what is gone, what was cut short, misspelled or written in capitals."""
    assert names("2.1.9").hint(name) == hint


def test_a_hint_is_written_as_the_file_writes_names() -> None:
    """In a version-1 file an id would work, and no URI."""
    assert names("1.6.20", by_id=True).hint(ZFS) == "; zfs would work"
    assert names("1.2.14").hint(CRI) == "; cri would work"


@given(st.text(max_size=12), st.booleans(), st.sampled_from(["1.2.14", "1.6.20", "2.1.9"]))
def test_any_name_has_an_answer(name: str, by_id: bool, release: str) -> None:
    """And what is meant is always a plugin that there is."""
    it = names(release, by_id=by_id)
    assert all(it.has(uri) for uri in it.meant(name))
    assert it.hint(name) == "" or it.hint(name).startswith("; ")


@pytest.mark.parametrize(
    ("name", "uri"),
    [("cri", CRI), ("zfs", ZFS), ("content", GRPC), ("aufs", ""), (CONTENT, CONTENT), ("none", "")],
)
def test_an_id_is_migrated_only_to_a_plugin_that_there_is(name: str, uri: str) -> None:
    """Else nobody knows what it was to be."""
    assert names("2.1.9").migrated(name) == uri


# Through a whole configuration


@pytest.mark.parametrize("release", ["1.2.14", "1.6.20", "2.1.9"])
def test_a_disabled_plugin_has_the_line_that_names_it(release: str, tmp_path: Path) -> None:
    """The first, where two do."""
    uri = "io.containerd.snapshotter.v1.overlayfs"
    name = "overlayfs" if release == "1.2.14" else uri
    head = "" if release == "1.2.14" else "version = 2\n"
    catalog = read(tmp_path, release, f'{head}disabled_plugins = [\n"{name}",\n"{name}"]\n')
    line = 2 + head.count("\n")
    assert catalog.disabled == (uri,)
    assert catalog.locations[uri] == f"/etc/containerd/config.toml:{line}"


def test_a_name_without_effect_is_told_once(tmp_path: Path) -> None:
    """However often the file has it."""
    catalog = read(
        tmp_path,
        "1.6.20",
        'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.crj", "io.containerd.grpc.v1.crj"]\n',
    )
    assert [found.code for found in catalog.diagnostics].count(DiagnosticCode.DISABLED_UNKNOWN) == 1
    assert CRI in told(catalog, "disabled-unknown")


@pytest.mark.parametrize(
    ("release", "text", "required", "code"),
    [
        ("1.2.14", 'required_plugins = ["cri"]\n', (), "config-required-ignored"),
        ("1.6.20", 'required_plugins = ["cri"]\n', (CRI,), None),
        ("1.6.20", f'version = 2\nrequired_plugins = ["{CRI}", "{CRI}"]\n', (CRI,), None),
        ("2.1.9", 'version = 3\nrequired_plugins = ["a.b.c.d"]\n', ("a.b.c.d",), "required-unknown"),
    ],
)
def test_what_is_required(
    release: str, text: str, required: tuple[str, ...], code: str | None, tmp_path: Path
) -> None:
    """Once each; one that there is not ends the boot, and is told before."""
    catalog = read(tmp_path, release, text)
    assert catalog.required == required
    found = codes(catalog)
    assert code is None or code in found
    assert ("required-unknown" in found) == (code == "required-unknown")
