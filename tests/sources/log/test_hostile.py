"""Whatever a log holds, it is data: no traceback, no hang, bounded memory, and nothing that acts on a terminal."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.sources.log.capture import log_of

from plugscope.boot import diagnose
from plugscope.sources import SourceError
from plugscope.sources.log import looks_like_log, read_log
from plugscope.sources.log.block import blocks
from plugscope.sources.log.envelope import strip_envelope
from plugscope.sources.log.reading import read_events

PIECES = [
    b'time="2026-11-24T03:13:06.1Z" level=info msg="loading plugin" id=io.containerd.a.v1.b type=io.containerd.a.v1\n',
    b'time="2026-11-24T03:13:06.1Z" level=warning msg="failed to load plugin io.containerd.a.v1.b" error="x',
    b'time="2026-11-24T03:13:06.1Z" level=info msg="starting containerd" revision= version=v2.0.11\n',
    b'{"MESSAGE":[27,91,51],"_PID":"1"}\n',
    b'{"level":"info","msg":"loading plugin","id":"a.v1.b"',
    b"containerd: load required plugin a.v1.b: x\n",
    b"panic: a.v1.b: plugin: id already registered\n",
    b"\x1b]8;;http://x\x1b\\\x1b[31m",
    b"\n",
    b"\x1f\x8b",
    b"\xff\xfe",
    b"[" * 3000,
    b'{"a":' * 3000,
]


def _read(data: bytes) -> None:
    try:
        log = read_log(BytesIO(data), "fuzz.log")
    except SourceError:
        return
    diagnose(log.recording)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=60)), max_size=12))
@example([PIECES[12], b"\n", PIECES[11]])
def test_any_bytes_are_explained_or_refused(pieces: list[bytes]) -> None:
    """Random bytes, and random joins of what containerd and its wrappers write."""
    data = b"".join(pieces)
    looks_like_log(data)
    _read(data)


@given(st.data())
def test_a_damaged_log_is_explained_or_refused(data: st.DataObject) -> None:
    """A real log with bytes replaced, dropped and doubled."""
    log = bytearray(log_of("2.0.11/metadb-is-directory"))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(log) - 1))
        size = data.draw(st.integers(0, 600))
        log[at : at + size] = data.draw(
            st.sampled_from([b"", bytes(log[at : at + size]) * 2, b"\x00\xff\x1b\n"])
        )
    _read(bytes(log))


def test_an_escape_sequence_does_not_reach_the_recording() -> None:
    """Colours, titles and links of a terminal are taken off before anything is read."""
    line = b'\x1b[31mtime="2026-11-24T03:13:06.1Z" level=warning msg="failed to load plugin io.containerd.a.v1.b" '
    line += b'error="\x1b]8;;http://evil\x07click\x1b]8;;\x07 \x1b[2Jdone"\n'
    message = strip_envelope(line)
    assert "\x1b" not in message.text
    assert "http://evil" not in message.text


@pytest.mark.parametrize(
    "line",
    [
        b"x" * 10_000_000,
        b'time="2026-11-24T03:13:06.1Z" level=info msg="loading plugin \\"' + b"io." * 3_000_000,
        b'"' * 5_000_000 + b"loading plugin",
        b"\\" * 5_000_000 + b"loading plugin",
        b" " * 5_000_000 + b"loading plugin",
        b"containerd: " * 500_000,
        b'{"MESSAGE":[' + b"1," * 3_000_000,
        b"\x1b]" * 3_000_000 + b"loading plugin",
        b"a=" * 3_000_000 + b" starting containerd",
        b"\x1b[3" * 2_000_000 + b"load plugin",
    ],
    ids=range(10),
)
def test_a_line_of_megabytes_is_read_in_its_stride(line: bytes) -> None:
    """A line without an end neither hangs the reader nor is kept whole."""
    start = time.monotonic()
    _read(line + b"\n" + log_of("1.6.20/clean-default"))
    assert time.monotonic() - start < 20


def test_memory_does_not_grow_with_the_log() -> None:
    """Two hundred megabytes of journal with a boot at each end take a few."""
    boot = log_of("1.6.20/clean-default")
    filler = b"Nov 24 03:13:06 node1 kubelet[9]: nothing of interest happens in this line\n" * 13_000

    def journal() -> Iterator[bytes]:
        yield boot
        for _ in range(200):
            yield filler
        yield boot

    tracemalloc.start()
    count = sum(1 for _ in read_events(journal()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2 * sum(1 for _ in read_events([boot]))
    assert peak < 16 << 20


def test_reading_ends_when_it_is_told_to() -> None:
    """Progress is told in bytes, and a no ends the reading."""
    told: list[int] = []

    def progress(read: int) -> bool:
        told.append(read)
        return len(told) < 3

    assert len(list(blocks(BytesIO(b"x" * (5 << 20)), progress))) == 3
    assert told == [1 << 20, 2 << 20, 3 << 20]


def test_endless_errors_cost_neither_memory_nor_time() -> None:
    """Thousands of plugins fail, each with words of its own, and some with 200,000 of them."""
    line = 'time="2026-11-24T03:13:06Z" level=warning msg="failed to load plugin" error="{}" id={} type=io.x.v1\n'
    text = "".join(
        line.format(f"{n} " + "x" * (200_000 if n % 100 == 0 else 2_000), f"io.x.v1.p{n}{'y' * 900}")
        for n in range(4_000)
    )
    began = time.perf_counter()
    log = read_log(BytesIO(text.encode()), "x.log")
    assert sum(len(step.error) + len(step.uri) for step in log.recording.steps) < 6 << 20
    assert len(list(log.recording.failures())) == 4_000
    assert time.perf_counter() - began < 30
