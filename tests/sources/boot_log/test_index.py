"""Which line tells of which plugin, and which boots a log has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugscope.sources.boot_log import BootLog, BootMark, EventKind, LogReference

MARKS = (BootMark(1, "then", (10, 40)), BootMark(2, "later", (50, 90)), BootMark(3, "now", (200, 240)))
uris = st.sampled_from(["", "a.v1.x", "b.v1.y", "c.v1.z"])
references = st.lists(
    st.builds(LogReference, st.integers(1, 99), st.sampled_from(EventKind), uris), max_size=12
).map(tuple)


def log(number: int = 2, boots: tuple[BootMark, ...] = MARKS, **more: object) -> BootLog:
    """A log with three boots."""
    return BootLog("boot.log", number, len(boots), boots, **{"references": (), **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "span"),
    [(1, (10, 49)), (2, (50, 110)), (3, (200, 260))],
)
def test_a_few_lines_behind_a_boot_are_shown_with_it(number: int, span: tuple[int, int]) -> None:
    """What a daemon says right after may be why one looks; but not what belongs to the next boot."""
    assert log(number).span == span


def test_a_log_that_runs_backwards_has_nothing_behind_a_boot() -> None:
    """What stands below was before it."""
    assert log(2, newest_first=True).span == (50, 90)


def test_of_a_silent_log_the_beginning_is_shown() -> None:
    """No line tells of a boot: then there is still something to read."""
    assert log(1, (BootMark(1, "", (0, 0)),)).span == (1, 1_000)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_mark_is_that_of_the_chosen_boot(number: int) -> None:
    """By its number, wherever it stands."""
    assert log(number).mark is MARKS[number - 1]
    assert log(number, tuple(reversed(MARKS))).mark is MARKS[number - 1]


def test_a_boot_that_is_not_kept_has_a_mark_all_the_same() -> None:
    """Of a log with thousands only the last ones are kept."""
    assert log(7).mark == BootMark(7, "", (1, 1))


@given(references)
def test_references_are_found_by_plugin_in_their_order(every: tuple[LogReference, ...]) -> None:
    """Those that name nobody are nobody's."""
    it = log(references=every)
    for uri in ("a.v1.x", "b.v1.y", "absent"):
        assert it.references_of(uri) == tuple(one for one in every if one.uri == uri)
    assert it.references_of("") == ()


@given(st.integers(1, 10**9), st.sampled_from(["boot.log", "a:b", "C:\\logs\\boot.log", "-"]))
def test_a_line_as_a_place_leads_back(line: int, name: str) -> None:
    """Names may hold colons; another file's places are not this one's."""
    it = BootLog(name, 1, 1, MARKS[:1], ())
    assert it.line_of(it.location_of(line)) == line
    assert it.line_of(f"other.log:{line}") == 0
    assert it.line_of(name) == 0
    assert it.line_of(f"{name}:") == it.line_of(f"{name}:x") == 0


def test_a_log_that_was_piped_can_be_read_again_from_its_copy() -> None:
    """The first one stays without a file."""
    it = log()
    again = it.in_file(Path("/tmp/copy"))
    assert (it.file, again.file) == (None, Path("/tmp/copy"))
    assert (again.name, again.boots) == (it.name, it.boots)
