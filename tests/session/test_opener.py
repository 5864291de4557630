"""Opening for the window: what it is, whether it may be run, and what becomes of its file."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.session.sample import opened, read_now
from tests.sources.log.capture import log_of

from plugscope.session import Document, Opener, Settings
from plugscope.session.opener import lasting
from plugscope.sources import Reading, Source, open_source, recognise

pytestmark = pytest.mark.usefixtures("qapp")

MANIFEST = 'plugscope = 1\n[[plugin]]\ntype = "t.v1"\nid = "{}"\n'
MODULE = "from plugscope.plugin import Registration, register\nregister(Registration('t.v1', 'one'))\n"


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "plugins.toml"
    path.write_text(MANIFEST.format("one"), "utf-8")
    return path


def failure(qtbot: QtBot, opener: Opener, text: str) -> str:
    with qtbot.waitSignal(opener.failed, timeout=20_000) as signal:
        opener.open(text)
    assert signal.args is not None
    return str(signal.args[0])


def uris(document: Document) -> list[str]:
    return [entry.uri for entry in document.catalog.entries]


def test_a_manifest_is_opened_and_remembered(
    qtbot: QtBot, opener: Opener, settings: Settings, manifest: Path
) -> None:
    """With its path in full: the next time may be in another folder."""
    assert uris(opened(qtbot, opener, str(manifest))) == ["t.v1.one"]
    assert settings.recent == [str(manifest)]


def test_a_relative_path_is_remembered_in_full(
    qtbot: QtBot, opener: Opener, settings: Settings, manifest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Toggles in one folder's ``plugins.toml`` are not those in another's."""
    monkeypatch.chdir(manifest.parent)
    document = opened(qtbot, opener, "plugins.toml")
    assert document.source.text == str(manifest)
    assert settings.recent == [str(manifest)]


def test_what_lasts_of_a_python_source_keeps_its_attribute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file or package by its path; a module by its name; what is shipped as it is."""
    (tmp_path / "app.py").write_text(MODULE, "utf-8")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text(MODULE, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert lasting(recognise("app.py:registry")) == f"{tmp_path}/app.py:registry"
    assert lasting(recognise("pack")) == f"{tmp_path}/pack"
    assert lasting(recognise("pack:registry")) == f"{tmp_path}/pack:registry"
    assert lasting(recognise("json.tool:main")) == "json.tool:main"
    assert lasting(recognise("example:shop")) == "example:shop"
    assert lasting(recognise("catalog:containerd-2.3")) == "catalog:containerd-2.3"


def test_what_was_toggled_is_toggled_again(
    qtbot: QtBot, opener: Opener, settings: Settings, manifest: Path
) -> None:
    """As the last session left it, and without an undo step."""
    settings.set_overrides_in(str(manifest), {"t.v1.one": True})
    document = opened(qtbot, opener, str(manifest))
    assert document.plan.disabled_uris == ["t.v1.one"]
    assert not document.undo_stack.canUndo()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("\0\0", "binary"),
        ("plugscope = 1\n[[plugin]\n", "not valid TOML"),
        ('plugscope = 1\n[[plugin]]\ntype = 5\nid = "x"\n', "expected a text"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(
    qtbot: QtBot, opener: Opener, settings: Settings, tmp_path: Path, content: str, said: str
) -> None:
    """With its place; nothing is remembered of it."""
    path = tmp_path / "bad.toml"
    path.write_text(content, "utf-8")
    text = failure(qtbot, opener, str(path))
    assert said in text
    assert str(path) in text
    assert settings.recent == []


def test_what_is_not_there_is_said(qtbot: QtBot, opener: Opener, tmp_path: Path) -> None:
    """A path that vanished, a catalog that never was."""
    assert "no such file" in failure(qtbot, opener, str(tmp_path / "gone.toml"))
    assert "containerd-9.9" in failure(qtbot, opener, "catalog:containerd-9.9")
    assert failure(qtbot, opener, "")


def test_python_is_not_imported_before_the_user_trusts_it(
    qtbot: QtBot, opener: Opener, settings: Settings, tmp_path: Path
) -> None:
    """The question names the path; the answer is kept, and can be taken back."""
    flag, path = tmp_path / "imported", tmp_path / "app.py"
    path.write_text(f"open({str(flag)!r}, 'w').close()\n{MODULE}", "utf-8")
    with qtbot.waitSignal(opener.trust_needed) as asked:
        opener.open(str(path))
    assert asked.args is not None
    source, key = asked.args
    assert isinstance(source, Source)
    assert key == str(path)
    assert not flag.exists()
    with qtbot.waitSignal(opener.opened, timeout=20_000):
        opener.allow(source, key)
    assert flag.exists()
    assert uris(opened(qtbot, opener, str(path))) == ["t.v1.one"]
    settings.revoke(key)
    with qtbot.waitSignal(opener.trust_needed):
        opener.open(str(path))


def test_what_is_shipped_needs_no_trust(qtbot: QtBot, opener: Opener) -> None:
    """It came with the program."""
    assert opened(qtbot, opener, "example:shop").can_run


def test_the_first_source_is_there_before_the_first_paint(opener: Opener, manifest: Path) -> None:
    """No event loop is needed for a catalog or manifest."""
    assert uris(read_now(opener, str(manifest))) == ["t.v1.one"]


def test_a_first_source_that_is_bad_is_said_once(qtbot: QtBot, opener: Opener, tmp_path: Path) -> None:
    """And no second attempt is made behind it."""
    said: list[str] = []
    opener.failed.connect(said.append)
    assert opener.read_now(str(tmp_path / "gone.toml")) is None
    qtbot.wait(50)
    assert len(said) == 1


def test_a_first_source_in_python_is_asked_about_once_there_is_a_window(
    qtbot: QtBot, opener: Opener, tmp_path: Path
) -> None:
    """``None``, and the question follows."""
    path = tmp_path / "app.py"
    path.write_text(MODULE, "utf-8")
    with qtbot.waitSignal(opener.trust_needed):
        assert opener.read_now(str(path)) is None


def test_standard_input_is_read_once_and_a_reload_shows_what_was_read(
    qtbot: QtBot, opener: Opener, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reload must not take the end of the stream for an empty file."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MANIFEST.format("typed").encode())))
    document = opened(qtbot, opener, "-")
    assert uris(document) == ["t.v1.typed"]
    assert settings.recent == []
    assert uris(opened(qtbot, opener, "-")) == ["t.v1.typed"]


def test_opening_something_else_drops_what_is_still_being_opened(
    qtbot: QtBot, opener: Opener, settings: Settings, manifest: Path, tmp_path: Path
) -> None:
    """A slow import that comes back later does not replace what the user chose since."""
    slow = tmp_path / "slow.py"
    slow.write_text(f"import time; time.sleep(0.5)\n{MODULE}", "utf-8")
    settings.trust(str(slow))
    documents: list[Document] = []
    opener.opened.connect(documents.append)
    opener.open(str(slow))
    opener.open(str(manifest))
    qtbot.waitUntil(lambda: len(documents) == 1, timeout=10_000)
    qtbot.wait(900)
    assert [document.source.text for document in documents] == [str(manifest)]


# The file changes


def test_a_file_that_is_written_again_has_changed(qtbot: QtBot, opener: Opener, manifest: Path) -> None:
    """Once, however many pieces it is written in."""
    document = opened(qtbot, opener, str(manifest))
    told: list[Source] = []
    opener.changed.connect(told.append)
    with manifest.open("w", encoding="utf-8") as file:
        for piece in MANIFEST.format("two").splitlines(keepends=True):
            file.write(piece)
            file.flush()
            qtbot.wait(20)
    qtbot.waitUntil(lambda: bool(told), timeout=5_000)
    qtbot.wait(300)
    assert told == [document.source]


@pytest.mark.parametrize("changed", ["app/__init__.py", "app/one.py", "alone.py"])
def test_python_that_is_edited_has_changed(
    qtbot: QtBot, opener: Opener, settings: Settings, tmp_path: Path, changed: str
) -> None:
    """A module, a package, and in it the file that a plugin is declared in, whatever its name."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("from . import one\n", "utf-8")
    for name in ("app/one.py", "alone.py"):
        code = "from plugscope.plugin import plugin\n@plugin('t.v1', 'one')\ndef one(ic): return 1\n"
        (tmp_path / name).write_text(code, "utf-8")
    source = tmp_path / ("alone.py" if changed == "alone.py" else "app")
    settings.trust(str(source))
    document = opened(qtbot, opener, str(source))
    with qtbot.waitSignal(opener.changed, timeout=5_000) as told:
        (tmp_path / changed).write_text(f"{(tmp_path / changed).read_text('utf-8')}# more\n", "utf-8")
    assert told.args == [document.source]


def test_a_file_that_an_editor_replaces_has_changed_each_time(
    qtbot: QtBot, opener: Opener, manifest: Path
) -> None:
    """The watch does not go with the old file."""
    opened(qtbot, opener, str(manifest))
    for name in ("two", "three"):
        scratch = manifest.with_suffix(".swp")
        scratch.write_text(MANIFEST.format(name), "utf-8")
        with qtbot.waitSignal(opener.changed, timeout=5_000):
            scratch.replace(manifest)


def test_a_file_that_vanishes_is_told_and_so_is_its_return(
    qtbot: QtBot, opener: Opener, manifest: Path
) -> None:
    """Some editors delete the file before they write the new one."""
    opened(qtbot, opener, str(manifest))
    with qtbot.waitSignal(opener.vanished, timeout=5_000):
        manifest.unlink()
    with qtbot.waitSignal(opener.changed, timeout=5_000):
        manifest.write_text(MANIFEST.format("two"), "utf-8")


def test_its_neighbours_may_change(qtbot: QtBot, opener: Opener, manifest: Path) -> None:
    """The folder is watched for the file's sake alone."""
    opened(qtbot, opener, str(manifest))
    with qtbot.assertNotEmitted(opener.changed, wait=400):
        (manifest.parent / "other.toml").write_text("x", "utf-8")


def test_only_the_file_that_is_open_is_watched(qtbot: QtBot, opener: Opener, manifest: Path) -> None:
    """The one before may change as it likes."""
    opened(qtbot, opener, str(manifest))
    opened(qtbot, opener, "example:teaching")
    with qtbot.assertNotEmitted(opener.changed, wait=400):
        manifest.write_text(MANIFEST.format("two"), "utf-8")


def test_a_boot_of_a_log_is_opened_by_its_number(qtbot: QtBot, opener: Opener, tmp_path: Path) -> None:
    """The last one without a wish; and it is told how many bytes of how many have been read."""
    data = log_of("1.6.20/restart-ok-then-abort")
    file = tmp_path / "boot.log"
    file.write_bytes(data)
    told: list[tuple[int, int]] = []
    opener.progressed.connect(lambda read, size: told.append((read, size)))
    log = opened(qtbot, opener, str(file)).log
    assert log is not None
    assert (log.number, log.count, log.file) == (2, 2, file)
    assert told[-1] == (len(data), len(data))
    with qtbot.waitSignal(opener.opened, timeout=20_000) as signal:
        opener.open(str(file), 1)
    assert signal.args is not None
    assert signal.args[0].log.number == 1
    assert signal.args[0].title == "boot.log"


def test_a_log_out_of_a_pipe_has_no_lines_to_be_read_again() -> None:
    """What is known of them stays."""
    content = open_source(recognise("-"), Reading(stdin=lambda: log_of("2.0.11/metadb-locked")))
    assert content.log is not None
    assert content.log.file is None
    assert content.log.unfinished == "io.containerd.metadata.v1.bolt"


@pytest.mark.parametrize(("name", "is_read"), [("m.json", True), ("m.toml", False), ("m.yaml", False)])
def test_before_the_first_paint_only_what_is_parsed_quickly_is_read(
    qtbot: QtBot, opener: Opener, tmp_path: Path, name: str, is_read: bool
) -> None:
    """A megabyte of YAML takes seconds: the window is there before it, and reads it beside the event loop."""
    more = {"m.json": " " * 200_000, "m.toml": "#" * 200_000, "m.yaml": "#" * 200_000}[name]
    text = {
        "m.json": '{"plugscope": 1, "plugin": []}',
        "m.toml": "plugscope = 1\n",
        "m.yaml": "plugscope: 1\n",
    }[name]
    path = tmp_path / name
    path.write_text(f"{text}{more}", "utf-8")
    if is_read:
        assert opener.read_now(str(path)) is not None
    else:
        with qtbot.waitSignal(opener.opened, timeout=20_000):
            assert opener.read_now(str(path)) is None
