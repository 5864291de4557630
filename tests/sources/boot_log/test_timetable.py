"""A boot by the daemon's clock."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pytest
from tests.sources.log.capture import log_of

from plugscope.sources.boot_log import (
    BootLog,
    EventKind,
    LogReference,
    Timetable,
    between,
    parse_moment,
    timetable_of,
)
from plugscope.sources.log import read_log

BOLT = "io.containerd.metadata.v1.bolt"


def _table(told: Iterable[tuple[str, str]]) -> Timetable:
    """The timetable of plugins that start at these times."""
    references = tuple(LogReference(n, EventKind.LOADING, uri, time) for n, (uri, time) in enumerate(told, 1))
    return timetable_of(BootLog("x", 1, 1, (), references))


def _at(clock: str, zone: str = "Z") -> str:
    return f"2026-11-24T{clock}{zone}"


@pytest.mark.parametrize(
    ("text", "clock", "zone"),
    [
        ("2026-11-24T03:05:41.432933174Z", "03:05:41.432", "UTC"),
        ("2026-11-24T03:05:41.432933174+02:00", "03:05:41.432", "UTC+02:00"),
        ("2026-11-24T03:05:41-0330", "03:05:41.000", "UTC-03:30"),
        ("2026-11-24T03:05:41.9", "03:05:41.900", "UTC"),
        ("0007", "+7 s", ""),
    ],
)
def test_a_moment_shows_the_clock_of_the_daemon(text: str, clock: str, zone: str) -> None:
    """In its own zone, whatever the reader's is."""
    found = parse_moment(text)
    assert found is not None
    assert (found.clock, found.zone_name) == (clock, zone)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-45T99:99:99Z", "12", "0001-01-01T00:00:00+99:99"])
def test_what_is_no_moment_is_none(text: str) -> None:
    """Not a guess."""
    assert parse_moment(text) is None


def test_the_first_and_last_days_have_a_clock() -> None:
    """No zone carries them over the edge of what a date can be."""
    for text in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"):
        found = parse_moment(text)
        assert found is not None
        assert found.clock[:8] == text[11:19]


def test_time_between_stamps_is_exact_and_never_negative() -> None:
    """To the microsecond, over zones; backwards and without a date it is not told."""
    assert between(_at("03:00:00.000001"), _at("05:00:00.000004", "+02:00")) == 0.003
    assert between(_at("03:00:01"), _at("03:00:00")) is None
    assert between("0001", "0002") is None


def test_the_plugin_that_a_locked_database_holds_up_has_the_longest_gap() -> None:
    """Ten seconds in bolt, and it is the one that was never told to have ended."""
    told = read_log(BytesIO(log_of("2.0.11/metadb-locked")), "x").boot_log
    table = timetable_of(told)
    assert table.is_told
    assert table.longest is not None
    assert table.longest.within == told.unfinished == BOLT
    assert 10 < table.longest.length < 10.1
    begins, ends = table.spans[BOLT]
    assert ends == table.length
    assert begins == table.longest.start


def test_a_gap_is_before_a_plugin_and_within_another() -> None:
    """The line that ends it names who comes next."""
    table = _table([("a", _at("03:00:00")), ("b", _at("03:00:01")), ("c", _at("03:00:04.2"))])
    longest = table.longest
    assert longest is not None
    assert (longest.within, longest.before, longest.length) == ("b", "c", 3.2)
    assert table.spans == {"a": (0, 1), "b": (1, 4.2), "c": (4.2, 4.2)}


def test_a_clock_that_goes_backwards_stands_still() -> None:
    """Order is kept, the fall is told, and time goes on from there."""
    table = _table(
        [("a", _at("03:00:00")), ("b", _at("03:00:05")), ("c", _at("01:00:05")), ("d", _at("01:00:06"))]
    )
    assert [table.spans[uri][0] for uri in "abcd"] == [0, 5, 5, 6]
    assert [(step_back.seconds, step_back.before) for step_back in table.steps_back] == [(7200, "c")]
    overtaken = _table([("a", _at("03:00:00.002")), ("b", _at("03:00:00.001")), ("c", _at("03:00:01"))])
    assert overtaken.steps_back == ()


def test_zones_are_told_apart_and_subtracted() -> None:
    """A host that changes to winter time in the middle of a boot."""
    table = _table([("a", _at("02:59:59", "+02:00")), ("b", _at("02:00:01", "+01:00"))])
    assert table.length == 2
    assert table.zones == ("UTC+02:00", "UTC+01:00")


def test_what_has_no_time_is_not_on_the_scale() -> None:
    """And without two times there is none."""
    table = _table([("a", _at("03:00:00")), ("b", ""), ("c", _at("03:00:02"))])
    assert set(table.spans) == {"a", "c"}
    assert not _table([("a", ""), ("b", "")]).is_told
    assert not _table([("a", _at("03:00:00")), ("b", _at("03:00:00"))]).is_told
    assert not Timetable().is_told


def test_seconds_since_the_start_are_a_clock_too() -> None:
    """A terminal without full time stamps; a dated line between does not fit in."""
    table = _table([("a", "0000"), ("b", "0003"), ("c", _at("03:00:00")), ("d", "0004")])
    assert table.spans == {"a": (0, 3), "b": (3, 4), "d": (4, 4)}
    assert table.begins is not None
    assert table.begins.clock == "+0 s"
