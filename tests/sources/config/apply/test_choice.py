"""Which containerd a configuration file is for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources import SourceError, catalog_names
from plugscope.sources.config.apply import version_of
from plugscope.sources.config.apply.choice import choose_catalog, installed_version
from plugscope.sources.release import Release


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("version = 2\n", 2),
        ("\ufeffversion = 3\n", 3),
        ("root = '/x'\n", 0),
        ("version = true\n", 0),
        ("version = '2'\n", 0),
        ("version = 2\nx = \n", 0),
        ("[grpc]\nversion = 2\n", 0),
        ("", 0),
    ],
)
def test_the_version_that_a_file_names(text: str, version: int) -> None:
    """A whole number at the top, of a file that can be read."""
    assert version_of(text.encode()) == version


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = 1\n", "version 1"),
        ("version = 3\n", "version 3"),
        ("", "no version, which means version 1"),
        ("version = 2 # mine\nx = \n", "version 2"),
        ("\tversion=4\r\n[a\n", "version 4"),
    ],
)
def test_the_newest_release_that_takes_the_version_is_chosen(text: str, said: str) -> None:
    """With a sentence on why; a mistake elsewhere in the file does not hide its version."""
    chosen, why, how = choose_catalog(text.encode(), None)
    release = chosen.replace("-", " ")
    assert why == f"read as a configuration of {release}, the newest that takes it (it has {said})"
    assert "--catalog" in how
    version = int(said[-1])
    accepting = [name for name in catalog_names() if Release(name.partition("-")[2]).max_version >= version]
    assert chosen == accepting[-1]


@given(st.binary(max_size=60))
def test_any_bytes_have_a_release(data: bytes) -> None:
    """Nothing is refused here: what is wrong is told when it is read."""
    chosen, why, _ = choose_catalog(data, None)
    assert chosen in catalog_names() and why


@pytest.mark.parametrize("name", ["containerd-1.6.20", "catalog:containerd-1.6.20"])
def test_what_somebody_names_is_taken_without_a_word(name: str) -> None:
    """However they spell it."""
    assert choose_catalog(b"version = 3\n", name) == ("containerd-1.6.20", "", "")


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program called ``containerd`` that is alone on PATH."""
    program = folder / "containerd"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))


posix = pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")


@posix
@pytest.mark.parametrize(
    ("line", "version", "chosen"),
    [
        ("containerd github.com/containerd/containerd v1.6.8 abc", "1.6.8", "containerd-1.6.20"),
        ("containerd containerd.io 2.1.4-0ubuntu1", "2.1.4", "containerd-2.1.9"),
        ("containerd x v1.4.13", "1.4.13", "containerd-1.3.10"),
        ("containerd x v0.9.1", "0.9.1", "containerd-1.2.14"),
        ("containerd x v2.9.0", "2.9.0", "containerd-2.3.4"),
    ],
)
def test_the_installed_daemon_is_asked_and_the_nearest_release_taken(
    line: str, version: str, chosen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own minor release, else the newest before it, else the oldest; and which one it is instead."""
    install(tmp_path, monkeypatch, f"echo '{line}'")
    assert installed_version() == version
    found, why, how = choose_catalog(b"", "ask")
    assert how == ""
    assert found == chosen
    assert why.startswith(f"the containerd on PATH is {version}")
    same = Release(chosen.partition("-")[2]).number[:2] == Release(version).number[:2]
    assert ("nearest" in why) == (not same)


@posix
@pytest.mark.parametrize("script", ["echo no number here", "exit 3"])
def test_a_program_that_does_not_tell_is_an_error(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a guess."""
    install(tmp_path, monkeypatch, script)
    with pytest.raises(SourceError, match="does not tell its version"):
        installed_version()


def test_without_a_program_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name a release."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match="name a release instead"):
        installed_version()
