"""Which files a pattern in ``imports`` finds: those that Go's finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.config.read import files_of, folders_of
from plugscope.sources.config.read.abort import ConfigAborted
from plugscope.sources.config.read.imports import resolve
from plugscope.sources.release import Release

NEW, OLD = Release("2.1.9"), Release("1.6.20")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    for name in ("b.toml", "a.toml", ".hidden.toml", "x.conf", "[a].toml", "d/c.toml", "e/c.toml"):
        path = tmp_path / "etc" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("/etc/*.toml", [".hidden.toml", "[a].toml", "a.toml", "b.toml"]),
        ("/etc/[ab]*.toml", ["a.toml", "b.toml"]),
        ("/etc/[^a]*.toml", [".hidden.toml", "[a].toml", "b.toml"]),
        ("/etc/?.to*", ["a.toml", "b.toml"]),
        ("/etc/*/c.toml", ["d/c.toml", "e/c.toml"]),
        ("/etc/*/", ["[a].toml", ".hidden.toml", "a.toml", "b.toml", "d", "e", "x.conf"]),
        ("/etc/\\[a\\]*", ["[a].toml"]),
        ("/nowhere/*.toml", []),
        ("*.toml", [".hidden.toml", "[a].toml", "a.toml", "b.toml"]),
        ("d/*", ["d/c.toml"]),
        ("../etc/a*", ["a.toml"]),
    ],
)
def test_a_pattern_finds_what_go_s_does(pattern: str, found: list[str], base: Path) -> None:
    """Sorted, hidden files among them, and a star does not cross a slash."""
    names = resolve(pattern, "/etc/config.toml", NEW, base)
    assert sorted(names) == sorted(f"/etc/{name}" for name in found)


def test_a_path_without_a_star_is_taken_as_it_is(base: Path) -> None:
    """Whether it exists or not; relative ones start from the file in every release."""
    assert resolve("/x/../etc/absent.toml", "/etc/config.toml", NEW, base) == ["/etc/absent.toml"]
    assert resolve("d/./c.toml", "/etc/config.toml", OLD, base) == ["/etc/d/c.toml"]
    assert resolve("a?.toml", "/etc/config.toml", NEW, base) == ["/etc/a?.toml"]


def test_a_pattern_that_cannot_be_read_ends_the_boot(base: Path) -> None:
    """In Go's words."""
    with pytest.raises(ConfigAborted, match="syntax error in pattern"):
        resolve("/etc/*[a", "/etc/config.toml", NEW, base)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("[a-c].tom*", "abc"),
        ("[^a-c].tom*", "]d-"),
        (r"[\]a].tom*", "]a"),
        (r"[\-a].tom*", "-a"),
        ("[c-a].tom*", ""),
        ("[^c-a].tom*", "abcd]-"),
        (r"\a.tom*", "a"),
        ("[a&&b].tom*", "ab"),
    ],
)
def test_a_set_is_read_as_go_reads_it(base: Path, pattern: str, found: str) -> None:
    """With escapes, ranges that run backwards, and signs that mean something elsewhere."""
    folder = base / "sets"
    folder.mkdir()
    for name in "abcd]-":
        (folder / f"{name}.toml").touch()
    paths = resolve(f"/sets/{pattern}", "/etc/config.toml", NEW, base)
    assert sorted(path.rpartition("/")[2][0] for path in paths) == sorted(found)


@pytest.mark.parametrize("pattern", ["[?--]*", "[a-]*", "[]a]*", "[*", "[a*", "[^]*", "*[-a]", "*[a\\"])
def test_a_malformed_set_ends_the_boot(pattern: str) -> None:
    """Whatever it is for: no range begins or ends with nothing."""
    with pytest.raises(ConfigAborted, match="syntax error in pattern"):
        resolve(f"/nowhere/{pattern}", "/etc/config.toml", NEW)


@given(st.text("ab*?[]^-\\./|&~", max_size=12))
def test_any_pattern_finds_files_or_cannot_be_read(pattern: str) -> None:
    """Nothing else comes of it."""
    try:
        resolve(f"/nowhere/{pattern}*", "/etc/config.toml", NEW)
    except ConfigAborted as aborted:
        assert aborted.abort.message == "syntax error in pattern"


def test_what_an_import_means_later_is_found_where_it_may_appear(base: Path) -> None:
    """A path in its folder, a pattern in each folder that it looks through; one that cannot be read is no pattern."""
    etc = f"{base}/etc"
    imports = [f"{etc}/gone.toml", f"{etc}/*/c.toml", f"{etc}/[*"]
    assert files_of(imports) == [imports[0], f"{etc}/d/c.toml", f"{etc}/e/c.toml", imports[2]]
    assert {etc, f"{etc}/d", f"{etc}/e"} <= set(folders_of(imports))
    assert folders_of(["gone.toml"]) == ["."]
