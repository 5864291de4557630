"""Which line of a log tells of which plugin, and the lines of a boot read again."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from tests.sources.log.capture import captures, log_of

from plugscope.sources import SourceError
from plugscope.sources.boot_log import BootLog, EventKind
from plugscope.sources.log import Lines, read_lines, read_log
from plugscope.sources.log import lines as lines_module
from plugscope.sources.log.lines import LONGEST, parse_line

BOLT = "io.containerd.metadata.v1.bolt"
_NAMED = (EventKind.LOADING, EventKind.SKIPPED, EventKind.FAILED, EventKind.WAITING, EventKind.UNUSABLE)


def _told(data: bytes, folder: Path, number: int = -1) -> tuple[BootLog, Lines]:
    """The log of a boot, written to a file, and its lines."""
    file = folder / "boot.log"
    file.write_bytes(data)
    log = read_log(BytesIO(data), "boot.log", number)
    told = log.boot_log.in_file(file)
    return told, read_lines(told, {step.uri for step in log.recording.steps})


def _line(words: str, second: int = 1) -> str:
    return f'time="2026-11-24T03:13:{second:02}.100000000Z" level=info msg={words}\n'


def test_every_captured_boot_has_its_lines_and_they_name_their_plugins(tmp_path: Path) -> None:
    """In every wrapping: each line that tells of a plugin is found again, and only a name that was cut is unknown."""
    seen = 0
    for capture in captures().values():
        for data in capture.logs.values():
            try:
                count = read_log(BytesIO(data), "boot.log").boot_log.count
            except SourceError:
                continue
            for number in range(1, count + 1):
                told, lines = _told(data, tmp_path, number)
                seen += 1
                for reference in told.references:
                    index = lines.index_of(reference.line)
                    assert index >= 0
                    if reference.kind in _NAMED and capture.case != "derived-truncated-tail":
                        assert reference.uri, (capture.name, reference)
                        assert lines.uris[index] == reference.uri
    assert seen > 200


def test_a_line_is_taken_apart(tmp_path: Path) -> None:
    """Time, level, message and error; what goes past the log is as bad as it gets."""
    told, lines = _told(log_of("1.6.20/metadb-is-directory"), tmp_path)
    line = next(one for one in told.references if one.kind is EventKind.FAILED and one.uri == BOLT)
    said = lines.said(lines.index_of(line.line))
    assert said.level == "warning"
    assert said.message.startswith("failed to load plugin io.containerd.metadata.v1.bolt: ")
    assert said.message.endswith("is a directory")
    assert said.time.startswith("2026-11-24T")
    assert parse_line(b"containerd: context canceled").level == "fatal"
    assert parse_line(b"Nov 24 03:13:06 node1 kubelet[9]: hello").time == "03:13:06"


def test_a_line_that_names_a_plugin_in_passing_is_about_it(tmp_path: Path) -> None:
    """A path of its directory is enough; a plugin that there is not is none."""
    data = (
        _line('"starting containerd" version=v2.0.11')
        + _line('"loading plugin" id=io.containerd.content.v1.content type=io.containerd.content.v1')
        + _line('"odd" path=/var/lib/containerd/io.containerd.content.v1.content/x')
        + _line('"odd" path=/var/lib/containerd/io.containerd.strange.v1.thing')
        + _line('"containerd successfully booted in 0.1s"')
    )
    _, lines = _told(data.encode(), tmp_path)
    content = "io.containerd.content.v1.content"
    assert lines.uris == ["", content, content, "", ""]


def test_the_lines_of_the_chosen_boot_end_where_the_next_begins(tmp_path: Path) -> None:
    """The first of two boots shows nothing of the second."""
    data = log_of("2.0.11/restart-sigkill")
    first, lines = _told(data, tmp_path, 1)
    second, _ = _told(data, tmp_path, 2)
    assert first.count == 2
    assert [mark.number for mark in first.boots] == [1, 2]
    assert lines.last < second.mark.lines[0]
    assert lines.left_out == 0


def test_a_packed_log_is_read_again(tmp_path: Path) -> None:
    """Numbers of lines mean the same in a gzip file."""
    data = log_of("2.0.11/metadb-locked")
    plain, lines = _told(data, tmp_path)
    packed, same = _told(gzip.compress(data), tmp_path)
    assert plain.references == packed.references
    assert lines.raws == same.raws


def test_a_boot_of_many_lines_keeps_those_near_what_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more than the bound and the telling lines themselves are kept, and what is left out is counted."""
    monkeypatch.setattr(lines_module, "MOST_LINES", 1000)
    monkeypatch.setattr("plugscope.sources.log.block.BLOCK", 4096)
    noise = [f"Nov 24 03:13:06 node1 kubelet[9]: line {n}\n" for n in range(5000)]
    boot = [_line('"starting containerd" version=v2.0.11')] + [
        _line(f'"loading plugin" id=io.containerd.content.v1.{name} type=io.containerd.content.v1')
        for name in "abc"
    ]
    data = "".join(noise[:50] + boot[:2] + noise + boot[2:3] + noise + boot[3:] + noise).encode()
    told, lines = _told(data, tmp_path)
    assert 900 < len(lines) <= 1000
    assert all(lines.index_of(reference.line) >= 0 for reference in told.references)
    assert lines.numbers[0] == 51
    assert lines.left_out == lines.last - lines.first + 1 - len(lines) > 8000
    assert sum(lines.gap_before(index) for index in range(len(lines))) == lines.left_out
    whole = data.decode().splitlines()
    assert all(lines.raw(index) == whole[lines.numbers[index] - 1] for index in range(len(lines)))


def test_bytes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line is cut; when there is no more room only lines that tell something are kept."""
    monkeypatch.setattr(lines_module, "MOST_BYTES", 100_000)
    boot = [
        _line('"starting containerd" version=v2.0.11'),
        _line('"loading plugin" id=io.containerd.content.v1.a type=io.containerd.content.v1'),
    ]
    data = (boot[0] + ("x" * 50_000 + "\n") * 100 + boot[1]).encode()
    told, lines = _told(data, tmp_path)
    assert sum(map(len, lines.raws)) < 100_000 + 2 * LONGEST
    assert lines.index_of(told.references[-1].line) >= 0
    assert lines.raw(1).endswith("x…")


def test_what_cannot_be_read_again_is_said(tmp_path: Path) -> None:
    """A pipe, a file that is gone, and one that holds another boot by now: each in its own words."""
    data = log_of("2.0.11/metadb-locked")
    told, _ = _told(data, tmp_path)
    with pytest.raises(SourceError, match="cannot be read twice"):
        read_lines(told.in_file(None), ())
    (tmp_path / "boot.log").write_bytes(b"another line\n" + data)
    with pytest.raises(SourceError, match="has changed since it was read"):
        read_lines(told, ())
    (tmp_path / "boot.log").unlink()
    with pytest.raises(SourceError, match="No such file"):
        read_lines(told, ())


def test_lines_are_found_by_what_they_hold(tmp_path: Path) -> None:
    """In capitals or not, in any script, once a line, and not over the end of one."""
    data = _line('"starting containerd" version=v2.0.11') + "Straße AB ab\nab\nnothing\n" + _line('"Ab"')
    _, lines = _told(data.encode(), tmp_path)
    for text in ("ab", "AB", "straße", "ß", "0z", "gab", "nothing", "=info"):
        wanted = [n for n in range(len(lines)) if text.lower() in lines.raw(n).lower()]
        assert lines.holding(text) == wanted, text


def test_reading_ends_when_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And then what was read is what there is."""
    told, lines = _told(log_of("2.0.11/metadb-is-directory"), tmp_path)
    monkeypatch.setattr("plugscope.sources.log.block.BLOCK", 1024)
    some = read_lines(told, (), lambda size: size < 3000)
    assert 0 < len(some) < len(lines)
    assert some.raws[:-1] == lines.raws[: len(some) - 1]


def test_a_place_leads_to_its_line() -> None:
    """Only a place in this log; a name with a colon is a name."""
    log = BootLog("c:/boot.log", 1, 1, (), ())
    assert log.line_of(log.location_of(34)) == 34
    assert log.line_of("config.toml:34") == 0
    assert log.line_of("c:/boot.log:x") == 0
