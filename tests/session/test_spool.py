"""What came through a pipe or the clipboard is kept, so that it can be looked at like a file."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot
from tests.session.sample import opened
from tests.sources.log.capture import log_of

from plugscope.session import Document, Opener, Settings
from plugscope.session import spool as spool
from plugscope.session.spool import CLIPBOARD, STDIN, Spool
from plugscope.sources import open_source, recognise
from plugscope.sources.log import read_lines

pytestmark = pytest.mark.usefixtures("qapp")

ZFS = "io.containerd.snapshotter.v1.zfs"
TWO_BOOTS = log_of("1.6.20/restart-ok-then-abort")


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    stream = io.BufferedReader(io.BytesIO(data))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(closed=False, buffer=stream))


def lines_of(document: Document) -> bytes:
    assert document.log is not None
    return b"\n".join(read_lines(document.log, ()).raws)


def test_the_lines_and_boots_of_a_piped_log_can_be_read_again(
    qtbot: QtBot, opener: Opener, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is called standard input wherever a place names it, and can be reloaded; it is nothing to open again later."""
    pipe(monkeypatch, TWO_BOOTS)
    last = opened(qtbot, opener, STDIN)
    assert last.log is not None and (last.log.name, last.log.number) == ("standard input", 2)
    assert last.title == "standard input"
    assert lines_of(last) in TWO_BOOTS
    first = opened(qtbot, opener, STDIN, boot=1)
    assert first.log is not None and first.log.number == 1
    assert first.source.text == STDIN
    assert lines_of(first) in TWO_BOOTS
    assert settings.recent == []


@pytest.mark.parametrize("name", ["config.toml", "plugins-ls-d.txt"])
def test_whatever_is_piped_is_kept(
    qtbot: QtBot, opener: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """A configuration can be looked at for another release, and its file is nobody's to write to."""
    text = f'version = 2\ndisabled_plugins = ["{ZFS}"]\n' if name == "config.toml" else ""
    data = text.encode() or b"TYPE ID PLATFORMS STATUS\nio.containerd.content.v1 content - ok\n"
    pipe(monkeypatch, data)
    opened(qtbot, opener, STDIN)
    again = opened(qtbot, opener, STDIN)
    file = again.source.file
    assert file is not None and file.read_bytes() == data
    assert str(file) not in str(again.catalog)


def test_a_long_pipe_is_read_all_the_same_and_not_kept(
    qtbot: QtBot, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is shown is the same; that its lines are gone is said by whoever wants them."""
    monkeypatch.setattr(spool, "MOST_KEPT", 5_000)
    pipe(monkeypatch, TWO_BOOTS)
    document = opened(qtbot, opener, STDIN)
    assert document.log is not None and document.log.count == 2 and document.log.file is None
    with qtbot.waitSignal(opener.failed) as signal:
        opener.open(STDIN)
    assert signal.args is not None and "only once" in signal.args[0]


def test_where_nothing_can_be_kept_a_pipe_is_read_once(
    qtbot: QtBot, opener: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A disk that is full is no reason to show nothing."""
    monkeypatch.setattr(Spool, "new", lambda *_: tmp_path / "gone" / "file")
    pipe(monkeypatch, TWO_BOOTS)
    document = opened(qtbot, opener, STDIN)
    assert document.log is not None and document.log.file is None


def test_what_is_pasted_is_opened_as_a_file_would_be(
    qtbot: QtBot, opener: Opener, settings: Settings, tmp_path: Path
) -> None:
    """The same outcome as from the file; what was pasted before keeps its lines."""
    text = log_of("1.6.20/metadb-is-directory").decode()
    file = tmp_path / "boot.log"
    file.write_text(text, "utf-8")
    known = open_source(recognise(str(file))).observed
    first = opened(qtbot, opener, text, pasted=True)
    assert known is not None and first.observed is not None
    assert [step.outcome for step in first.observed.steps] == [step.outcome for step in known.steps]
    second = opened(qtbot, opener, TWO_BOOTS.decode(), pasted=True)
    assert lines_of(first) in text.encode()
    assert lines_of(second) in TWO_BOOTS
    assert settings.recent == []


def test_what_was_toggled_in_a_text_is_not_toggled_in_the_next(
    qtbot: QtBot, opener: Opener, settings: Settings
) -> None:
    """They are different sources under one name."""
    text = log_of("1.6.20/clean-default").decode()
    opened(qtbot, opener, text, pasted=True)
    settings.set_overrides_in(CLIPBOARD, {ZFS: True})
    assert opened(qtbot, opener, CLIPBOARD).overrides() == {ZFS: True}
    assert opened(qtbot, opener, text, pasted=True).overrides() == {}


def test_a_text_that_is_nothing_is_told_as_such(qtbot: QtBot, opener: Opener) -> None:
    """In the words that a file would have, with the clipboard in the file's place."""
    with qtbot.waitSignal(opener.failed, timeout=5_000) as signal:
        opener.open_text("lorem ipsum \ud800")
    assert signal.args is not None and signal.args[0].startswith("clipboard: ")


def test_what_was_kept_goes_with_the_program() -> None:
    """Nothing stays in the folder for temporary files."""
    one = Spool()
    file = one.new(STDIN)
    file.write_bytes(b"x")
    assert file.parent.stat().st_mode & 0o077 == 0
    del one
    assert not file.parent.exists()
