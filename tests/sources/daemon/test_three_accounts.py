"""Real boots, told three times: by the socket, by the log, and by the prediction from the settings.

The settings know nothing of the disk. Where the fault is there, the prediction is told of that one failure, and has to
find the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sources.daemon.daemon import Daemon, Start, Told

from plugscope.boot import DiagnosticCode, Init, Outcome, Recording, make_plan, predict
from plugscope.sources import SourceError

BOLT = "io.containerd.metadata.v1.bolt"
CONTENT = "io.containerd.content.v1.content"
OVERLAY = "io.containerd.snapshotter.v1.overlayfs"
NATIVE = "io.containerd.snapshotter.v1.native"
DEVMAPPER = "io.containerd.snapshotter.v1.devmapper"
OLDEST = "1.4.13"
"""No catalog is of its minor release: what it has is its neighbours', and nothing is predicted for it."""

EXACT = ("1.6.20", "2.1.9")
VERSIONS = (OLDEST, "1.6.20", "1.7.24", "2.1.9")


def agree(daemon: Daemon, *, untold: str = "") -> Recording:
    """Socket, log and prediction say the same of each plugin, their order and the causes. Gives the socket's account.

    ``untold``: the plugin whose failure the settings do not tell of.
    """
    seen = daemon.by_socket()
    assert Told.by(seen) == Told.by(daemon.by_log())
    if daemon.version != OLDEST:
        assert_foretold(daemon, expected(daemon, untold, seen), seen)
    return seen


def assert_foretold(daemon: Daemon, predicted: Recording, seen: Recording) -> None:
    """The order is known where the shipped catalog is of the very release: another patch of 1.7 was built with another
    Go, and starts its plugins in another order."""
    foretold, found = Told.by(predicted), Told.by(seen)
    assert foretold.unordered() == found.unordered()
    if daemon.version in EXACT:
        assert foretold.order == found.order


def expected(daemon: Daemon, untold: str, seen: Recording) -> Recording:
    """The prediction from the settings, told what came of one plugin."""
    if not untold:
        return daemon.by_config()
    catalog = daemon.catalog()
    entry = catalog.find(untold)
    assert entry is not None
    entry.init = Init(Outcome.ERROR, seen.by_uri[untold].error)
    return predict(make_plan(catalog))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_clean_boot(containerd: Start, version: str) -> None:
    """Nothing is disabled, nobody is a victim, and what fails of itself is devmapper, up to 1.6, beside snapshotters
    that this machine has no filesystem for."""
    daemon = containerd(version)
    seen = agree(daemon)
    causes = Told.by(seen).causes
    assert set(causes) - set(daemon.base) == ({DEVMAPPER} if version < "1.7" else set()) - set(daemon.base)
    assert not any(victims for _, victims in causes.values())
    assert not seen.plan.disabled
    assert seen.plan.catalog.version.startswith(version)
    assert all(str(daemon.folder) in path for path in _roots(seen))


def _roots(recording: Recording) -> list[str]:
    metas = [step.meta for step in recording.steps if step.meta is not None]
    roots = [meta.exports["root"] for meta in metas if "root" in meta.exports]
    assert roots
    return roots


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("disabled", [(BOLT,), (CONTENT,), (OVERLAY, NATIVE)], ids=lambda d: d[0][14:])
def test_disabled_plugins(containerd: Start, version: str, disabled: tuple[str, ...]) -> None:
    """No answer and no line names what is disabled; all three accounts do, as the cause, with the same victims."""
    quoted = ", ".join(f'"{uri}"' for uri in disabled)
    seen = Told.by(agree(containerd(version, f"disabled_plugins = [{quoted}]")))
    assert seen.disabled == set(disabled)
    blamed = {uri: victims for uri, (reason, victims) in seen.causes.items() if reason == "disabled"}
    assert blamed.keys() <= set(disabled)
    assert any(blamed.values())


def _file_at_native_root(folder: Path) -> None:
    (folder / "root").mkdir()
    (folder / "root" / NATIVE).write_text("x")


def _directory_at_the_database(folder: Path) -> None:
    (folder / "root" / BOLT / "meta.db").mkdir(parents=True)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("broken", "uri"), [(_file_at_native_root, NATIVE), (_directory_at_the_database, BOLT)]
)
def test_a_plugin_that_the_disk_breaks(
    containerd: Start, folder: Path, version: str, broken: Callable[[Path], None], uri: str
) -> None:
    """One broken snapshotter: 1.x goes on without it, in 2.x it takes the database along, and that everyone."""
    broken(folder)
    daemon = containerd(version)
    seen = Told.by(agree(daemon, untold=uri))
    reason, victims = seen.causes[uri]
    assert reason == "own-error"
    assert len(victims) == {
        NATIVE: {"1.4.13": 0, "1.6.20": 0, "1.7.24": 0, "2.1.9": 33},
        BOLT: {"1.4.13": 22, "1.6.20": 22, "1.7.24": 31, "2.1.9": 32},
    }[uri].get(version)
    assert (BOLT in victims) is (uri == NATIVE and version == "2.1.9")
    if version != OLDEST:  # the settings alone do not know
        assert uri not in Told.by(daemon.by_config()).causes


@pytest.mark.parametrize("version", VERSIONS)
def test_a_snapshotter_with_a_pool_that_is_not_there(containerd: Start, version: str) -> None:
    """The settings name the pool; that there is none is known to the daemon alone."""
    pool = f'[plugins."{DEVMAPPER}"]\npool_name = "nosuch"\nroot_path = "{{folder}}/dm"\nbase_image_size = "1GB"\n'
    seen = Told.by(agree(containerd(version, pool), untold=DEVMAPPER))
    assert seen.causes[DEVMAPPER][0] == "own-error"
    assert (BOLT in seen.causes[DEVMAPPER][1]) is (version == "2.1.9")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_required_plugin_that_is_disabled(containerd: Start, version: str) -> None:
    """The daemon ends: the socket cannot tell, the log and the settings name the plugin, which is disabled."""
    daemon = containerd(version, f'disabled_plugins = ["{OVERLAY}"]\nrequired_plugins = ["{OVERLAY}"]')
    logged = aborted(daemon)
    assert Told.by(logged).causes[OVERLAY][0] == "disabled"
    if version != OLDEST:
        predicted = daemon.by_config()
        assert_foretold(daemon, predicted, logged)
        assert predicted.boot.error == logged.boot.error


@pytest.mark.parametrize("version", VERSIONS)
def test_a_required_plugin_that_nobody_has(containerd: Start, version: str) -> None:
    """The daemon ends. The settings name the line that asks for it; the log does not know whether the name is wrong or
    the build lacks it, and calls the cause the configuration, which is no plugin."""
    missing = "io.containerd.grpc.v1.nosuch"
    daemon = containerd(version, f'required_plugins = ["{missing}"]')
    logged = aborted(daemon)
    heard = Told.by(logged)
    assert heard.causes.pop("") == ("config", frozenset())
    assert missing in logged.boot.error
    if version == OLDEST:
        return
    predicted = daemon.by_config()
    foretold = Told.by(predicted)
    assert foretold.causes.pop(missing) == ("not-registered", frozenset())
    assert foretold.unordered() == heard.unordered()
    assert (predicted.boot.stage, predicted.boot.error) == (logged.boot.stage, logged.boot.error)


def aborted(daemon: Daemon) -> Recording:
    """The log's account of a boot that ended for a required plugin; the socket has none."""
    assert daemon.process.poll() == 1
    with pytest.raises(SourceError, match=r"no such socket|nothing listens"):
        daemon.by_socket()
    logged = daemon.by_log()
    assert (logged.boot.ok, logged.boot.stage) == (False, "required-missing")
    return logged


@pytest.mark.parametrize("version", VERSIONS)
def test_a_daemon_that_does_not_say_its_version(containerd: Start, version: str) -> None:
    """Without its version service it is told by its plugins and calls; that service is what it lacks, and no other."""
    service = "io.containerd.grpc.v1.version"
    daemon = containerd(version, f'disabled_plugins = ["{service}"]')
    seen = daemon.by_socket()
    inferred = {"1.4.13": "1.6", "1.6.20": "1.6", "1.7.24": "1.7", "2.1.9": "2.1"}
    assert seen.plan.catalog.version.startswith(inferred[version])
    said = {one.code: one.message for one in seen.plan.catalog.diagnostics}
    assert "does not say its version" in said[DiagnosticCode.DAEMON_VERSION]
    if version != OLDEST:
        assert Told.by(seen) == Told.by(daemon.by_log())
        assert seen.plan.disabled_uris == [service]
    assert service in seen.plan.disabled_uris


@pytest.mark.parametrize(
    ("version", "disabled"),
    [
        ("1.6.20", "io.containerd.service.v1.introspection-service"),
        ("2.1.9", "io.containerd.warning.v1.deprecations"),
    ],
)
def test_a_daemon_that_cannot_tell_of_itself(containerd: Start, version: str, disabled: str) -> None:
    """Where introspection itself is the victim the socket says so, with the version; the log and the settings agree."""
    daemon = containerd(version, f'disabled_plugins = ["{disabled}"]')
    with pytest.raises(
        SourceError, match=rf"containerd {version}.* introspection plugins are disabled or failed"
    ):
        daemon.by_socket()
    assert Told.by(daemon.by_log()) == Told.by(daemon.by_config())
    assert "io.containerd.grpc.v1.introspection" in Told.by(daemon.by_log()).causes[disabled][1]


@pytest.mark.parametrize("version", ["1.7.24", "2.1.9"])
def test_deprecated_settings_are_told(containerd: Start, version: str) -> None:
    """The daemon knows which of its settings will not be read for much longer."""
    table = "io.containerd.grpc.v1.cri" if version < "2" else "io.containerd.cri.v1.images"
    mirrors = f'[plugins."{table}".registry.mirrors."docker.io"]\nendpoint = ["https://mirror.invalid"]\n'
    seen = containerd(version, mirrors).by_socket()
    told = [one.message for one in seen.plan.catalog.diagnostics if one.code is DiagnosticCode.DEPRECATION]
    assert any("mirrors" in words for words in told)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_daemon_tells_its_process(containerd: Start, version: str) -> None:
    """From 1.7 the process is named, as the one that was started; before, its id alone."""
    daemon = containerd(version)
    seen = daemon.by_socket()
    said = {one.code: one.message for one in seen.plan.catalog.diagnostics}[DiagnosticCode.DAEMON_PROCESS]
    uuid = (daemon.folder / "root" / "io.containerd.grpc.v1.introspection" / "uuid").read_text()
    assert uuid in said
    assert (f"process {daemon.process.pid} " in said) is (version >= "1.7")
    assert "namespace" not in said
