"""The daemon's time stamps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.boot_log import between, parse_moment
from plugscope.sources.boot_log.moment import Moment

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
times = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1))
zones = st.integers(-14 * 60, 14 * 60)


def written(at: datetime, digits: int, zone: int) -> str:
    """A moment as Go writes it in a zone, with so many digits of a second."""
    there = at.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=zone)))
    fraction = f".{there.microsecond:06}000"[: digits + 1] if digits else ""
    hours, minutes = divmod(abs(zone), 60)
    end = f"{'-' if zone < 0 else '+'}{hours:02}:{minutes:02}" if zone else "Z"
    return f"{there:%Y-%m-%dT%H:%M:%S}{fraction}{end}"


@given(times, st.integers(6, 9), zones)
def test_a_stamp_says_when_and_where(at: datetime, digits: int, zone: int) -> None:
    """In any zone it is the same moment; nanoseconds are cut to microseconds."""
    moment = parse_moment(written(at, digits, zone))
    assert moment == Moment((at.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1), zone)


@given(times, st.integers(0, 9), zones)
def test_the_clock_is_that_of_the_daemon_s_wall(at: datetime, digits: int, zone: int) -> None:
    """As its own line says, to the millisecond."""
    text = written(at, digits, zone)
    moment = parse_moment(text)
    assert moment is not None
    assert moment.clock.startswith(text[11:19])
    assert moment.clock[9:] == f"{at.microsecond:06}"[:digits].ljust(3, "0")[:3]


@given(times, st.integers(0, 10**9), zones, zones)
def test_between_two_stamps_is_wall_time(at: datetime, micros: int, one: int, other: int) -> None:
    """Whatever their zones; backwards it is not told."""
    later = at + timedelta(microseconds=micros)
    start, end = written(at, 6, one), written(later, 6, other)
    assert between(start, end) == pytest.approx(micros / 1000)
    if micros:
        assert between(end, start) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("0003", Moment(3_000_000, None)),
        ("0000", Moment(0, None)),
        ("123456789", Moment(123_456_789_000_000, None)),
        ("003", None),
        ("1234567890", None),
        ("", None),
        ("yesterday", None),
        ("2026-11-24", None),
        ("2026-13-24T03:13:06Z", None),
        ("2026-11-24T25:13:06Z", None),
        ("1970-01-01T00:00:01Z", Moment(1_000_000, 0)),
        ("1970-01-01 00:00:01", Moment(1_000_000, 0)),
        ("1970-01-01T01:00:00+0100", Moment(0, 60)),
        ("1970-01-01T00:00:00.1Z trailing", Moment(100_000, 0)),
        ("1969-12-31T23:59:59Z", Moment(-1_000_000, 0)),
    ],
)
def test_what_a_stamp_may_look_like(text: str, moment: Moment | None) -> None:
    """With a date, or whole seconds since the process started; nothing else."""
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    ("moment", "clock", "zone"),
    [
        (Moment(0), "00:00:00.000", "UTC"),
        (Moment(3_723_004_999, 0), "01:02:03.004", "UTC"),
        (Moment(0, 120), "02:00:00.000", "UTC+02:00"),
        (Moment(0, -210), "20:30:00.000", "UTC-03:30"),
        (Moment(7_500_000, None), "+7 s", ""),
    ],
)
def test_a_moment_in_words(moment: Moment, clock: str, zone: str) -> None:
    """The day does not matter: a boot takes seconds."""
    assert (moment.clock, moment.zone_name) == (clock, zone)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("0003", "0005"),
        ("2026-11-24T03:13:06Z", "0005"),
        ("", "2026-11-24T03:13:06Z"),
        ("2026-11-24T03:13:06Z", ""),
        ("1990-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
    ],
)
def test_of_stamps_that_do_not_tell_nothing_is_said(start: str, end: str) -> None:
    """Whole seconds are too coarse for a plugin, and a boot of years is a clock that was set."""
    assert between(start, end) is None


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    """A log's fields hold anything."""
    moment = parse_moment(text)
    assert moment is None or (moment.clock and moment.zone_name is not None)
