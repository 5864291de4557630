"""Whoever asks which release stands in for another gets the same answer, and it is of the same era."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugscope.boot import Catalog, Entry, make_plan
from plugscope.plugin import Registration, Semantics
from plugscope.sources import SourceError
from plugscope.sources.config.apply import choice
from plugscope.sources.config.edit.proposal import release_of as release_of_catalog
from plugscope.sources.config.read import shape_of
from plugscope.sources.log import read_log
from plugscope.sources.observed import expect, release_of
from plugscope.sources.release import ERAS, Release
from plugscope.sources.shipped import catalog_names, catalog_release, nearest_catalog, open_catalog

SHIPPED = [catalog_release(name) for name in catalog_names()]
LOG = """\
time="2026-11-24T03:03:28Z" level=info msg="starting containerd" revision=abc version=v{version}
time="2026-11-24T03:03:28.2Z" level=info msg="loading plugin" id=io.containerd.nri.v1.nri type=io.containerd.nri.v1
time="2026-11-24T03:03:28.3Z" level=info msg="containerd successfully booted in 0.1s"
"""

numbers = st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(0, 60))
ends = st.sampled_from(["", "-rc.1", "-k3s2", "~ds1", "+unknown", "-rc.1+unknown", "-beta.0", " "])
versions = st.builds(
    lambda v, number, end: v + ".".join(map(str, number)) + end, st.sampled_from(["", "v"]), numbers, ends
)
strange = st.one_of(
    st.text(max_size=30),
    st.text("0123456789.v-+~ ", max_size=30),
    st.sampled_from(["", "v", "v2", "2", "2.", ".1", "1..2", "-1.2.3", "٢.١.٠", "²", "1.6.20\n", "\x00"]),
    st.sampled_from(["9" * 400, "9" * 5_000, "1." + "9" * 400, "2.1." + "9" * 5_000, "containerd-2.1.9"]),
)


def asked_for(version: str) -> str:
    """The catalog that is chosen for a configuration where a containerd of this version is on PATH."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choice, "installed_version", lambda: version)
        return choice.choose_catalog(b"", "ask")[0].removeprefix("containerd-")


# Reading a version


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.6.20~ds1", (1, 6, 20)),
        ("v1.7.11-k3s2", (1, 7, 11)),
        ("2.1.0-rc.1+unknown", (2, 1, 0)),
        ("2.3", (2, 3, 0)),
        ("", (0, 0, 0)),
        ("v2", (0, 0, 0)),
        ("k3s v1.28.3", (0, 0, 0)),
        ("9" * 400, (0, 0, 0)),
        ("1." + "9" * 400, (0, 0, 0)),
        ("٢.١.٠", (0, 0, 0)),
    ],
)
def test_a_version_begins_with_its_number(text: str, number: tuple[int, int, int]) -> None:
    """What follows is of no account; what does not begin so has none."""
    assert Release(text).number == number


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("containerd github.com/containerd/containerd v1.7.24 88bf19b", "1.7.24"),
        ("containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+b1", "1.6.20"),
        ("containerd containerd.io v2.1.0-rc.1+unknown abc", "2.1.0"),
    ],
)
def test_a_version_is_found_among_other_words(text: str, version: str) -> None:
    """As ``containerd --version`` prints it."""
    assert Release.find(text) == Release(version)


@pytest.mark.parametrize("text", ["", "containerd", "containerd v2", "containerd 1.2", "1.2.x", "a1.2.3"])
def test_of_words_without_a_whole_version_there_is_none(text: str) -> None:
    """Two numbers may be anything."""
    assert Release.find(text) is None


@pytest.mark.parametrize("version", ["0.2.9", "1.8.0", "1.28.3", "2.100.0", "3.0.0", "20.10.5", "", "v2"])
def test_what_containerd_never_released_is_not_known(version: str) -> None:
    """k3s and Docker have versions of their own: the plugins tell which containerd it is."""
    assert not Release(version).is_known
    assert not expect(version, []).is_told


@pytest.mark.parametrize("era", list(Semantics))
def test_the_releases_of_an_era_are_of_that_era(era: Semantics) -> None:
    """The first, the last, and the one that stands for all."""
    for major, minor in ERAS[era]:
        assert Release(f"{major}.{minor}.5").era is era
        assert Release(f"{major}.{minor}.5").is_known
    assert Release.of(era).era is era
    assert Release.of(era).is_known


# Which stands in for which


@pytest.mark.parametrize(
    ("minors", "nearest"),
    [
        (("1.0", "1.1", "1.2"), "1.2.14"),
        (("1.3", "1.4"), "1.3.10"),
        (("1.5", "1.6"), "1.6.20"),
        (("1.7",), "1.7.34"),
        (("2.0",), "2.0.11"),
        (("2.1", "2.2"), "2.1.9"),
        (("2.3", "2.4", "2.9"), "2.3.4"),
    ],
)
@pytest.mark.parametrize("patch", [0, 4, 9, 10, 11, 14, 20, 34])
def test_this_release_stands_in_for_those(minors: tuple[str, ...], nearest: str, patch: int) -> None:
    """As docs/catalogs.md has it, for whichever patch: a log, a daemon and a configuration alike."""
    for minor in minors:
        version = f"{minor}.{patch}"
        assert expect(version, []).nearest.version == nearest
        assert asked_for(version) == nearest


@pytest.mark.parametrize(("version", "nearest"), [("1.5.9", "1.6.20"), ("2.2.4", "2.1.9")])
def test_everyone_compares_a_release_with_the_same_one(version: str, nearest: str) -> None:
    """Its log, its configuration, the settings that are known of it, what is laid over it, and who asks for it."""
    recording = read_log(BytesIO(LOG.format(version=version).encode()), "boot.log").recording
    assert f"taken from containerd {nearest}" in recording.plan.catalog.diagnostics[0].message
    assert release_of(recording) == f"containerd-{nearest}"
    assert recording.plan.catalog.semantics is open_catalog(f"containerd-{nearest}").semantics
    assert asked_for(version) == nearest
    assert shape_of(Release(version)).version == nearest
    with pytest.raises(SourceError, match=f"there is containerd-{nearest}"):
        open_catalog(f"containerd-{version}")


def test_of_two_at_the_same_distance_the_older_one_stands_in() -> None:
    """1.5 is as far from 1.3 as from 1.7, a patch as far from the one before as from the one after."""
    assert Release("1.5.9").nearest(map(Release, ["1.7.0", "1.3.0"])) == Release("1.3.0")
    assert Release("1.6.9").nearest(map(Release, ["1.6.10", "1.6.8"])) == Release("1.6.8")


def test_without_one_of_the_era_it_is_one_of_the_same_major_release() -> None:
    """2.0 is next to 1.7 in time, and words its log and names its plugins as 2.3 does."""
    assert Release("2.0.11").nearest(map(Release, ["1.7.34", "2.3.4"])) == Release("2.3.4")
    assert Release("1.2.14").nearest(map(Release, ["2.0.11", "1.7.34"])) == Release("1.7.34")


@given(versions)
def test_all_who_use_it_agree(version: str) -> None:
    """For every version from 0 to 3; a daemon of a release that is not known is told by its plugins instead."""
    release = Release(version)
    nearest = release.nearest(SHIPPED)
    assert asked_for(version) == nearest.version
    assert nearest_catalog(release) == f"containerd-{nearest.version}"
    expected = expect(version, [])
    assert expected.is_told is release.is_known
    if release.is_known:
        assert expected.nearest.version == nearest.version
        assert expected.semantics is release.era
        assert expected.is_same_minor is (nearest.minor == release.minor)
        assert release_of_catalog(Catalog([], release.era, version=version)).version == version


@given(st.one_of(versions, strange), st.lists(versions, min_size=1, max_size=8), st.randoms())
def test_the_nearest_is_of_the_same_era_and_does_not_hang_on_the_order(
    version: str, known: list[str], random: Random
) -> None:
    """And of the same minor release, if there is one."""
    release, others = Release(version), [Release(one) for one in known]
    nearest = release.nearest(others)
    assert nearest in others
    shuffled = list(others)
    random.shuffle(shuffled)
    assert release.nearest(shuffled) == nearest
    assert (nearest.minor == release.minor) is any(other.minor == release.minor for other in others)
    assert (nearest.era is release.era) is any(other.era is release.era for other in others)


@given(st.one_of(versions, strange))
def test_no_text_is_too_strange(version: str) -> None:
    """Everything can be asked of a release, whatever it says."""
    release = Release(version)
    assert release.era in Semantics
    assert release.era.is_v2 is release.is_v2
    assert release.nearest(SHIPPED) in SHIPPED
    Release.find(version)
    expect(version, [])
    shape_of(release)
    release_of_catalog(Catalog([], version=version))
    with pytest.raises(SourceError):
        open_catalog(f"containerd-{version}-")


# The shipped catalogs


@pytest.mark.parametrize("name", catalog_names())
def test_a_shipped_catalog_goes_by_the_rules_of_its_release(name: str) -> None:
    """2.0 to 2.2 are an era of their own."""
    catalog = open_catalog(name)
    assert catalog.version == catalog_release(name).version
    assert catalog.semantics is Release(catalog.version).era


@pytest.mark.parametrize(("name", "overflows"), [("2.0", True), ("2.1", True), ("2.3", False)])
def test_a_ring_is_told_in_the_words_of_the_release(name: str, overflows: bool) -> None:
    """2.3 notices it; 2.0 and 2.1 recurse until the stack overflows."""
    catalog = open_catalog(f"containerd-{name}")
    ring = [Entry(Registration("a.v1", "x", ("b.v1",))), Entry(Registration("b.v1", "y", ("a.v1",)))]
    error = make_plan(replace(catalog, entries=[*catalog.entries, *ring])).error
    assert "circular plugin dependency" in str(error)
    assert ("recurses until the stack overflows" in str(error)) is overflows


def test_one_uri_spelled_two_ways_is_a_duplicate_in_2_0() -> None:
    """2.3 compares type and id."""
    twins = [Entry(Registration("a.b", "c")), Entry(Registration("a", "b.c"))]
    for name, refused in (("2.0", True), ("2.1", True), ("2.3", False)):
        catalog = open_catalog(f"containerd-{name}")
        plan = make_plan(replace(catalog, entries=[*catalog.entries, *twins]))
        assert (plan.error is not None) is refused


def test_rules_that_name_plugins_otherwise_are_those_of_another_release() -> None:
    """All of 2.x names them alike, as 1.3 to 1.7 do: then it is the catalog's own."""
    catalog = open_catalog("containerd-2.1")
    for era, version in (
        (Semantics.V2, "2.1.9"),
        (Semantics.V2_0, "2.1.9"),
        (Semantics.V1, Release.of(Semantics.V1).version),
        (Semantics.CLASSIC, Release.of(Semantics.CLASSIC).version),
    ):
        assert release_of_catalog(catalog.under(era)).version == version
