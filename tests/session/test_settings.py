"""What is remembered: through damage, without a place to write, and beside another window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugscope.session import Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "plugscope" / "settings.json"


def test_what_was_put_is_there_the_next_time(file: Path) -> None:
    """The folder is made, the file is JSON that a person can read."""
    settings = Settings(file)
    settings.put("theme", "dark")
    settings.add_recent("a.toml")
    settings.trust("/home/me/app.py")
    settings.set_overrides_in("a.toml", {"x.v1.y": True})
    settings.set_release_in("a.toml", "containerd-2.1.9")
    again = Settings(file)
    assert again.get("theme") == "dark"
    assert again.recent == ["a.toml"]
    assert again.trusts("/home/me/app.py")
    assert again.overrides_in("a.toml") == {"x.v1.y": True}
    assert (again.release_in("a.toml"), again.release_in("b.toml")) == ("containerd-2.1.9", "")
    assert json.loads(file.read_text("utf-8"))["theme"] == "dark"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b"\xff\xfe\x00",
        b"null",
        b"[" * 100_000,
        b'{"recent": 5, "trusted": "all", "toggled": [], "releases": [1]}',
    ],
    ids=["empty", "cut off", "a list", "not text", "null", "deep", "wrong types"],
)
def test_a_damaged_file_is_an_empty_one(file: Path, content: bytes) -> None:
    """Nothing fails, nothing is trusted, and the next thing to remember is remembered."""
    file.parent.mkdir()
    file.write_bytes(content)
    settings = Settings(file)
    assert (settings.recent, settings.trusted, settings.overrides_in("x")) == ([], [], {})
    assert settings.release_in("x") == ""
    settings.add_recent("x")
    settings.trust("y")
    settings.set_overrides_in("x", {"z": False})
    again = Settings(file)
    assert (again.recent, again.trusted, again.overrides_in("x")) == (["x"], ["y"], {"z": False})


def test_where_nothing_can_be_written_it_remembers_for_this_session(tmp_path: Path) -> None:
    """A file where the folder should be stands for every place that cannot be written to."""
    (tmp_path / "plugscope").write_text("in the way", "utf-8")
    settings = Settings(tmp_path / "plugscope" / "settings.json")
    settings.trust("app.py")
    settings.put("theme", "dark")
    assert settings.trusts("app.py")
    assert settings.get("theme") == "dark"


def test_what_could_not_be_written_is_kept_beside_what_is_on_disk(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: the file stays what it was, the session goes on with what it knows."""
    settings = Settings(file)
    settings.put("theme", "dark")

    def refuse(*_: object) -> int:
        raise OSError("No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_text", refuse)
        settings.trust("app.py")
        assert settings.trusts("app.py")
    assert Settings(file).get("theme") == "dark"
    settings.put("theme", "light")
    assert Settings(file).trusts("app.py"), "it is written with the next thing that can be"


def test_the_newest_source_comes_first_and_twelve_are_kept(file: Path) -> None:
    """Opening one again moves it up instead of listing it twice."""
    settings = Settings(file)
    for number in range(15):
        settings.add_recent(f"{number}.toml")
    settings.add_recent("7.toml")
    assert settings.recent[:3] == ["7.toml", "14.toml", "13.toml"]
    assert len(settings.recent) == 12
    settings.clear_recent()
    assert Settings(file).recent == []


def test_toggles_are_kept_for_fifty_sources_and_none_for_an_untouched_one(file: Path) -> None:
    """The file does not grow for ever."""
    settings = Settings(file)
    for number in range(60):
        settings.set_overrides_in(f"{number}.toml", {"x": True})
    assert settings.overrides_in("9.toml") == {}
    assert settings.overrides_in("10.toml") == {"x": True}
    settings.set_overrides_in("59.toml", {})
    assert "59.toml" not in Settings(file).get("toggled")


def test_revoked_trust_is_gone_in_every_window(file: Path) -> None:
    """Another window that still runs neither trusts the path any more nor writes the trust back."""
    one, other = Settings(file), Settings(file)
    one.trust("app.py")
    assert other.trusts("app.py")
    one.revoke("app.py")
    assert not other.trusts("app.py")
    other.put("theme", "dark")
    assert not Settings(file).trusts("app.py")


def test_two_windows_do_not_overwrite_each_other(file: Path) -> None:
    """Each writes what it changes and leaves the rest."""
    one, other = Settings(file), Settings(file)
    one.trust("a.py")
    other.trust("b.py")
    one.add_recent("a.toml")
    other.add_recent("b.toml")
    again = Settings(file)
    assert again.trusted == ["a.py", "b.py"]
    assert again.recent == ["b.toml", "a.toml"]


def test_a_file_name_that_is_no_text_is_remembered(file: Path) -> None:
    """Bytes that are not UTF-8 come out of the file system as lone surrogates."""
    settings = Settings(file)
    settings.add_recent("/tmp/\udcff.toml")
    settings.add_recent("/tmp/größe\n.toml")
    assert Settings(file).recent == ["/tmp/größe\n.toml", "/tmp/\udcff.toml"]


def test_the_folder_can_be_named_and_is_the_users_own_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """``PLUGSCOPE_CONFIG_DIR`` names it; without it the platform does."""
    monkeypatch.setenv("PLUGSCOPE_CONFIG_DIR", str(tmp_path))
    Settings.of_user().put("theme", "dark")
    assert (tmp_path / "settings.json").is_file()
    monkeypatch.delenv("PLUGSCOPE_CONFIG_DIR")
    assert Settings.of_user().get("theme") is None
