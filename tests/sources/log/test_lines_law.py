"""Lines of a log: kept, searched, and taken apart, compared with a look at each."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.log.written import Boot, boots, fields_of_boot, stamp

from plugscope.sources.log import Lines
from plugscope.sources.log.lines import parse_line

raws = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=12).map(str.encode)
uris = st.sampled_from(["", "a.v1.x", "b.v1.y"])
kept = st.lists(st.tuples(st.integers(0, 3), raws, uris), max_size=10)


def lines(some: list[tuple[int, bytes, str]]) -> tuple[Lines, list[int]]:
    """Lines, each behind so many that are left out, and their numbers."""
    numbers, at = [], 9
    for gap, _, _ in some:
        at += gap + 1
        numbers.append(at)
    found = Lines(10, numbers[-1] if numbers else 10)
    for number, (_, raw, uri) in zip(numbers, some, strict=True):
        found.add(number, raw, uri)
    return found, numbers


@given(kept)
def test_every_line_is_found_by_its_number(some: list[tuple[int, bytes, str]]) -> None:
    """And one that was left out is not."""
    found, numbers = lines(some)
    assert len(found) == len(some)
    assert [found.index_of(number) for number in numbers] == list(range(len(some)))
    assert all(found.index_of(number) == -1 for number in range(0, 60) if number not in numbers)
    for index, (gap, raw, uri) in enumerate(some):
        assert found.gap_before(index) == gap
        assert (index in found.gaps) == (gap > 0)
        assert found.raw(index) == raw.decode()
        assert (index in found.about.get(uri, [])) == bool(uri)
    assert found.left_out == sum(gap for gap, _, _ in some)


@settings(max_examples=200)
@given(kept, st.text(max_size=3))
def test_a_search_finds_every_line_that_holds_the_text(some: list[tuple[int, bytes, str]], text: str) -> None:
    """In capitals or not; each line once, and never one because of the next."""
    found, _ = lines(some)
    if not text or "\n" in text:
        return
    needle = text.lower()
    wanted = [n for n, (_, raw, _) in enumerate(some) if needle in raw.decode().lower()]
    if needle.isascii():
        # Letters whose small ones are ASCII, such as the Kelvin sign, are not looked for.
        wanted = [n for n, (_, raw, _) in enumerate(some) if needle.encode() in raw.lower()]
    assert found.holding(text) == wanted


@settings(max_examples=25)
@given(boots())
def test_a_line_is_taken_apart_into_what_was_logged(boot: Boot) -> None:
    """Its time, its level, and a message that ends with the error."""
    for number, fields in enumerate(fields_of_boot(boot.predicted, boot.release)):
        raw = boot.lines()[number].encode()
        for before in (b"", b"Nov 24 03:13:06 node1 containerd[7]: "):
            said = parse_line(before + raw)
            assert said.level == fields["level"]
            assert said.message.startswith(fields["msg"])
            assert said.message.endswith(fields.get("error", ""))
            assert stamp(number)[11:19] in said.time


@given(st.binary(max_size=80))
def test_any_line_can_be_taken_apart(raw: bytes) -> None:
    """What is none of logrus's is all message."""
    said = parse_line(raw)
    assert isinstance(said.message, str) and isinstance(said.level, str)


def test_what_goes_past_the_log_is_as_bad_as_it_gets() -> None:
    """An abort has no level of its own."""
    assert parse_line(b"containerd: no such file").level in ("fatal", "error")
