"""Files, versions, imports and merging, as each release does it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.config.written import CONFIG, boot, codes, read, told, write

from plugscope.sources import SourceError
from plugscope.sources.config import config_catalog
from plugscope.sources.config.read import MOST_BYTES, load
from plugscope.sources.release import Release

CRI = "io.containerd.grpc.v1.cri"
NO_CRI = f'disabled_plugins = ["{CRI}"]\n'
DROP = "/etc/containerd/conf.d/10.toml"
ALL = 'imports = ["/etc/containerd/conf.d/*.toml"]\n'


@pytest.mark.parametrize(
    ("release", "version", "message"),
    [
        ("1.6.20", "9", ""),
        ("1.7.34", "3", f"failed to load TOML from {CONFIG}: unsupported config version `3`"),
        ("2.0.11", "4", "expected containerd config version equal to or less than `3`, got `4`"),
        ("2.3.4", "9", "expected containerd config version equal to or less than `4`, got `9`"),
        ("2.3.4", "4", ""),
        ("2.3.4", "1", ""),
    ],
)
def test_a_version_that_is_too_new_ends_most_releases(
    release: str, version: str, message: str, tmp_path: Path
) -> None:
    """1.6.20 takes it for its own newest, and a warning says so."""
    result = boot(tmp_path, release, f"version = {version}\n").boot
    assert message in result.error and result.ok == (not message)
    assert result.ok or result.stage == "config-validate"


@pytest.mark.parametrize(
    ("release", "name", "refused"),
    [
        ("1.6.20", "a.b.c.d", False),
        ("1.7.34", "a.b.c.d", True),
        ("1.6.20", "io.containerd.cri", True),
        ("2.1.9", "io.containerd.cri", False),
        ("2.1.9", "cri", True),
    ],
)
def test_names_are_checked_as_the_release_checks_them(
    release: str, name: str, refused: bool, tmp_path: Path
) -> None:
    """The message is the daemon's, and the problem names the line and what would work."""
    catalog = read(tmp_path, release, f'version = 2\nrequired_plugins = ["{name}"]\n')
    assert (catalog.abort is not None) == refused
    if catalog.abort is not None:
        assert catalog.abort.message == (
            f'failed to load TOML from {CONFIG}: invalid required plugin URI "{name}" expect io.containerd.x.vx'
        )
        assert catalog.abort.location == f"{CONFIG}:2"
        assert (f"{CRI} would work" in told(catalog, "config-abort")) == name.endswith("cri")


def test_a_root_that_is_the_state_ends_the_boot(tmp_path: Path) -> None:
    """Also if one of them is the default."""
    catalog = read(tmp_path, "2.1.9", 'version = 3\nroot = "/run/containerd"\n')
    assert catalog.abort is not None
    assert (catalog.abort.stage, catalog.abort.message, catalog.abort.location) == (
        "top-level-dirs",
        "root and state must be different paths",
        f"{CONFIG}:2",
    )


@pytest.mark.parametrize(
    ("setting", "stage", "message"),
    [
        ('[debug]\nlevel = "loud"\n', "log-setup", 'not a valid logrus Level: "loud"'),
        ('[debug]\nlevel = "INFO"\nformat = "xml"\n', "log-setup", "unknown log format: xml"),
        ('[timeouts]\n"a.b" = "soon"\n', "server-setup", "unable to parse soon into a time duration"),
    ],
)
def test_log_and_timeouts_end_the_boot_before_any_plugin(
    setting: str, stage: str, message: str, tmp_path: Path
) -> None:
    """Each in its stage, with its line."""
    recording = boot(tmp_path, "1.7.34", f"version = 2\n{setting}")
    assert (recording.steps, recording.boot.stage, recording.boot.error) == ([], stage, message)
    assert recording.plan.catalog.abort is not None
    assert recording.plan.catalog.abort.location == f"{CONFIG}:{1 + setting.count(chr(10))}"


def test_an_import_that_is_not_there_ends_the_boot_and_a_pattern_without_files_does_not(
    tmp_path: Path,
) -> None:
    """2.x words it without a lead."""
    absent = 'version = 2\nimports = ["/etc/containerd/absent.toml"]\n'
    words = "open /etc/containerd/absent.toml: no such file or directory"
    assert boot(tmp_path, "2.1.9", absent).boot.error == words
    assert (
        boot(tmp_path, "1.7.34", absent).boot.error
        == f"failed to load TOML: /etc/containerd/absent.toml: {words}"
    )
    catalog = read(tmp_path, "2.1.9", f"version = 2\n{ALL}")
    assert catalog.abort is None
    assert codes(catalog)["config-import-empty"] == "2"


def test_what_an_imported_file_disables_is_disabled_at_its_line(tmp_path: Path) -> None:
    """Lists of all files are joined."""
    files = {
        CONFIG: f'version = 2\n{ALL}disabled_plugins = ["io.containerd.snapshotter.v1.native"]\n',
        DROP: NO_CRI,
    }
    catalog = read(tmp_path, "2.1.9", files)
    assert catalog.disabled == ("io.containerd.snapshotter.v1.native", CRI)
    assert catalog.locations[CRI] == f"{DROP}:1"


def test_relative_patterns_follow_the_file_since_1_7(tmp_path: Path) -> None:
    """Before, they start from the daemon's working directory, and a warning says so."""
    files = {CONFIG: 'version = 2\nimports = ["conf.d/*.toml"]\n', DROP: NO_CRI}
    assert read(tmp_path, "1.7.34", files).disabled == (CRI,)
    catalog = read(tmp_path, "1.6.20", files)
    assert catalog.disabled == ()
    assert "config-import-relative" in codes(catalog)


def test_files_that_import_each_other_are_read_once(tmp_path: Path) -> None:
    """A circle is none."""
    files = {
        CONFIG: f"version = 2\n{ALL}",
        DROP: f'version = 2\n{ALL}imports = ["{CONFIG}"]\n'.replace(ALL, ""),
    }
    assert read(tmp_path, "2.1.9", files).abort is None


def test_a_newer_import_ends_2_3_alone(tmp_path: Path) -> None:
    """In 2.0 to 2.2 it lifts the version of all, which keeps the first file from being migrated."""
    files = {CONFIG: f"version = 2\n{ALL}", DROP: f"version = 3\n{NO_CRI}"}
    assert boot(tmp_path, "2.3.4", files).boot.error == (
        "drop-in config version 3 higher than root config version 2"
    )
    assert read(tmp_path, "2.1.9", files).disabled == (CRI,)


def test_a_later_table_replaces_in_1_x_and_is_merged_in_2_x(tmp_path: Path) -> None:
    """With what each value came from."""
    table = '[plugins."io.containerd.gc.v1.scheduler"]\n'
    files = {
        CONFIG: f"version = 2\n{ALL}{table}pause_threshold = 0.1\nmutation_threshold = 7\n",
        DROP: f"version = 2\n{table}mutation_threshold = 0\n",
    }
    settings = {}
    for release in ("1.7.34", "2.1.9"):
        entry = read(tmp_path, release, files).find("io.containerd.gc.v1.scheduler")
        assert entry is not None
        settings[release] = {setting.key: (setting.value, setting.location) for setting in entry.settings}
    assert (
        settings["1.7.34"]["mutation_threshold"]
        == settings["2.1.9"]["mutation_threshold"]
        == (0, f"{DROP}:3")
    )
    assert settings["1.7.34"]["pause_threshold"] == (0.02, "")
    assert settings["2.1.9"]["pause_threshold"] == (0.1, f"{CONFIG}:4")
    assert settings["2.1.9"]["schedule_delay"] == ("0s", "")


def test_scalars_override_unless_they_are_zero(tmp_path: Path) -> None:
    """An empty text takes nothing back."""
    files = {
        CONFIG: f'version = 2\nroot = "/a"\nstate = "/s"\n{ALL}',
        DROP: 'version = 2\nroot = ""\nstate = "/t"\n',
    }
    catalog = read(tmp_path, "1.7.34", files)
    assert (catalog.root, catalog.state) == ("/a", "/t")


@pytest.mark.parametrize(
    ("release", "message"),
    [
        ("1.7.34", f"failed to load TOML: {CONFIG}: (3, 1): missing comma"),
        (
            "2.0.11",
            "failed to unmarshal TOML at row 3 column 1: toml: array elements must be separated by commas",
        ),
    ],
)
def test_a_file_that_is_no_toml_ends_the_boot_at_its_line(release: str, message: str, tmp_path: Path) -> None:
    """In the words of the library that the release reads with."""
    catalog = read(tmp_path, release, 'version = 2\ndisabled_plugins = ["a.b.c.d"\n[grpc]\n')
    assert catalog.abort is not None
    assert (catalog.abort.stage, catalog.abort.message) == ("config-load", message)
    assert catalog.abort.location == f"{CONFIG}:3"


def test_a_byte_order_mark_ends_2_x_alone(tmp_path: Path) -> None:
    """1.x reads over it."""
    assert boot(tmp_path, "1.7.34", "\ufeffversion = 2\n").boot.ok
    assert boot(tmp_path, "2.1.9", "\ufeffversion = 2\n").boot.stage == "config-load"


def test_a_file_larger_than_any_configuration_is_not_read(tmp_path: Path) -> None:
    """Nor is a directory, nor one that is not there."""
    (tmp_path / "large.toml").write_bytes(b"#" * (MOST_BYTES + 1))
    for path, words in (
        (tmp_path / "large.toml", "larger"),
        (tmp_path, "directory"),
        (tmp_path / "x", "no such"),
    ):
        abort = load(path, Release("2.1.9")).abort
        assert abort is not None and words in abort.message


def test_the_newest_release_that_takes_the_version_is_the_default(tmp_path: Path) -> None:
    """And a sentence says so; a release that is not there is refused."""
    write(tmp_path, {"c.toml": "version = 2\n"})
    catalog = config_catalog(tmp_path / "c.toml")
    assert catalog.version == "2.3.4"
    assert "version 2" in told(catalog, "config-release")
    with pytest.raises(SourceError):
        config_catalog(tmp_path / "c.toml", "containerd-9.9")


def test_the_installed_daemon_is_asked_only_when_it_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its version decides; without one on PATH there is a sentence and no guess."""
    write(
        tmp_path,
        {"c.toml": "version = 2\n", "bin/containerd": "#!/bin/sh\necho containerd c/c v1.7.30 abc\n"},
    )
    (tmp_path / "bin" / "containerd").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    catalog = config_catalog(tmp_path / "c.toml", "ask")
    assert catalog.version == "1.7.34"
    assert "1.7.30" in told(catalog, "config-release")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match="none on PATH"):
        config_catalog(tmp_path / "c.toml", "ask")


@given(st.binary(max_size=300), st.sampled_from(["1.2.14", "1.3.10", "1.7.34", "2.1.9", "2.3.4"]))
def test_any_bytes_are_read_to_an_end(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, release: str
) -> None:
    """As a configuration, as the end of a boot, or as what no standard parser reads; never as a traceback."""
    path = tmp_path_factory.mktemp("any") / "c.toml"
    path.write_bytes(data)
    with suppress(SourceError):
        config_catalog(path, f"containerd-{release}")


_names = st.sampled_from(
    [
        "version",
        "plugins",
        "proxy_plugins",
        "imports",
        "grpc",
        "timeouts",
        "root",
        CRI,
        "disabled_plugins",
        "cri",
        "x",
    ]
)
_values = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.text(max_size=6), st.floats(allow_nan=False), st.dates()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_names, inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(_names, _values, max_size=6), st.sampled_from(["1.2.14", "1.6.20", "2.0.11", "2.3.4"]))
def test_any_document_is_understood_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object], release: str
) -> None:
    """Keys of the right name with values of any kind."""
    import tomlkit

    path = tmp_path_factory.mktemp("any") / "c.toml"
    try:
        path.write_text(tomlkit.dumps(data), "utf-8")
    except (ValueError, TypeError, UnicodeEncodeError):
        return
    config_catalog(path, f"containerd-{release}")
