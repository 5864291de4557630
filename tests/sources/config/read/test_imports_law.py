"""What patterns of imports find, compared with matching sign by sign; and which files a merged configuration read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugscope.sources.config.read import files_of, folders_of, load
from plugscope.sources.config.read.imports import absolute, matches, real_path
from plugscope.sources.release import Release

NEW, OLD = Release("2.1.9"), Release("1.6.20")
names = st.text("ab.*?[]^-", min_size=1, max_size=4).filter(lambda name: name not in (".", ".."))
# Sets are tried in tables of their own; here signs and what stands for any.
patterns = st.text("ab.*?", min_size=1, max_size=4)


def fits(pattern: str, name: str) -> bool:
    """Whether a name is what a pattern of signs, ``*`` and ``?`` means, the plainest way."""
    if not pattern:
        return not name
    if pattern[0] == "*":
        return fits(pattern[1:], name) or (bool(name) and fits(pattern, name[1:]))
    return bool(name) and pattern[0] in ("?", name[0]) and fits(pattern[1:], name[1:])


@settings(max_examples=60)
@given(st.sets(names, max_size=5), patterns)
def test_a_pattern_finds_the_names_that_fit(files: set[str], pattern: str) -> None:
    """All of them and no other, sorted; hidden ones too, as Go's does."""
    if not set(pattern) & set("*?"):
        return
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        (base / "etc").mkdir()
        for name in files:
            (base / "etc" / name).touch()
        found = matches(f"/etc/{pattern}", base)
        assert found == sorted(f"/etc/{name}" for name in files if fits(pattern, name))


@settings(max_examples=40)
@given(st.sets(st.tuples(st.sampled_from("abc"), names), max_size=5), patterns, patterns)
def test_a_pattern_for_folders_goes_through_each_that_fits(
    files: set[tuple[str, str]], outer: str, inner: str
) -> None:
    """A star stays within one name."""
    if not set(outer) & set("*?") or not set(inner) & set("*?"):
        return
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        for parent, name in files:
            (base / "etc" / parent).mkdir(parents=True, exist_ok=True)
            (base / "etc" / parent / name).touch()
        wanted = {
            f"/etc/{parent}/{name}" for parent, name in files if fits(outer, parent) and fits(inner, name)
        }
        found = matches(f"/etc/{outer}/{inner}", base)
        assert set(found) == wanted
        assert len(found) == len(wanted)


@pytest.mark.parametrize(
    ("text", "release", "path"),
    [
        ("/etc/a.toml", NEW, "/etc/a.toml"),
        ("a.toml", NEW, "/etc/containerd/a.toml"),
        ("../a.toml", NEW, "/etc/a.toml"),
        ("conf.d/*.toml", NEW, "/etc/containerd/conf.d/*.toml"),
        ("conf.d/*.toml", OLD, "/conf.d/*.toml"),
        ("a.toml", OLD, "/etc/containerd/a.toml"),
        ("", NEW, "/etc/containerd"),
        ("/a//b/./c", NEW, "/a/b/c"),
    ],
)
def test_where_an_import_starts_from(text: str, release: Release, path: str) -> None:
    """The file that names it; before 1.7 a relative pattern, the daemon's working directory."""
    assert absolute(text, "/etc/containerd/config.toml", release) == path


def test_a_file_of_a_node_lies_below_what_stands_for_its_root(tmp_path: Path) -> None:
    """Relative names stay what they are."""
    assert real_path("/etc/x", tmp_path) == tmp_path / "etc" / "x"
    assert real_path("/etc/x", None) == Path("/etc/x")
    assert real_path("x", tmp_path) == Path("x")


def _written(base: Path, files: dict[str, list[str]]) -> None:
    for name, imports in files.items():
        listed = ", ".join(f'"{one}"' for one in imports)
        (base / name).write_text(
            f'version = 2\nimports = [{listed}]\ndisabled_plugins = ["io.x.y.{name}"]\n', "utf-8"
        )


def _reached(files: dict[str, list[str]], first: str) -> Iterator[str]:
    """Breadth first, each once."""
    waiting, seen = [first], set()
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            yield name
            waiting += files[name]


letters = st.sampled_from("abcd")


@settings(max_examples=40)
@given(st.dictionaries(letters, st.lists(letters, max_size=3), min_size=4, max_size=4))
def test_every_file_is_read_once_breadth_first(files: dict[str, list[str]]) -> None:
    """Whoever imports whom, in rings as well; and what each says counts."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        _written(base, files)
        loaded = load(base / "a", NEW)
        wanted = list(_reached(files, "a"))
        assert loaded.abort is None
        assert [Path(name).name for name in loaded.files] == wanted
        assert [name for name, _ in loaded.items("disabled_plugins")] == [f"io.x.y.{name}" for name in wanted]
        assert all(location.file.endswith(name[-1]) for name, location in loaded.items("disabled_plugins"))
        # What is to be watched: every file that is imported, wherever it was named.
        assert {Path(name).name for name in files_of(loaded.imports)} == {n for w in wanted for n in files[w]}
        assert set(folders_of(loaded.imports)) <= {str(base)}
