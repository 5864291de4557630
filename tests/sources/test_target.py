"""Which Python module, file or package a text names; and the errors of sources."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.boot import Diagnostic
from plugscope.sources import SourceError
from plugscope.sources.error import unreadable
from plugscope.sources.target import is_findable, target_of, trust_key
from plugscope.worker import Target


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in: a module, a package, a folder that is none, and a file with a colon in its name."""
    (tmp_path / "one.py").write_text("", "utf-8")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text("", "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "odd:name").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "kind", "name", "attr"),
    [
        ("one.py", "file", "one.py", ""),
        ("one.py:registry", "file", "one.py", "registry"),
        ("./one.py:a.b", "file", "one.py", "a.b"),
        ("pack", "module", "pack", ""),
        ("pack:make", "module", "pack", "make"),
        ("pack.sub", "module", "pack.sub", ""),
        ("json:loads", "module", "json", "loads"),
        ("nowhere", "module", "nowhere", ""),
    ],
)
def test_what_a_text_names(folder: Path, text: str, kind: str, name: str, attr: str) -> None:
    """A file by its path, a package by its folder or its dotted name, each with what is in it."""
    target = target_of(text)
    assert target is not None
    assert (target.kind, target.attr) == (kind, attr)
    assert target.name == (str(folder / name) if kind == "file" else name)
    assert target.search == str(folder)


@pytest.mark.parametrize(
    "text", ["data", "odd:name", "a b", "1x", "a..b", "one.py:", "one.py:1", "/no/such", "", "日 本"]
)
def test_what_is_no_module_is_left_to_other_kinds(folder: Path, text: str) -> None:
    """A folder without ``__init__``, a file that is not there, a name that cannot be one."""
    assert target_of(text) is None


@given(st.text(max_size=12))
def test_naming_imports_nothing_and_never_raises(text: str) -> None:
    """A source is looked at before anybody trusts it."""
    if "\0" in text:
        return
    target = target_of(text)
    assert target is None or target.name


@pytest.mark.parametrize(
    ("target", "found"),
    [
        (Target("module", "json"), True),
        (Target("module", "sys"), True),
        (Target("module", "json.no.such"), True),
        (Target("module", "certainly_not_there"), False),
        (Target("module", "pack"), True),
        (Target("file", "/no/such.py"), True),
    ],
)
def test_whether_a_module_can_be_found(folder: Path, target: Target, found: bool) -> None:
    """As far as can be told without importing: the first part of a dotted name."""
    there = Target(target.kind, target.name, search=str(folder))
    assert is_findable(there) is found


def test_trust_is_given_to_what_would_run(folder: Path) -> None:
    """The file or the package, not one function in it."""
    one, other = target_of("one.py:a"), target_of("one.py:b")
    assert one is not None and other is not None
    assert trust_key(one) == trust_key(other) == str(folder / "one.py")
    pack = target_of("pack.sub:x")
    assert pack is not None
    assert trust_key(pack) == os.path.join(folder, "pack", "sub")  # noqa: PTH118 - as the system joins them


@given(st.lists(st.builds(unreadable, st.text(max_size=5), st.text(max_size=8)), min_size=1, max_size=4))
def test_an_error_holds_every_problem(problems: list[Diagnostic]) -> None:
    """One line each, the place before it where there is one."""
    error = SourceError(*problems)
    assert error.diagnostics == tuple(problems)
    assert str(error) == "\n".join(
        f"{p.location}: {p.message}" if p.location else p.message for p in problems
    )
    assert str(SourceError.at("a", "b")) == "a: b"
