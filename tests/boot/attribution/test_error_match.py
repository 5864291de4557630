"""Comparing the words of errors of which a part is lost."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plugscope.boot.attribution.error_match import CUT, matches, repeats

texts = st.text("ab :", min_size=12, max_size=40)
INNER = "failed to open the content store"


@given(texts, texts)
def test_whole_texts_match_when_they_are_equal(one: str, other: str) -> None:
    """Nothing is guessed where nothing is lost."""
    assert matches(one, one)
    assert matches(one, other) == (one == other)


@given(texts, st.data())
def test_a_text_that_lost_a_part_matches_the_whole(whole: str, data: st.DataObject) -> None:
    """Wherever it was cut, and at both ends of the cut, as long as enough is left to tell."""
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    kept = whole[:start] + CUT + whole[end:]
    assert matches(kept, whole) == (start + len(whole) - end >= 12)
    assert not matches(f"{whole[:start]}!{CUT}{whole[end:]}", whole)
    assert not matches(f"{whole[:start]}{CUT}!{whole[end:]}", whole)


@given(texts, st.data())
def test_a_cut_expectation_is_matched_up_to_its_cut(whole: str, data: st.DataObject) -> None:
    """What it repeats was cut in its own line: no more of it is known."""
    start = data.draw(st.integers(12, len(whole)))
    assert matches(whole, whole[:start] + CUT)
    other = data.draw(st.integers(12, len(whole)))
    assert matches(whole[:other] + CUT, whole[:start] + CUT)
    assert not matches("!" + whole, whole[:start] + CUT)


@pytest.mark.parametrize(
    ("observed", "expected", "same"),
    [
        ("no plugins…", "no plugins registered", False),
        ("no plugins r…", "no plugins registered", True),
        ("…", "no plugins registered", False),
        ("a…", "abc", False),
        ("a…bc", "abc", True),
        ("no plugins…", "no plugins…", False),
        ("no plugins regi", "no plugins regist…", False),
        ("no plugins regi…", "no plugins regist…", True),
        ("first half … middle … last half", "first half of it, and the last half", True),
        ("first half … middle … last half", "first half of it, and the first half", False),
    ],
)
def test_how_much_must_be_left(observed: str, expected: str, same: bool) -> None:
    """A dozen characters, or all of a shorter text; of two cuts the ends count."""
    assert matches(observed, expected) is same


@given(texts, texts, texts)
def test_a_text_repeats_what_is_in_it(before: str, part: str, after: str) -> None:
    """With anything around it."""
    assert repeats(before + part + after, part)
    assert repeats(part, part)


@given(texts, texts, st.data())
def test_a_cut_text_repeats_what_it_begins_to_say(before: str, part: str, data: st.DataObject) -> None:
    """Up to the cut; a dozen characters are the least that proves it."""
    assume(part[:12] not in before + part[:11])
    kept = data.draw(st.integers(0, len(part)))
    assert repeats(f"{before}{part[:kept]}{CUT}", part) == (kept >= 12)


@pytest.mark.parametrize(
    ("observed", "part", "does"),
    [
        (f"cri: {INNER}", INNER, True),
        (f"cri: {INNER}", "failed", False),
        (f"cri: {INNER}", "the cont", True),
        (f"cri: {INNER}", f"{INNER} at /var{CUT}", False),
        (f"cri: {INNER}", f"open{CUT}the content store", True),
        ("cri: failed to op…", INNER, True),
        ("cri: failed to o…", INNER, False),
        ("cri: failed to op…store", INNER, True),
        ("cri: store…", INNER, False),
        ("", INNER, False),
    ],
)
def test_a_word_or_two_prove_nothing(observed: str, part: str, does: bool) -> None:
    """Eight characters in full, twelve before a cut; of a cut part its longest piece is looked for."""
    assert repeats(observed, part) is does


def test_words_that_repeat_themselves_are_given_up() -> None:
    """A megabyte of the same sign is answered at once, whatever the answer."""
    many = "a" * 1_000_000
    assert repeats(f"{many}{CUT}", "a" * 999_999)
    assert not repeats(f"{many}b{CUT}", "a" * 500_000 + "c" * 12)
