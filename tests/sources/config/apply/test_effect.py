"""What settings change about how plugins start, plugin by plugin and release by release."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.config.written import CONFIG, read

from plugscope.boot import Certainty, Entry, Outcome, diagnose, make_plan, predict
from plugscope.sources.config.apply.effect import apply_effects
from plugscope.sources.config.apply.effective import Effective
from plugscope.sources.release import Release
from plugscope.sources.shipped import open_catalog
from plugscope.sources.toml import located

BOLT, OPT = "io.containerd.metadata.v1.bolt", "io.containerd.internal.v1.opt"
GC, TASK = "io.containerd.gc.v1.scheduler", "io.containerd.runtime.v2.task"
DEVMAPPER, OVERLAY = "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.overlayfs"
DIFF, TRANSFER = "io.containerd.service.v1.diff-service", "io.containerd.transfer.v1.local"
POOL, SIZE = 'pool_name = "pool"\nbase_image_size = ', "failed to parse base image size"
CRI, IMAGES = "io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images"


def entry_of(folder: Path, uri: str, settings: str, release: str = "2.1.9", version: int = 2) -> Entry:
    """A plugin as it is with these lines in its table."""
    found = read(folder, release, f'version = {version}\n[plugins."{uri}"]\n{settings}\n').find(uri)
    assert found is not None
    return found


def exports(entry: Entry) -> dict[str, str]:
    """What a plugin would export."""
    return {} if entry.init is None else dict(entry.init.meta.exports)


def fault(entry: Entry) -> tuple[str, str] | None:
    """The words of an init function that fails for sure, and the line that makes it."""
    if entry.init is None or entry.init.outcome is not Outcome.ERROR or not entry.init.sure:
        return None
    return entry.init.message, entry.init.location.removeprefix(f"{CONFIG}:")


@pytest.mark.parametrize("release", ["1.6.20", "1.7.34", "2.1.9"])
@pytest.mark.parametrize(
    ("policy", "exported", "words"),
    [
        ("shared", "shared", None),
        ("isolated", "isolated", None),
        ("", "shared", None),
        ("mine", "shared", "unknown policy: mine: invalid argument"),
    ],
)
def test_how_content_is_shared(
    policy: str, exported: str, words: str | None, release: str, tmp_path: Path
) -> None:
    """A word that bolt does not know is the end of it, and of all who need it."""
    entry = entry_of(tmp_path, BOLT, f'content_sharing_policy = "{policy}"', release)
    assert fault(entry) == (None if words is None else (words, "3"))
    if "policy" in exports(entry):
        assert exports(entry)["policy"] == exported
    if words is not None:
        catalog = read(
            tmp_path, release, f'version = 2\n[plugins."{BOLT}"]\ncontent_sharing_policy = "{policy}"\n'
        )
        cause = diagnose(predict(make_plan(catalog))).root_causes[0]
        assert (cause.uri, cause.location) == (BOLT, f"{CONFIG}:3")
        assert len(cause.victims) > 10


@pytest.mark.parametrize(
    ("lines", "key", "value"),
    [
        ("pause_threshold = 0.02", "PauseThreshold", "0.02"),
        ("pause_threshold = 0.9", "PauseThreshold", "0.5"),
        ("pause_threshold = -1.0", "PauseThreshold", "0"),
        ("deletion_threshold = 7", "DeletionThreshold", "7"),
        ("mutation_threshold = -7", "MutationThreshold", "0"),
        ('schedule_delay = "90s"', "ScheduleDelay", "1m30s"),
    ],
)
def test_the_collector_exports_what_it_goes_by(lines: str, key: str, value: str, tmp_path: Path) -> None:
    """In its bounds, a delay as Go prints it."""
    plain = exports(entry_of(tmp_path, GC, ""))
    if key in plain:
        assert exports(entry_of(tmp_path, GC, lines)) == {**plain, key: value}
    else:
        assert exports(entry_of(tmp_path, GC, lines)) == plain


def test_where_programs_are_kept_is_exported(tmp_path: Path) -> None:
    """An empty path is none."""
    assert exports(entry_of(tmp_path, OPT, 'path = "/srv/opt"'))["path"] == "/srv/opt"
    assert exports(entry_of(tmp_path, OPT, 'path = ""')) == exports(entry_of(tmp_path, OPT, ""))


@pytest.mark.parametrize(
    ("release", "lines", "words"),
    [
        ("1.6.20", "", "devmapper not configured"),
        ("2.1.9", POOL + '"10GB"', None),
        ("2.1.9", POOL + '"10 gib"', None),
        ("2.1.9", POOL + '"10X"', f"{SIZE}: '10X': invalid suffix: 'x'"),
        ("2.1.9", POOL + '"big"', f"{SIZE}: 'big': invalid size: 'big'"),
        ("1.6.20", POOL + '"10X"', f"{SIZE}: '10X': invalid size: '10X'"),
        ("2.1.9", POOL + '"1GB"\nfs_type = "zfs"', 'unsupported Filesystem Type: "zfs"'),
        ("1.6.20", POOL + '"1GB"\nfs_type = "ext2"', '1 error occurred:\n\t* unsupported Filesystem Type: "ext2"\n\n'),
        ("2.1.9", POOL + '"1GB"\nfs_type = "ext2"', None),
    ],
)  # fmt: skip
def test_a_thin_pool_is_checked_as_far_as_it_is_written(
    release: str, lines: str, words: str | None, tmp_path: Path
) -> None:
    """Its size and its file system; whether there is such a pool is up to the machine."""
    entry = entry_of(tmp_path, DEVMAPPER, lines, release)
    found = fault(entry)
    assert (found and found[0]) == words
    assert entry.init is not None
    if words is None:
        assert (entry.init.outcome, entry.init.sure, entry.init.location) == (
            Outcome.OK,
            False,
            f"{CONFIG}:3",
        )


@pytest.mark.parametrize("release", ["1.6.20", "2.1.9"])
@pytest.mark.parametrize(
    ("names", "missing"), [('["walking"]', None), ('["mine", "walking"]', "mine"), ("[]", None)]
)
def test_the_diff_service_takes_the_differs_it_is_told_to(
    names: str, missing: str | None, release: str, tmp_path: Path
) -> None:
    """In their order; one that nobody registers is the setting's fault."""
    entry = entry_of(tmp_path, DIFF, f"default = {names}", release)
    asked = [
        lookup.id for lookup in entry.lookups or () if lookup.type == "io.containerd.differ.v1" and lookup.id
    ]
    found = fault(entry)
    if missing is None:
        assert found is None
        assert asked == (["walking"] if "walking" in names else [])
    else:
        assert found is not None
        assert missing in found[0] and found[1] == "3"


@pytest.mark.parametrize(
    ("release", "platforms", "words"),
    [
        ("1.6.20", '["linux/amd64"]', None),
        ("1.6.20", '["l!nux"]', '"l!nux" is an invalid component of "l!nux"'),
        ("1.7.34", '["l!nux"]', '"l!nux" is an invalid OS component of "l!nux"'),
        ("2.1.9", '["linux", "l!nux"]', 'invalid platform l!nux: "l!nux" is an invalid OS component'),
    ],
)
def test_the_task_runtime_reads_its_platforms(
    release: str, platforms: str, words: str | None, tmp_path: Path
) -> None:
    """Before any lookup: the first that it cannot read is the end of it."""
    entry = entry_of(tmp_path, TASK, f"platforms = {platforms}", release)
    found = fault(entry)
    if words is None:
        assert found is None
    else:
        assert found is not None and found[0].startswith(words)
        assert entry.lookups == ()


def test_what_is_unpacked_with_what(tmp_path: Path) -> None:
    """The transfer service looks up the snapshotter and the differ of each configuration."""
    lines = 'unpack_config = [{platform = "linux/amd64", snapshotter = "native", differ = "walking"}]'
    entry = entry_of(tmp_path, TRANSFER, lines, version=3)
    asked = [(str(lookup.type).split(".")[2], lookup.id) for lookup in entry.lookups or () if lookup.id]
    assert ("snapshotter", "native") in asked and ("differ", "walking") in asked
    assert fault(entry) is None
    wrong = entry_of(tmp_path, TRANSFER, 'unpack_config = [{platform = "a/b/c/d"}]', version=3)
    found = fault(wrong)
    assert found is not None and "platform configuration a/b/c/d invalid" in found[0]


def test_a_snapshotter_elsewhere_exports_where(tmp_path: Path) -> None:
    """Of one that did not come up at its usual place nothing is sure at another."""
    assert exports(entry_of(tmp_path, OVERLAY, 'root_path = "/srv/o"'))["root"] == "/srv/o"
    btrfs = entry_of(tmp_path, "io.containerd.snapshotter.v1.btrfs", 'root_path = "/srv/b"', "1.6.20")
    assert btrfs.init is not None
    if btrfs.init.outcome is not Outcome.OK:
        assert not btrfs.init.sure and "/srv/b" in btrfs.init.message


@pytest.mark.parametrize(("release", "uri", "table"), [("1.6.20", CRI, f"{CRI}"), ("2.1.9", IMAGES, IMAGES)])
def test_cri_looks_for_the_snapshotter_it_is_told_to_use(
    release: str, uri: str, table: str, tmp_path: Path
) -> None:
    """One that there is, or one that nobody registers."""
    inner = '[plugins."{0}".containerd]\n' if release == "1.6.20" else '[plugins."{0}"]\n'
    version = 2 if release == "1.6.20" else 3
    for name, works in (("native", True), ("mine", False)):
        text = f'version = {version}\n{inner.format(table)}snapshotter = "{name}"\n'
        entry = read(tmp_path, release, text).find(uri)
        assert entry is not None
        if works:
            assert fault(entry) is None
            assert name in [lookup.id for lookup in entry.lookups or ()]
        else:
            found = fault(entry)
            assert found is not None and '"mine"' in found[0] and found[1] == "3"


@given(st.sampled_from(["1.2.14", "1.6.20", "1.7.34", "2.1.9", "2.3.4"]))
def test_without_settings_nothing_is_changed(release: str) -> None:
    """The catalogs describe releases with their defaults."""
    catalog = open_catalog(f"containerd-{release}")
    known = [entry.uri for entry in catalog.entries]
    for entry in catalog.entries:
        config = Effective(located({}, {}), {}, Release(release), known)
        same = apply_effects(entry, config)
        assert (same.registration, same.lookups) == (entry.registration, entry.lookups)
        assert same.init == entry.init or entry.uri in (CRI, "io.containerd.cri.v1.runtime")


def test_an_outcome_that_is_up_to_the_machine_may_be(tmp_path: Path) -> None:
    """And so are those who need it."""
    uri = "io.containerd.snapshotter.v1.blockfile"
    catalog = read(tmp_path, "2.1.9", f'version = 3\n[plugins."{uri}"]\nscratch_file = "/srv/scratch"\n')
    step = predict(make_plan(catalog)).by_uri[uri]
    assert (step.outcome, step.certainty) == (Outcome.OK, Certainty.MAY)
