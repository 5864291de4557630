"""A real containerd in a folder of the test's own, and the three accounts of what became of its plugins."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from msgspec import Struct

from plugscope.boot import Catalog, Init, Outcome, Recording, diagnose, make_plan, predict
from plugscope.sources.config import config_catalog
from plugscope.sources.daemon import observe_daemon
from plugscope.sources.log import read_log

_BOOT_S = 60.0

Base = dict[str, Init]
"""What comes of plugins on this machine, by URI, where it is something else than their release lets expect."""


@dataclass
class Daemon:
    """One boot: ``process`` has ended if it was aborted."""

    version: str
    folder: Path
    process: subprocess.Popen[bytes]
    base: Base = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"unix://{self.folder}/c.sock"

    @property
    def release(self) -> str:
        """The shipped catalog of its minor release."""
        return f"containerd-{self.version.rpartition('.')[0]}"

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def log(self) -> bytes:
        return (self.folder / "log").read_bytes()

    # The three accounts

    def by_socket(self) -> Recording:
        """What it answers."""
        return observe_daemon(self.address)

    def by_log(self) -> Recording:
        """What it wrote while it started."""
        return read_log(BytesIO(self.log), "containerd.log").recording

    def by_config(self) -> Recording:
        """What its settings let expect, on this machine, of the release that is shipped nearest to it."""
        return predict(make_plan(self.catalog()))

    def catalog(self) -> Catalog:
        """That release under its settings, told what comes of plugins on this machine."""
        catalog = config_catalog(self.config, self.release)
        for uri, init in self.base.items():
            entry = catalog.find(uri)
            if entry is not None:
                entry.init = init
        return catalog

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(15)


Start = Callable[..., Daemon]


def boot(program: Path, version: str, folder: Path, settings: str = "", level: str = "info") -> Daemon:
    """Start a containerd and wait until it serves or has ended. ``settings`` may hold ``{folder}``.

    All that it writes is in ``folder``. Top-level settings come first in ``settings``, then its tables.
    """
    config = folder / "config.toml"
    head, tables = _split(settings.replace("{folder}", str(folder)))
    number = 3 if version.startswith("2.") else 2
    config.write_text(
        f'version = {number}\nroot = "{folder}/root"\nstate = "{folder}/state"\n{head}\n'
        f'[grpc]\naddress = "{folder}/c.sock"\n[debug]\nlevel = "{level}"\n'
        f'[plugins."io.containerd.internal.v1.opt"]\npath = "{folder}/opt"\n' + _nri(number, folder) + tables
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([str(program), "-c", str(config)], stdout=log, stderr=log)
    daemon = Daemon(version, folder, process)
    deadline = time.monotonic() + _BOOT_S
    while not _is_up(daemon) and process.poll() is None:
        if time.monotonic() > deadline:
            daemon.stop()
            raise AssertionError(f"it does not boot: {daemon.log.decode(errors='replace')}")
        time.sleep(0.05)
    return daemon


def _split(settings: str) -> tuple[str, str]:
    location = settings.find("[plugins")
    return (settings, "") if location < 0 else (settings[:location], settings[location:])


def _nri(number: int, folder: Path) -> str:
    if number < 3:
        return ""
    return f'[plugins."io.containerd.nri.v1.nri"]\nsocket_path = "{folder}/nri.sock"\n'


def _is_up(daemon: Daemon) -> bool:
    if b"successfully booted" in daemon.log:
        return True
    # At level error nothing is logged: it serves when the socket answers with the plugins.
    with suppress(Exception):
        return bool(observe_daemon(daemon.address).steps)
    return False


class Told(Struct, frozen=True):
    """What one account says: plugins in order with their outcomes, and causes with their reasons and victims."""

    outcomes: dict[str, Outcome]
    order: tuple[str, ...]
    disabled: frozenset[str]
    causes: dict[str, tuple[str, frozenset[str]]]

    @classmethod
    def by(cls, recording: Recording) -> Told:
        found = diagnose(recording)
        return cls(
            {step.uri: step.outcome for step in recording.steps},
            tuple(step.uri for step in recording.steps),
            frozenset(recording.plan.disabled_uris),
            {cause.uri: (str(cause.reason), frozenset(cause.victims)) for cause in found.root_causes},
        )

    def unordered(self) -> tuple[object, ...]:
        """All but the order."""
        return self.outcomes, self.disabled, self.causes
