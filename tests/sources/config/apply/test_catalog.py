"""A configuration applied to a release's plugins."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.config.written import CONFIG, boot, codes, read, told

from plugscope.boot import CauseReason, Certainty, Outcome, diagnose, make_plan, predict
from plugscope.plugin import Platform
from plugscope.sources import SourceError
from plugscope.sources.config.read import duration_text
from plugscope.sources.manifest import read_manifest, write_manifest

CRI = "io.containerd.grpc.v1.cri"
IMAGES = "io.containerd.cri.v1.images"
BOLT = "io.containerd.metadata.v1.bolt"
RESTART = "io.containerd.internal.v1.restart"


def test_the_line_that_disables_is_the_causes_place(tmp_path: Path) -> None:
    """What is named as the cause can be opened at its line."""
    text = f'version = 3\ndisabled_plugins = [\n  "{BOLT}",\n]\n'
    cause = diagnose(boot(tmp_path, "2.1.9", text)).root_causes[0]
    assert (cause.uri, cause.reason, cause.location) == (BOLT, CauseReason.DISABLED, f"{CONFIG}:3")


@pytest.mark.parametrize("release", ["1.6.20", "2.1.9"])
@pytest.mark.parametrize(
    "nested",
    ["a = " + "[" * 5_000, "[" + ".".join("a" * 5_000) + "]", "a = " + "{a = " * 900 + "1" + "}" * 900],
)
def test_what_nests_too_deeply_is_refused_with_a_sentence(tmp_path: Path, release: str, nested: str) -> None:
    """Also where the nesting costs the parser nothing, as that of a dotted key."""
    with pytest.raises(SourceError, match="nested too deeply to be followed"):
        read(tmp_path, release, f"version = 2\n{nested}\n")


def test_an_id_of_a_version_1_file_disables_all_that_have_it(tmp_path: Path) -> None:
    """In 1.3 to 1.7; a note says which."""
    catalog = read(tmp_path, "1.6.20", 'disabled_plugins = ["content"]\n')
    assert catalog.disabled == ("io.containerd.grpc.v1.content", "io.containerd.content.v1.content")
    assert "disables 2 plugins" in told(catalog, "disabled-several")


def test_1_2_cuts_the_first_of_an_id_for_each_entry(tmp_path: Path) -> None:
    """A second entry of the same id cuts the second plugin."""
    assert len(read(tmp_path, "1.2.14", 'disabled_plugins = ["content"]\n').disabled) == 1
    assert len(read(tmp_path, "1.2.14", 'disabled_plugins = ["content", "content"]\n').disabled) == 2


def test_2_x_guesses_what_an_ambiguous_id_means(tmp_path: Path) -> None:
    """And so does the prediction, with a warning."""
    catalog = read(tmp_path, "2.1.9", 'disabled_plugins = ["content", "walking", "scheduler"]\n')
    assert catalog.disabled == ("io.containerd.grpc.v1.content", "io.containerd.gc.v1.scheduler")
    assert "io.containerd.grpc.v1.content" in told(catalog, "config-ambiguous-id")
    assert "io.containerd.differ.v1.walking would work" in told(catalog, "disabled-unknown")


@pytest.mark.parametrize(
    ("release", "name", "hint"),
    [
        ("2.1.9", RESTART, "io.containerd.monitor.container.v1.restart would work"),
        ("2.1.9", "io.containerd.monitor.v1.cgroups", "io.containerd.monitor.task.v1.cgroups would work"),
        ("1.7.34", "io.containerd.monitor.container.v1.restart", f"{RESTART} would work"),
        ("2.1.9", "io.containerd.grpc.v1.CRI", f"{CRI} would work"),
        (
            "2.1.9",
            "io.containerd.snapshoter.v1.overlayfs",
            "io.containerd.snapshotter.v1.overlayfs would work",
        ),
        ("2.1.9", "io.containerd.snapshotter.v1.*", "patterns are not understood"),
        ("2.1.9", "io.containerd.runtime.v1.linux", "gone since 2.0"),
        ("2.1.9", "com.example.nothing.v1.at-all", "has that URI"),
    ],
)
def test_a_name_without_effect_is_told_with_the_one_that_would_work(
    release: str, name: str, hint: str, tmp_path: Path
) -> None:
    """With its line; the boot goes on as if it were not there."""
    catalog = read(tmp_path, release, f'version = 2\ndisabled_plugins = ["{name}"]\n')
    assert catalog.disabled == ()
    assert hint in told(catalog, "disabled-unknown")
    assert codes(catalog)["disabled-unknown"] == "2"


def test_a_name_that_is_like_none_is_told_without_a_guess(tmp_path: Path) -> None:
    """That all begin alike makes none like it."""
    catalog = read(tmp_path, "2.1.9", 'version = 2\ndisabled_plugins = ["io.containerd.nosuch.v1.x"]\n')
    assert "would work" not in told(catalog, "disabled-unknown")


def test_a_required_id_is_met_by_the_first_plugin_that_has_it(tmp_path: Path) -> None:
    """In a version-1 file of 1.x."""
    assert read(tmp_path, "1.6.20", 'required_plugins = ["cri"]\n').required == (CRI,)
    assert boot(tmp_path, "1.6.20", 'required_plugins = ["cri"]\n').boot.ok
    catalog = read(tmp_path, "1.6.20", 'required_plugins = ["kri"]\n')
    assert predict(make_plan(catalog)).boot.error == "required plugin [kri] not included"
    assert "cri would work" in told(catalog, "required-unknown")


def test_every_value_in_force_has_its_line_or_is_a_default(tmp_path: Path) -> None:
    """What the user set and what the release adds."""
    text = f'version = 2\n[plugins."{BOLT}"]\n  content_sharing_policy = "isolated"\n'
    entry = read(tmp_path, "2.1.9", text).find(BOLT)
    assert entry is not None
    assert entry.config == {"content_sharing_policy": "isolated"}
    assert [(one.key, one.value, one.location) for one in entry.settings] == [
        ("content_sharing_policy", "isolated", f"{CONFIG}:3"),
        ("no_sync", False, ""),
    ]
    assert entry.init is not None and entry.init.meta.exports["policy"] == "isolated"


def test_migrated_values_keep_the_line_they_were_written_on(tmp_path: Path) -> None:
    """Under the plugin that 2.x gives them to."""
    text = f'version = 2\n[plugins."{CRI}"]\n  sandbox_image = "pause"\n  max_concurrent_downloads = 7\n'
    for release in ("2.1.9", "2.3.4"):
        entry = read(tmp_path, release, text).find(IMAGES)
        assert entry is not None
        found = {one.key: (one.value, one.location) for one in entry.settings}
        assert found["pinned_images.sandbox"] == ("pause", f"{CONFIG}:3")
        assert found["max_concurrent_downloads"] == (7, f"{CONFIG}:4")


def test_a_version_1_file_loses_its_plugins_settings_in_2_0_to_2_2(tmp_path: Path) -> None:
    """Its ids are renamed, and the plugins' own migrations are not run; 2.3 runs them."""
    text = '[plugins.cri]\n  sandbox_image = "pause"\n'
    pinned = {}
    for release in ("2.1.9", "2.3.4"):
        entry = read(tmp_path, release, text).find(IMAGES)
        assert entry is not None
        pinned[release] = {one.key: one.value for one in entry.settings}["pinned_images.sandbox"]
    assert pinned == {"2.1.9": "registry.k8s.io/pause:3.10", "2.3.4": "pause"}


def test_2_3_moves_the_servers_settings_to_plugins(tmp_path: Path) -> None:
    """Its address is the gRPC server's."""
    text = 'version = 3\n[grpc]\n  address = "/run/x.sock"\n[metrics]\n  address = "127.0.0.1:1"\n'
    catalog = read(tmp_path, "2.3.4", text)
    assert catalog.address == "/run/x.sock"
    server = catalog.find("io.containerd.server.v1.grpc")
    ttrpc = catalog.find("io.containerd.server.v1.ttrpc")
    assert server is not None and ttrpc is not None
    assert server.config == {"address": "/run/x.sock"}
    assert ttrpc.config == {"address": "/run/x.sock.ttrpc"}
    assert read(tmp_path, "1.7.34", text.replace("3", "2", 1)).address == "/run/x.sock"


def test_keys_and_tables_that_nobody_reads_are_told(tmp_path: Path) -> None:
    """At the top, in a plugin's table, and whole tables."""
    text = (
        'version = 2\nno_such = 1\n[plugins."io.containerd.gc.v1.scheduler"]\n  pause = 1\n'
        f'[plugins."{RESTART}"]\n  interval = "5s"\n[plugins."io.containerd.content.v1.content"]\n  root = 1\n'
        '[plugins."io.containerd.gone.v1.away"]\n'
    )
    for release in ("1.7.34", "2.1.9"):
        catalog = read(tmp_path, release, text)
        found = {found.location.rpartition(":")[2]: found.message for found in catalog.diagnostics}
        assert "no_such" in found["2"]
        assert "no setting pause" in found["4"]
        assert "has no configuration" in found["7"]
        assert "no plugin of this release reads" in found["9"]
    assert "5" not in found  # migrated to the plugin's new name


def test_a_value_of_the_wrong_type_ends_the_boot_at_the_plugins_turn(tmp_path: Path) -> None:
    """In the release's words; without one if the plugin is disabled."""
    text = 'version = 2\n[plugins."io.containerd.gc.v1.scheduler"]\n  pause_threshold = "lots"\n'
    words = {
        "1.6.20": "(3, 3): Can't convert lots(string) to float64",
        "2.0.11": "toml: cannot decode TOML string into struct field scheduler.config.PauseThreshold of type float64",
    }
    for release, message in words.items():
        recording = boot(tmp_path, release, text)
        assert (recording.boot.error, recording.boot.stage) == (message, "plugin-config-decode")
        (cause,) = (cause for cause in diagnose(recording).root_causes if cause.reason is CauseReason.CONFIG)
        assert (cause.uri, cause.location) == ("io.containerd.gc.v1.scheduler", f"{CONFIG}:3")
    without = text.replace("2\n", '2\ndisabled_plugins = ["io.containerd.gc.v1.scheduler"]\n', 1)
    assert boot(tmp_path, "2.0.11", without).boot.ok


def test_proxies_are_plugins_that_always_come_up(tmp_path: Path) -> None:
    """With what they are configured to say of themselves."""
    text = (
        'version = 3\n[proxy_plugins.soci]\n  type = "snapshot"\n  address = "/run/s.sock"\n'
        '  platform = "linux/arm64/v8"\n  capabilities = ["lazy"]\n  [proxy_plugins.soci.exports]\n    root = "/s"\n'
    )
    catalog = read(tmp_path, "2.1.9", text)
    entry = catalog.entries[-1]
    assert (entry.uri, entry.location) == ("io.containerd.snapshotter.v1.soci", f"{CONFIG}:2")
    assert entry.init is not None
    assert entry.init.meta.exports == {"root": "/s", "address": "/run/s.sock"}
    assert entry.init.meta.platforms == [Platform("linux", "arm64", "v8")]
    assert entry.init.meta.capabilities == ["lazy"]
    assert predict(make_plan(catalog)).by_uri[entry.uri].outcome is Outcome.OK
    old = read(tmp_path, "1.6.20", text.replace("3", "2", 1)).entries[-1]
    assert old.init is not None and old.init.meta.exports == {"address": "/run/s.sock"}


@pytest.mark.parametrize(
    ("release", "name", "kind", "message"),
    [
        ("2.1.9", "x", "teapot", "panic: plugin: no type"),
        ("1.6.20", "x", "diff", "panic: plugin: no type"),
        ("1.7.34", "x", "sandbox", "panic: plugin: no type"),
        ("2.1.9", '""', "snapshot", "panic: plugin: no id"),
        (
            "2.1.9",
            "native",
            "snapshot",
            "panic: io.containerd.snapshotter.v1.native: plugin: id already registered",
        ),
    ],
)
def test_a_proxy_that_cannot_be_registered_panics(
    release: str, name: str, kind: str, message: str, tmp_path: Path
) -> None:
    """And the rest of the catalog is there to be looked at."""
    text = f'version = 2\n[proxy_plugins.{name}]\n  type = "{kind}"\n'
    recording = boot(tmp_path, release, text)
    assert (recording.boot.error, recording.boot.stage) == (message, "register-panic")
    assert recording.plan.ordered


def test_a_snapshotter_that_nobody_registers_is_the_settings_fault(tmp_path: Path) -> None:
    """One that skips is that plugin's, one that is fine is nobody's."""
    table = f'version = 3\n[plugins."{IMAGES}"]\n  snapshotter = '
    missing = diagnose(boot(tmp_path, "2.0.11", f'{table}"nosuchfs"\n')).root_causes[0]
    assert (missing.uri, missing.reason, missing.location) == (IMAGES, CauseReason.CONFIG, f"{CONFIG}:3")
    skipped = diagnose(boot(tmp_path, "2.0.11", f'{table}"zfs"\n')).root_causes[0]
    assert (skipped.uri, skipped.reason) == (
        "io.containerd.snapshotter.v1.zfs",
        CauseReason.SKIPPED_PROVIDER,
    )
    assert not diagnose(boot(tmp_path, "2.0.11", f'{table}"native"\n')).root_causes


def test_a_snapshotter_without_runtimes_is_lost_in_the_migration(tmp_path: Path) -> None:
    """2.x takes it over only from a file that configures runtimes, too."""
    text = f'version = 2\n[plugins."{CRI}".containerd]\n  snapshotter = "nosuchfs"\n'
    runtimes = f'[plugins."{CRI}".containerd.runtimes.runc]\n  runtime_type = "io.containerd.runc.v2"\n'
    assert boot(tmp_path, "2.1.9", text).by_uri[IMAGES].outcome is Outcome.OK
    assert boot(tmp_path, "2.1.9", text + runtimes).by_uri[IMAGES].outcome is Outcome.ERROR


def test_a_second_content_store_is_one_too_many_for_2_x(tmp_path: Path) -> None:
    """1.x takes any of them."""
    text = 'version = 2\n[proxy_plugins.other]\n  type = "content"\n  address = "/x"\n'
    assert boot(tmp_path, "1.6.20", text).by_uri[BOLT].outcome is Outcome.OK
    assert "multiple instances" in boot(tmp_path, "2.1.9", text).by_uri[BOLT].error


def test_a_thin_pool_is_up_to_the_machine(tmp_path: Path) -> None:
    """The snapshotter may come up, and in 2.x all that needs it may, too; a bad size fails for sure."""
    table = 'version = 2\n[plugins."io.containerd.snapshotter.v1.devmapper"]\n  pool_name = "p"\n'
    steps = boot(tmp_path, "2.1.9", f'{table}  base_image_size = "1GB"\n').by_uri
    assert steps["io.containerd.snapshotter.v1.devmapper"].certainty is Certainty.MAY
    assert steps[BOLT].certainty is Certainty.MAY
    assert boot(tmp_path, "1.6.20", table).by_uri["io.containerd.snapshotter.v1.devmapper"].error == (
        "failed to parse base image size: '': invalid size: ''"
    )


def test_directories_follow_root_and_state(tmp_path: Path) -> None:
    """In what plugins export and in the words of those that skip."""
    catalog = read(tmp_path, "1.7.34", 'version = 2\nroot = "/data/ctd"\n')
    assert catalog.root == "/data/ctd"
    entry = catalog.find("io.containerd.snapshotter.v1.btrfs")
    assert entry is not None and entry.init is not None
    assert "/data/ctd/io.containerd.snapshotter.v1.btrfs" in entry.init.message
    assert entry.init.meta.exports["root"] == "/data/ctd/io.containerd.snapshotter.v1.btrfs"


def test_a_configuration_converts_to_a_manifest_that_predicts_the_same(tmp_path: Path) -> None:
    """Disabled plugins, proxies and changed lookups are in it."""
    text = (
        f'version = 2\ndisabled_plugins = ["{CRI}"]\n[proxy_plugins.p]\n  type = "snapshot"\n  platform = "!"\n'
        '[plugins."io.containerd.service.v1.diff-service"]\n  default = ["walking", "other"]\n'
    )
    catalog = read(tmp_path, "1.7.34", text)
    again = read_manifest(write_manifest(catalog, "json").encode(), "json", "again")
    before, after = predict(make_plan(catalog)), predict(make_plan(again))
    assert [(step.uri, step.outcome, step.error) for step in before.steps] == [
        (step.uri, step.outcome, step.error) for step in after.steps
    ]


def test_what_plugins_export_of_their_settings_is_that_of_the_file(tmp_path: Path) -> None:
    """Where opt is, and what the scheduler goes by: within its bounds, and as Go prints it (tried with 1.6.20)."""
    text = (
        'version = 2\n[plugins."io.containerd.internal.v1.opt"]\n  path = "/srv/opt"\n'
        '[plugins."io.containerd.gc.v1.scheduler"]\n  pause_threshold = 0.9\n  deletion_threshold = 7\n'
        '  mutation_threshold = 0\n  schedule_delay = "90s"\n'
    )
    catalog = read(tmp_path, "1.6.20", text)
    found = [catalog.find(uri) for uri in ("io.containerd.internal.v1.opt", "io.containerd.gc.v1.scheduler")]
    assert [entry.init.meta.exports if entry and entry.init else None for entry in found] == [
        {"path": "/srv/opt"},
        {
            "PauseThreshold": "0.5",
            "DeletionThreshold": "7",
            "MutationThreshold": "0",
            "ScheduleDelay": "1m30s",
        },
    ]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("0", "0s"),
        ("0s", "0s"),
        ("100ms", "100ms"),
        ("1.5s", "1.5s"),
        ("90m", "1h30m0s"),
        ("1h0.5s", "1h0m0.5s"),
        ("1500us", "1.5ms"),
        ("7ns", "7ns"),
        ("-2m", "-2m0s"),
        ("soon", ""),
    ],
)
def test_a_duration_is_printed_as_go_does(text: str, printed: str) -> None:
    """Fractions without zeros behind, small ones in their unit."""
    assert duration_text(text) == printed
