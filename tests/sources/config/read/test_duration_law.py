"""Durations as Go prints and reads them, of any length."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.config.read import duration_error, duration_text

UNITS = {"ns": 1, "us": 10**3, "µs": 10**3, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
parts = st.lists(
    st.tuples(st.integers(0, 500), st.sampled_from(["", ".5", ".25", "."]), st.sampled_from(sorted(UNITS))),
    min_size=1,
    max_size=4,
)


def nanoseconds(text: str) -> int:
    """What a duration that Go printed comes to, read the plainest way."""
    total, number = Decimal(0), ""
    sign, text = (-1, text[1:]) if text.startswith("-") else (1, text)
    while text:
        if text[0].isdigit() or text[0] == ".":
            number, text = number + text[0], text[1:]
            continue
        unit = next(unit for unit in ("ns", "µs", "us", "ms", "h", "m", "s") if text.startswith(unit))
        total, number, text = total + Decimal(number) * UNITS[unit], "", text[len(unit) :]
    return sign * int(total)


@given(parts, st.sampled_from(["", "-", "+"]))
def test_what_is_printed_is_as_long_as_what_was_read(some: list[tuple[int, str, str]], sign: str) -> None:
    """And printing it again changes nothing."""
    text = sign + "".join(f"{number}{fraction}{unit}" for number, fraction, unit in some)
    assert duration_error(text) == ""
    printed = duration_text(text)
    wanted = sum(int(Decimal(f"{n}{f if f != '.' else ''}") * UNITS[unit]) for n, f, unit in some)
    assert nanoseconds(printed) == (-wanted if sign == "-" else wanted)
    assert duration_text(printed) == printed


@given(parts)
def test_go_prints_hours_minutes_and_seconds_in_turn(some: list[tuple[int, str, str]]) -> None:
    """Below a second one unit alone; above, no minutes or seconds of sixty."""
    printed = duration_text("".join(f"{number}{unit}" for number, _, unit in some))
    if "h" in printed or "m" in printed.replace("ms", ""):
        rest = printed.partition("h")[2] or printed
        minutes, _, seconds = rest.partition("m")
        assert int(minutes) < 60 and float(seconds.removesuffix("s")) < 60
    assert printed == "0s" or not printed.startswith("0")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 'time: invalid duration ""'),
        ("-", 'time: invalid duration "-"'),
        ("5", 'time: missing unit in duration "5"'),
        ("s", 'time: invalid duration "s"'),
        (".s", 'time: invalid duration ".s"'),
        ("1x", 'time: unknown unit "x" in duration "1x"'),
        ("1h2", 'time: missing unit in duration "1h2"'),
        ("1 h", 'time: unknown unit " h" in duration "1 h"'),
        ("1H", 'time: unknown unit "H" in duration "1H"'),
        ("--1s", 'time: invalid duration "--1s"'),
        ('1"', 'time: unknown unit "\\"" in duration "1\\""'),
        ("0", ""),
        ("-0", ""),
        ("+0", ""),
        ("1.s", ""),
        (".5s", ""),
    ],
)
def test_what_go_says_to_what_is_none(text: str, words: str) -> None:
    """Word for word: people search for it. Nothing is printed of what is none."""
    assert duration_error(text) == words
    assert (duration_text(text) == "") == bool(words)
