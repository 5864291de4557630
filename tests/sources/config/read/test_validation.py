"""What is checked between reading a file and the first plugin, in every era."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugscope.sources.config.read import Loaded, load
from plugscope.sources.release import Release

CRI = "io.containerd.grpc.v1.cri"
TWO_REQUIRED = f'version = 2\nrequired_plugins = ["{CRI}",\n "x"]\n'


def loaded(text: str, release: str, folder: Path) -> Loaded:
    """A file, read as a release reads it."""
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return load(path, Release(release), "c.toml")


@pytest.mark.parametrize(
    ("text", "release", "stage", "message", "line"),
    [
        ("version = 9\n", "1.7.24", "config-validate", "unsupported config version `9`", 1),
        ("\nversion = 4\n", "2.1.9", "config-validate", "equal to or less than `3`, got `4`", 2),
        ("version = 5\n", "2.3.4", "config-validate", "equal to or less than `4`, got `5`", 1),
        (
            'version = 2\ndisabled_plugins = ["cri"]\n',
            "1.6.20",
            "config-validate",
            'disabled plugin URI "cri"',
            2,
        ),
        (
            f'version = 2\nrequired_plugins = ["{CRI}",\n "x"]\n',
            "2.1.9",
            "config-validate",
            'required plugin URI "x"',
            3,
        ),
        ("version = 2\n[plugins.cri]\n", "1.7.24", "config-validate", 'plugin key URI "cri"', 2),
        ('version = 2\ndisabled_plugins = ["a.b.c.d"]\n', "1.7.24", "config-validate", '"a.b.c.d" expect', 2),
        ('[debug]\nlevel = "loud"\n', "2.1.9", "log-setup", 'not a valid logrus Level: "loud"', 2),
        ('[debug]\nformat = "xml"\n', "1.6.20", "log-setup", "unknown log format: xml", 2),
        ('root = "/x"\nstate = "/x"\n', "1.6.20", "top-level-dirs", "must be different", 2),
        ('root = "/run/containerd"\n', "2.1.9", "top-level-dirs", "must be different", 1),
        ('[timeouts]\n"a.b" = "soon"\n', "1.7.24", "server-setup", "unable to parse soon into", 2),
    ],
)
def test_a_file_that_ends_the_boot_says_where_and_why(
    text: str, release: str, stage: str, message: str, line: int, tmp_path: Path
) -> None:
    """In the daemon's words, in the stage that it ends in, at the line that did it."""
    abort = loaded(text, release, tmp_path).abort
    assert abort is not None
    assert (abort.stage, abort.location) == (stage, f"c.toml:{line}")
    assert message in abort.message


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("", "1.2.14"),
        ("version = 9\n", "1.6.20"),
        ('disabled_plugins = ["cri"]\n', "1.6.20"),
        ("version = 1\n[plugins.cri]\n", "1.7.24"),
        ("version = 2\n[plugins.cri]\n", "2.1.9"),
        ('version = 2\ndisabled_plugins = ["a.b.c.d"]\n', "1.6.20"),
        ('version = 2\ndisabled_plugins = ["a.b"]\n', "2.1.9"),
        ('[debug]\nlevel = "WARNING"\n', "2.1.9"),
        ('[debug]\nformat = "xml"\n', "1.3.10"),
        ('[debug]\nformat = "json"\nlevel = ""\n', "1.7.24"),
        ('root = "/x"\nstate = "/y"\n', "1.6.20"),
        ('[timeouts]\n"a.b" = "1h5m"\n', "1.7.24"),
        ("version = 3\n", "2.3.4"),
    ],
)
def test_what_another_release_would_refuse_this_one_takes(text: str, release: str, tmp_path: Path) -> None:
    """Each check has the release that it came with."""
    assert loaded(text, release, tmp_path).abort is None


@pytest.mark.parametrize(
    ("text", "release", "codes"),
    [
        ("version = 9\n", "1.6.20", {"config-version-unknown"}),
        ("version = 1\n", "1.6.20", {"config-version-1"}),
        ("version = 2\n", "1.6.20", set()),
        ("", "2.1.9", set()),
        ("version = 1\n", "1.2.14", set()),
        ('version = 1\ndisabled_plugins = ["content"]\n', "2.1.9", {"config-ambiguous-id"}),
        ("version = 2\n", "2.3.4", {"config-migrated"}),
        ('imports = ["*.nothing"]\n', "1.2.14", {"config-import-ignored"}),
        ('version = 2\nimports = ["/none/*.toml"]\n', "2.1.9", {"config-import-empty"}),
        (
            'version = 2\nimports = ["x/*.toml"]\n',
            "1.6.20",
            {"config-import-empty", "config-import-relative"},
        ),
        ("version = 2\nnonsense = 1\n", "2.1.9", {"config-unknown-key"}),
    ],
)
def test_what_a_daemon_only_warns_of_is_told(
    text: str, release: str, codes: set[str], tmp_path: Path
) -> None:
    """One code each, and the boot goes on."""
    found = loaded(text, release, tmp_path)
    assert found.abort is None
    assert {diagnostic.code for diagnostic in found.diagnostics} - {"config-build"} == codes


@pytest.mark.parametrize(
    ("text", "release", "by_id"),
    [
        ("", "1.6.20", True),
        ("version = 1\n", "1.3.10", True),
        ("version = 2\n", "1.6.20", False),
        ("", "2.1.9", False),
        ("version = 1\n", "2.1.9", False),
    ],
)
def test_version_1_names_plugins_by_id_in_1_x_alone(
    text: str, release: str, by_id: bool, tmp_path: Path
) -> None:
    """2.x renames them as it reads."""
    assert loaded(text, release, tmp_path).by_id is by_id
