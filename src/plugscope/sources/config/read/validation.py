"""What is checked between reading a configuration and the first plugin.

Facts: ``ValidateV2`` and ``ValidateVersion`` of ``config.go``, ``applyFlags`` of ``command/main.go``,
``CreateTopLevelDirectories`` and ``New`` of ``server.go``.
"""

from __future__ import annotations

from plugscope.boot import DiagnosticCode, Severity
from plugscope.plugin import Stage
from plugscope.sources.toml import Location, Table

from .abort import ConfigAborted
from .duration import duration_error
from .loaded import Loaded

_LEVELS = ("panic", "fatal", "error", "warn", "warning", "info", "debug", "trace")


def validate(loaded: Loaded, last: str) -> None:
    """What is checked once all files are merged. The daemon's message names the file that it read last."""
    release, version = loaded.release, loaded.version
    if not release.max_version or (not release.is_v2 and (version or 1) < 2):
        if release.max_version and loaded.files:
            location = (
                loaded.top.location_of("version") if "version" in loaded.top else Location(loaded.files[0], 1)
            )
            text = "a version-1 configuration: plugins are named by id, and every plugin of that id is meant"
            loaded.warn(DiagnosticCode.CONFIG_VERSION_1, text, location, Severity.INFO)
        return
    where = f"failed to load TOML from {last}: "
    if version > release.max_version:
        _refuse_version(loaded, where)
    for key, word in (("disabled_plugins", "disabled plugin"), ("required_plugins", "required plugin")):
        for item, location in loaded.items(key):
            if release.uri_is_refused(item):
                raise ConfigAborted(
                    Stage.CONFIG_VALIDATE, f"{where}{_bad_uri(word, item)}", location, name=item
                )
    if not release.is_v2:
        for name, entry in loaded.top.table("plugins").entries.items():
            if release.uri_is_refused(name):
                raise ConfigAborted(
                    Stage.CONFIG_VALIDATE,
                    f"{where}{_bad_uri('plugin key', name)}",
                    entry.location,
                    name=name,
                )


def _bad_uri(word: str, name: str) -> str:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'invalid {word} URI "{quoted}" expect io.containerd.x.vx'


def _refuse_version(loaded: Loaded, where: str) -> None:
    release, version = loaded.release, loaded.version
    location = loaded.top.location_of("version")
    if not release.refuses_newer_versions:
        text = f"version {version} is newer than this release knows: it is taken for version {release.max_version}"
        loaded.warn(DiagnosticCode.CONFIG_VERSION_UNKNOWN, text, location)
        return
    words = f"unsupported config version `{version}`"
    if release.is_v2:
        most = release.max_version
        words = f"expected containerd config version equal to or less than `{most}`, got `{version}`"
    raise ConfigAborted(Stage.CONFIG_VALIDATE, where + words, location)


def check_server(loaded: Loaded) -> None:
    """What is looked at between reading and the first plugin: log, directories, timeouts."""
    top, release = loaded.top, loaded.release
    level = top.value("debug", "level")
    if level and str(level).lower() not in _LEVELS:
        raise ConfigAborted(
            Stage.LOG_SETUP, f'not a valid logrus Level: "{level}"', top.location_of("debug", "level")
        )
    form = top.value("debug", "format")
    if form and form not in ("text", "json") and release.has_format:
        raise ConfigAborted(
            Stage.LOG_SETUP, f"unknown log format: {form}", top.location_of("debug", "format")
        )
    root, state = top.value("root") or "/var/lib/containerd", top.value("state") or "/run/containerd"
    if root == state:
        key = "state" if "state" in top else "root"
        raise ConfigAborted(
            Stage.TOP_LEVEL_DIRS, "root and state must be different paths", top.location_of(key)
        )
    for name, entry in top.table("timeouts").entries.items():
        text = "" if isinstance(entry, Table) else str(entry.value)
        if duration_error(text):
            location = top.location_of("timeouts", name)
            raise ConfigAborted(Stage.SERVER_SETUP, f"unable to parse {text} into a time duration", location)
