"""What captured daemons answered, held against the truth of each boot, its log and its settings."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.sources.config.written import read
from tests.sources.daemon.captured import answer_of, reference, replies_of, truth_of
from tests.sources.daemon.daemon import Told
from tests.sources.daemon.fake import serving
from tests.sources.log.capture import captures, differences

from plugscope.boot import DiagnosticCode, Recording, diagnose
from plugscope.sources import catalog_names
from plugscope.sources.daemon import observe_daemon, recording_of
from plugscope.sources.log import read_log
from plugscope.sources.observed import over
from plugscope.sources.shipped import open_catalog

CONFIGS = Path(__file__).resolve().parents[2] / "data" / "containerd" / "captures-config"
SILENT = "1.6.20/loglevel-error-failures"
"""Its log is empty: only the daemon can tell."""


def files_of(name: str) -> dict[str, str] | None:
    """The settings of a captured boot, if they were kept."""
    version, _, case = name.partition("/")
    known: list[dict[str, Any]] = json.loads((CONFIGS / f"{version}.json").read_text("utf-8"))
    return next((one["files"] for one in known if one["case"] == case), None)


def logged(name: str) -> Recording:
    """The log's account of the same boot."""
    case, _, first = name.partition(" ")
    log = captures()[case].logs["containerd.info.log"]
    return read_log(BytesIO(log), "log", 1 if first else -1).recording


def unordered_causes(recording: Recording) -> dict[str, frozenset[str]]:
    return {cause.uri: frozenset(cause.victims) for cause in diagnose(recording).root_causes}


@pytest.mark.parametrize("name", reference())
@pytest.mark.parametrize("version", [None, ""], ids=["said", "not-said"])
def test_the_answer_of_a_real_daemon_is_explained_as_it_was(name: str, version: str | None) -> None:
    """Causes, victims, skipped and disabled are those of the truth, whether it says its version or not."""
    recording = recording_of(answer_of(name, version), "unix:///c.sock")
    assert list(differences(diagnose(recording), truth_of(name), of_log=False)) == []


def whole_logs() -> list[str]:
    """Logs made by cutting, and those at level warn and error, tell less than the daemon."""
    return [
        name
        for name in reference()
        if not name.partition("/")[2].startswith(("derived-", "loglevel-"))
        and "containerd.info.log" in captures()[name.partition(" ")[0]].logs
    ]


@pytest.mark.parametrize("name", whole_logs())
def test_the_daemon_and_its_log_tell_the_same(name: str) -> None:
    """Each plugin, in the same order, with the same causes and victims."""
    assert Told.by(recording_of(answer_of(name), "unix:///c.sock")) == Told.by(logged(name))


@pytest.mark.parametrize("name", [name for name in whole_logs() if files_of(name)])
def test_laid_over_the_settings_it_is_the_same_truth(name: str, tmp_path: Path) -> None:
    """The daemon alone, over its settings, and the log over the settings name the same causes and victims."""
    files = files_of(name)
    assert files is not None
    catalog = read(tmp_path, name.partition("/")[0], files)
    alone = recording_of(answer_of(name), "unix:///c.sock")
    assert unordered_causes(over(catalog, alone)) == unordered_causes(alone)
    assert unordered_causes(over(catalog, logged(name))) == unordered_causes(alone)


@pytest.mark.parametrize("release", catalog_names())
def test_laid_over_another_release_it_is_the_same_truth(release: str) -> None:
    """Whatever catalog it is laid over: the causes are those of the daemon that it happened in."""
    catalog = open_catalog(release)
    for name in whole_logs():
        alone = recording_of(answer_of(name), "unix:///c.sock")
        assert (name, unordered_causes(over(catalog, alone))) == (name, unordered_causes(alone))


def test_where_the_log_is_silent_the_daemon_tells_all(tmp_path: Path) -> None:
    """At level error the log is empty; the answer alone, and over the settings, has the whole truth."""
    assert captures()[SILENT].logs["containerd.info.log"] == b""
    alone = recording_of(answer_of(SILENT), "unix:///c.sock")
    laid_over = over(read(tmp_path, "1.6.20", 'version = 2\n[debug]\n  level = "error"\n'), alone)
    for recording in (alone, laid_over):
        assert list(differences(diagnose(recording), truth_of(SILENT), of_log=False)) == []


@pytest.mark.parametrize("version", ["1.2.14", "1.3.10", "1.6.20", "1.7.34", "2.0.11", "2.3.4"])
def test_a_version_that_is_not_said_is_found(folder: Path, version: str) -> None:
    """By the plugins, and by which calls the daemon has."""
    with serving(folder / "s", replies_of(f"{version}/clean-default")) as address:
        catalog = observe_daemon(address).plan.catalog
    assert catalog.version == version
    assert (
        "does not say its version"
        in {one.code: one.message for one in catalog.diagnostics}[DiagnosticCode.DAEMON_VERSION]
    )


@pytest.mark.parametrize(
    ("most_like", "answers_like", "found"),
    [("2.0.11", "1.6.20", "1."), ("1.7.34", "2.3.4", "2."), ("1.3.10", "1.2.14", "1.2.")],
)
def test_calls_weigh_more_than_likeness(folder: Path, most_like: str, answers_like: str, found: str) -> None:
    """A build with another's plugins is still of the era whose calls it has."""
    replies = {**replies_of(f"{answers_like}/clean-default")}
    plugins = next(iter(replies_of(f"{most_like}/clean-default").items()))
    for method, reply in replies_of(f"{most_like}/clean-default").items():
        if method.endswith("/Plugins"):
            plugins = (method, reply)
    replies[plugins[0]] = plugins[1]
    with serving(folder / "s", replies) as address:
        assert observe_daemon(address).plan.catalog.version.startswith(found)
