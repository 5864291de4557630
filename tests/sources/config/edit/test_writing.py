"""A changed configuration is written after a backup, in one step, and into no other file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugscope.sources import SourceError
from plugscope.sources.config.edit import save, take_back, write_new
from plugscope.sources.config.edit.writing import difference, read_text

BEFORE = "version = 2\r\n# é\r\n"
AFTER = 'version = 2\r\ndisabled_plugins = ["a"]\r\n# é\r\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_bytes(BEFORE.encode())
    path.chmod(0o640)
    return path


def test_the_file_changes_and_the_backup_is_what_it_was(file: Path) -> None:
    """Byte for byte, with the same mode, and nothing else is left behind."""
    backup = save(file, BEFORE, AFTER)
    assert file.read_bytes() == AFTER.encode()
    assert backup.read_bytes() == BEFORE.encode()
    assert backup.name.startswith("config.toml.bak-")
    assert {path.stat().st_mode & 0o777 for path in (file, backup)} == {0o640}
    assert set(file.parent.iterdir()) == {file, backup}


def test_a_backup_never_replaces_another(file: Path) -> None:
    """Two changes within a second leave two."""
    first = save(file, BEFORE, AFTER)
    second = save(file, AFTER, BEFORE)
    assert first != second
    assert (first.read_bytes(), second.read_bytes()) == (BEFORE.encode(), AFTER.encode())


def test_what_was_written_is_taken_back(file: Path) -> None:
    """The backup is the file again, and nothing else is left behind."""
    backup = save(file, BEFORE, AFTER)
    take_back(file, backup, AFTER)
    assert file.read_bytes() == BEFORE.encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(file.parent.iterdir()) == [file]


def test_what_somebody_else_wrote_is_not_taken_back(file: Path) -> None:
    """The backup stays where it is, and is named; so it is said where there is none any more."""
    backup = save(file, BEFORE, AFTER)
    file.write_bytes(b"version = 3\n")
    with pytest.raises(SourceError, match=backup.name):
        take_back(file, backup, AFTER)
    assert (file.read_bytes(), backup.read_bytes()) == (b"version = 3\n", BEFORE.encode())
    file.write_bytes(AFTER.encode())
    backup.unlink()
    with pytest.raises(SourceError, match="not taken back"):
        take_back(file, backup, AFTER)


def test_a_file_that_changed_meanwhile_is_left_alone(file: Path) -> None:
    """Somebody else's change would be lost."""
    file.write_bytes(b"version = 3\n")
    with pytest.raises(SourceError, match="changed since"):
        save(file, BEFORE, AFTER)
    assert file.read_bytes() == b"version = 3\n"
    assert list(file.parent.iterdir()) == [file]


def test_a_link_is_not_followed(file: Path) -> None:
    """Its target is named instead."""
    link = file.with_name("link.toml")
    link.symlink_to(file)
    with pytest.raises(SourceError, match=str(file)):
        save(link, BEFORE, AFTER)
    assert file.read_bytes() == BEFORE.encode()


def test_what_cannot_be_read_is_told_with_its_name(tmp_path: Path) -> None:
    """Absent, a directory, or not UTF-8."""
    (tmp_path / "latin").write_bytes(b"\xe9")
    for path, words in (
        (tmp_path / "absent", "No such file"),
        (tmp_path, "directory"),
        (tmp_path / "latin", "UTF-8"),
    ):
        with pytest.raises(SourceError, match=words):
            read_text(path)
    with pytest.raises(SourceError):
        write_new(tmp_path / "absent" / "file", "x")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_may_not_be_written_leaves_the_file(file: Path) -> None:
    """The error names the file."""
    file.parent.chmod(0o500)
    with pytest.raises(SourceError, match="not written"):
        save(file, BEFORE, AFTER)
    file.parent.chmod(0o700)


def test_the_difference_is_a_unified_diff() -> None:
    """Empty if nothing changes; a missing end of line is marked."""
    assert difference("a\n", "a\n", "f") == ""
    assert difference("a\n", "a\nb\n", "f").splitlines() == [
        "--- f",
        "+++ f (changed)",
        "@@ -1 +1,2 @@",
        " a",
        "+b",
    ]
    assert "\\ No newline at end of file" in difference("a", "b\n", "f")
