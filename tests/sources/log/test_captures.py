"""Every captured log is explained as its truth says: causes, victims, skipped, disabled, and how the boot ended."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from tests.sources.log.capture import captures, differences, log_of

from plugscope.boot import Recording, diagnose
from plugscope.sources import SourceError
from plugscope.sources.log import looks_like_log, read_log
from plugscope.sources.log.block import blocks
from plugscope.sources.log.boots import Boot, Boots, split
from plugscope.sources.log.reading import read_events
from plugscope.sources.log.source import account_of, expectation_for
from plugscope.sources.observed import Expectation, record

# At level error containerd writes nothing at all while it starts.
SILENT = ("1.6.20/loglevel-error-failures",)


def _boots(data: bytes) -> Boots:
    return split(read_events(blocks(BytesIO(data))))


def observed(boot: Boot, expectation: Expectation) -> Recording:
    """What a boot of a log is taken for, beside a release."""
    return record(account_of(boot, expectation), expectation, "log")


def _logs() -> Iterator[tuple[str, str]]:
    for capture in captures().values():
        if capture.name not in SILENT:
            yield from ((capture.name, file) for file in capture.logs)


@pytest.mark.parametrize(("name", "file"), list(_logs()))
def test_a_real_boot_is_explained_as_it_was(name: str, file: str) -> None:
    """One real log: the right boots, and for each the whole truth."""
    capture = captures()[name]
    boots = _boots(capture.logs[file])
    assert boots.count == len(capture.truths)
    for boot, truth in zip(boots.kept, capture.truths, strict=True):
        assert list(differences(diagnose(observed(boot, expectation_for(boot))), truth)) == []


@pytest.mark.parametrize("name", SILENT)
def test_a_log_that_says_nothing_is_not_explained(name: str) -> None:
    """Nothing is guessed where containerd wrote nothing."""
    with pytest.raises(SourceError, match="no boot of containerd"):
        read_log(BytesIO(log_of(name)), "silent.log")


@pytest.mark.parametrize("version", ["1.2.14", "1.3.10", "1.6.20", "2.0.11", "2.3.4"])
def test_causes_are_found_with_the_catalogs_of_other_versions(version: str) -> None:
    """A release without a catalog of its own is explained by its neighbours', as exactly."""
    wrong = []
    for name, file in _logs():
        capture = captures()[name]
        if capture.version != version:
            continue
        for boot, truth in zip(_boots(capture.logs[file]).kept, capture.truths, strict=True):
            expectation = expectation_for(boot, f"containerd-{version}")
            assert expectation.nearest.version != version
            found = list(differences(diagnose(observed(boot, expectation)), truth))
            wrong += [f"{name} {file}: {difference}" for difference in found]
    assert wrong == []


@pytest.mark.parametrize(("name", "file"), list(_logs()))
def test_a_log_is_known_by_how_it_begins(name: str, file: str) -> None:
    """Every captured log is taken for one."""
    assert looks_like_log(captures()[name].logs[file][: 1 << 16])
