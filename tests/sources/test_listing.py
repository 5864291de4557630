"""Listings of ctr: what a daemon said it has, as the boot that it must have had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.log.capture import captures, differences

from plugscope.boot import Certainty, Known, RecordingKind, diagnose
from plugscope.sources import SourceError
from plugscope.sources.listing import looks_like_listing, read_listing

# A table has no error texts: that CRI failed for the snapshotter that its configuration names cannot be known.
WORDS_NEEDED = ("1.6.20/cri-uses-skipped-snapshotter", "2.0.11/cri-uses-skipped-snapshotter")


def _listings() -> Iterator[tuple[str, str]]:
    for capture in captures().values():
        for file in capture.listings:
            if capture.name not in WORDS_NEEDED or "ls-d" in file:
                yield capture.name, file


@pytest.mark.parametrize(("name", "file"), list(_listings()))
def test_a_listing_tells_the_causes(name: str, file: str) -> None:
    """Both forms, of every version: causes, victims, skipped and disabled as they were."""
    capture = captures()[name]
    truth = capture.truths[0 if "boot1" in file else -1]
    data = capture.listings[file]
    assert looks_like_listing(data[:4096])
    recording = read_listing(data, file)
    assert list(differences(diagnose(recording), truth, of_log=False)) == []
    assert recording.kind is RecordingKind.OBSERVED


@pytest.mark.parametrize("name", WORDS_NEEDED)
def test_a_cause_without_words_is_not_held_for_certain(name: str) -> None:
    """Where only the words could tell, the plugin's own failure is named as what may be."""
    diagnosis = diagnose(read_listing(captures()[name].listings["plugins-ls.txt"], "ls"))
    unsure = {cause.uri for cause in diagnosis.root_causes if cause.certainty is Certainty.MAY}
    assert any(uri.endswith((".cri", ".images")) for uri in unsure)


def test_the_details_are_kept() -> None:
    """Requires, platforms, exports and capabilities are those that the daemon told."""
    recording = read_listing(captures()["2.0.11/proxy-full-options"].listings["plugins-ls-d.txt"], "ls -d")
    bolt = recording.by_uri["io.containerd.metadata.v1.bolt"]
    assert "io.containerd.snapshotter.v1" in bolt.entry.registration.requires
    assert bolt.entry.known is Known.LIVE
    proxy = recording.by_uri["io.containerd.snapshotter.v1.soci"]
    assert proxy.meta is not None
    assert proxy.meta.exports["address"] == "/run/soci.sock"
    assert [str(platform) for platform in proxy.meta.platforms] == ["linux/arm64/v8"]
    assert proxy.meta.capabilities == ["remap-ids", "lazy"]


def test_warnings_and_a_quoted_paste_are_passed_over() -> None:
    """What ctr prints on standard error, and the signs of a quotation, are no plugins."""
    plain = captures()["2.0.11/disabled-metadata"].listings["plugins-ls.txt"].decode()
    warning = 'time="2026-11-24T03:03:28Z" level=warning msg="Failed to check deprecations"\n'
    quoted = "".join(f"> {line}\n" for line in (warning + plain).splitlines())
    causes = [c.uri for c in diagnose(read_listing(quoted.encode(), "paste")).root_causes]
    assert causes == ["io.containerd.metadata.v1.bolt"]


def test_a_listing_without_plugins_is_refused() -> None:
    """ctr prints the head of the table, and nothing below it, when the daemon does not answer."""
    with pytest.raises(SourceError, match="without a plugin"):
        read_listing(b"TYPE    ID    PLATFORMS    STATUS    \n", "ls")


@given(st.binary(max_size=400), st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(a: bytes, b: bytes) -> None:
    """No bytes between the head and the rows lead to anything but a recording or a refusal."""
    for data in (a, b"TYPE ID PLATFORMS STATUS\n" + a, a + b"\nType: x.v1\nID: y\n" + b):
        looks_like_listing(data)
        try:
            recording = read_listing(data, "fuzz")
        except SourceError:
            continue
        assert recording.steps


LIST = captures()["1.6.20/clean-default"].listings["plugins-ls.txt"]
DETAILS = captures()["1.6.20/clean-default"].listings["plugins-ls-d.txt"]


@pytest.mark.parametrize(
    "data",
    [
        b"".join(line for line in LIST.splitlines(keepends=True) if b"cri " in line),
        b"".join(line for line in LIST.splitlines(keepends=True) if b" ok " not in line),
        DETAILS[: DETAILS.index(b"Type:", 2000)],
    ],
    ids=["grep cri", "grep -v ok", "the first blocks"],
)
def test_of_a_part_of_a_listing_the_rest_is_not_disabled(data: bytes) -> None:
    """Who answered ctr is in every whole list: where it is not, others are missing, too."""
    assert looks_like_listing(data)
    recording = read_listing(data, "ls")
    assert recording.plan.disabled_uris == []
    assert "listing-part" in {diagnostic.code for diagnostic in recording.plan.catalog.diagnostics}
    assert Certainty.UNKNOWN in {step.certainty for step in recording.steps}


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_that_a_terminal_broke_are_joined(width: int) -> None:
    """The words of an error decide whether it is a skip, and reach over the width of most terminals."""
    lines = DETAILS.decode().splitlines()
    broken = "\n".join(
        line[at : at + width] for line in lines for at in range(0, max(len(line), 1), width)
    ).encode()
    whole, joined = read_listing(DETAILS, "ls"), read_listing(broken, "ls")
    assert [(s.uri, s.outcome, s.error) for s in joined.steps] == [
        (s.uri, s.outcome, s.error) for s in whole.steps
    ]
