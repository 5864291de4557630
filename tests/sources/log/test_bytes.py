"""The bytes of a log, packed or not, in blocks of whatever size they come."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import textwrap
from collections.abc import Callable, Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plugscope.sources.log.block import blocks, plain_head, unpacked
from plugscope.sources.log.unwrap import unwrapped

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "xz": lzma.compress,
    "bzip2": bz2.compress,
}
packings = st.sampled_from(sorted(PACK))
TEXT = b'time="2026-11-24T03:13:06Z" level=info msg="starting containerd" version=v2.0.11\n'


class Dripping:
    """A stream that gives as much at a time as it was told to."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        self._data, self._sizes = data, sizes

    def read(self, size: int = -1, /) -> bytes:
        """The next drop."""
        count = self._sizes.pop(0) if self._sizes else max(len(self._data), 1)
        drop, self._data = self._data[:count], self._data[count:]
        return drop


def pieces(data: bytes, sizes: list[int]) -> tuple[bytes, Iterator[bytes]]:
    """The first piece of some data and the others."""
    stream = Dripping(data, sizes)
    return stream.read(), iter(stream.read, b"")


drops = st.lists(st.integers(1, 40), max_size=30)


@settings(max_examples=60)
@given(packings, st.binary(max_size=3_000), drops)
def test_what_was_packed_comes_out_whole(how: str, data: bytes, sizes: list[int]) -> None:
    """However the packed bytes were split on the way."""
    first, rest = pieces(PACK[how](data), [max(size, 8) for size in sizes])
    assert b"".join(unpacked(first, rest)) == data


@settings(max_examples=40)
@given(packings, st.lists(st.binary(min_size=1, max_size=300), min_size=2, max_size=4), drops)
def test_several_files_after_one_another_are_one(how: str, parts: list[bytes], sizes: list[int]) -> None:
    """``cat a.gz b.gz`` is what people upload."""
    first, rest = pieces(b"".join(map(PACK[how], parts)), [max(size, 8) for size in sizes])
    assert b"".join(unpacked(first, rest)) == b"".join(parts)


@settings(max_examples=40)
@given(packings, st.integers(8, 400))
def test_what_is_damaged_ends_the_log_and_raises_nothing(how: str, at: int) -> None:
    """What came out before is what there is."""
    data = bytes(range(256)) * 40
    packed = bytearray(PACK[how](data))
    at %= len(packed)
    packed[at] ^= 0xFF
    out = b"".join(
        unpacked(bytes(packed[:at] or packed[:8]), iter([bytes(packed[at:] if at else packed[8:])]))
    )
    assert len(out) <= len(data) + 16
    cut = b"".join(unpacked(PACK[how](data)[: at + 8], iter(())))
    assert data.startswith(cut)


def test_a_bomb_comes_out_in_blocks() -> None:
    """A gigabyte of zeros is a megabyte packed, and never a gigabyte in memory."""
    bomb = gzip.compress(bytes(1 << 24))
    sizes = [len(block) for block in unpacked(bomb, iter(()))]
    assert sum(sizes) == 1 << 24
    assert max(sizes) <= 1 << 20


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8"])
@pytest.mark.parametrize("packing", [None, *sorted(PACK)])
@given(sizes=drops)
@settings(max_examples=10)
def test_every_encoding_is_text_in_the_end(encoding: str, packing: str | None, sizes: list[int]) -> None:
    """PowerShell's UTF-16, with its mark and without, in drops of any size."""
    text = (TEXT * 3).decode()
    data = text.encode(encoding)
    if packing:
        if encoding != "utf-8":
            return
        data = PACK[packing](data)
    found = b"".join(blocks(Dripping(data, [max(size, 34) for size in sizes])))
    assert found.decode() == text


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(data: bytes) -> None:
    """What is no log is refused later, not here; a beginning is read as the whole would be."""
    whole = b"".join(blocks(io.BytesIO(data)))
    if not data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        assert plain_head(data) == whole


def test_reading_can_be_stopped() -> None:
    """By whoever watches its progress: the number of bytes read so far."""
    seen: list[int] = []

    def until(read: int) -> bool:
        seen.append(read)
        return len(seen) < 3

    out = b"".join(blocks(Dripping(b"x" * 1_000, [100] * 10), until))
    assert seen == [100, 200, 300]
    assert len(out) == 300


@settings(max_examples=60)
@given(st.lists(st.sampled_from([TEXT, b"\n", b"Nov 24 03:13:06 n systemd[1]: x\n"]), max_size=8), drops)
def test_whole_lines_are_passed_on_as_they_are(lines: list[bytes], sizes: list[int]) -> None:
    """A log that nobody broke has no seam to be joined."""
    data = b"".join(lines)
    first, rest = pieces(data, sizes)
    joined = b"".join(unwrapped(iter([first, *rest]) if data else iter(())))
    assert joined == data


@settings(max_examples=60)
@given(st.integers(60, 120), st.integers(2, 5), drops)
def test_lines_broken_at_a_width_are_joined_and_keep_their_number(
    width: int, count: int, sizes: list[int]
) -> None:
    """In place of each line that was joined to another stands an empty one."""
    long = TEXT.replace(b"starting containerd", b"starting containerd " + b"x" * 150)
    broken = b""
    for line in (long * count).splitlines():
        broken += b"".join(line[at : at + width] + b"\n" for at in range(0, len(line), width))
    first, rest = pieces(broken, sizes)
    joined = b"".join(unwrapped(iter([first, *rest])))
    assert [line for line in joined.splitlines() if line] == (long * count).splitlines()
    assert joined.count(b"\n") == broken.count(b"\n")


@settings(max_examples=40)
@given(st.integers(60, 90), st.sampled_from([b"", b"> ", b"    "]), st.integers(1, 4), drops)
def test_lines_broken_between_words_are_joined_with_a_space(
    width: int, before: bytes, count: int, sizes: list[int]
) -> None:
    """As a mail breaks them, quoted or indented; each line keeps its number."""
    lines, broken, widths = [], b"", set()
    for number in range(count):
        words = " ".join([f"{'so' * (number + 1)}me", "longer", "words"] * 12)
        lines.append(TEXT.decode().strip().replace("starting containerd", f"starting containerd {words}"))
        parts = textwrap.wrap(lines[-1], width, break_long_words=False, break_on_hyphens=False)
        broken += b"".join(before + part.encode() + b"\n" for part in parts)
        widths.add(len(parts[0]))
    assume(len(widths) == count)  # of one width they would be a terminal's, which breaks within words
    first, rest = pieces(broken, sizes)
    joined = b"".join(unwrapped(iter([first, *rest])))
    assert [one.removeprefix(before).decode() for one in joined.splitlines() if one] == lines
    assert joined.count(b"\n") == broken.count(b"\n")
