"""A log with lines missing never blames for certain what the whole log does not blame."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import pytest
from tests.sources.log.capture import captures, log_of

from plugscope.boot import Certainty, RootCause, diagnose
from plugscope.sources import SourceError
from plugscope.sources.log import read_log

SEEDS = (3, 11, 17)
"""Each capture is damaged once for each of them."""

Damage = Callable[[random.Random, int], set[int]]
"""Which of so many lines to lose. The first two and the last two stay: a log without them is another case."""


def _stretch(chance: random.Random, count: int) -> set[int]:
    first = chance.randrange(2, count - 4)
    return set(range(first, min(first + chance.randint(1, 40), count - 2)))


def _here_and_there(chance: random.Random, count: int) -> set[int]:
    return {number for number in range(2, count - 2) if chance.random() < 0.05}


def _causes(lines: list[bytes]) -> list[RootCause]:
    return diagnose(read_log(BytesIO(b"".join(lines)), "cut.log").recording).root_causes


@cache
def _whole() -> dict[str, tuple[list[bytes], frozenset[str]]]:
    """The lines and the root causes of each captured log that is long enough to lose some."""
    found = {}
    for capture in captures().values():
        lines = next(iter(capture.logs.values()), b"").splitlines(keepends=True)
        if len(lines) < 20:
            continue
        try:
            found[capture.name] = lines, frozenset(cause.uri for cause in _causes(lines))
        except SourceError:
            continue
    return found


def _damaged(damage: Damage) -> Iterator[tuple[str, set[int], list[RootCause]]]:
    for seed in SEEDS:
        chance = random.Random(seed)
        for name, (lines, _) in _whole().items():
            lost = damage(chance, len(lines))
            yield name, lost, _causes([line for number, line in enumerate(lines) if number not in lost])


@pytest.mark.parametrize("damage", [_stretch, _here_and_there])
def test_what_is_missing_is_never_made_up_for_by_a_wrong_cause(damage: Damage) -> None:
    """No cause is certain that the whole log does not have, hardly any is wrong at all, and most of those that are
    right are certain all the same."""
    sure: list[str] = []
    unsure: list[str] = []
    right: list[bool] = []
    for name, lost, causes in _damaged(damage):
        for cause in causes:
            is_sure = cause.certainty is Certainty.WILL
            if cause.uri in _whole()[name][1]:
                right.append(is_sure)
            else:
                told = f"{name} without {sorted(lost)}: {cause.uri} ({cause.reason}): {cause.error}"
                (sure if is_sure else unsure).append(told)
    assert sure == []
    assert len(unsure) <= len(right) // 100, unsure
    assert sum(right) > len(right) * 9 // 10


def _without(name: str, first: int, end: int) -> dict[str, RootCause]:
    lines = log_of(name).splitlines(keepends=True)
    return {cause.uri.removeprefix("io.containerd."): cause for cause in _causes(lines[:first] + lines[end:])}


def test_an_absent_plugin_is_not_blamed_for_what_it_would_have_failed_for_too() -> None:
    """ "no runtimes available" without the lines of the runtime: metadata had failed before, and is to blame."""
    causes = _without("1.6.20/dockerd-metadb-is-directory", 47, 50)
    assert "runtime.v1.linux" not in causes
    assert "io.containerd.service.v1.tasks-service" in causes["metadata.v1.bolt"].victims


def test_an_error_in_anothers_directory_is_that_others() -> None:
    """Twenty lines are missing, with those of metadata: the errors of those left name its directory."""
    causes = _without("1.6.20/derived-hole-in-middle", 7, 27)
    assert list(causes) == ["metadata.v1.bolt"]
    assert causes["metadata.v1.bolt"].certainty is Certainty.MAY
    assert causes["metadata.v1.bolt"].error.startswith(
        "open /var/lib/containerd/io.containerd.metadata.v1.bolt"
    )


def test_an_error_that_many_share_is_that_of_what_they_have_in_common() -> None:
    """ "invalid database", said by services that do not know each other: it is metadata's, though nothing names it."""
    causes = _without("1.6.20/metadb-garbage", 2, 22)
    assert list(causes) == ["metadata.v1.bolt"]
    assert causes["metadata.v1.bolt"].certainty is Certainty.MAY


def test_a_wait_tells_who_waits() -> None:
    """Only metadata says that it waits for a database, whoever started last by the lines that are left."""
    assert list(_without("2.0.11/metadb-locked", 10, 19)) == ["metadata.v1.bolt"]


def test_only_the_plugin_that_started_last_has_a_configuration_that_does_not_fit() -> None:
    """A plugin whose end fell into a hole before that is not to blame."""
    assert list(_without("2.0.11/plugin-config-type-error", 5, 8)) == ["gc.v1.scheduler"]
