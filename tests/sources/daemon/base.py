"""What a containerd makes of the machine at hand, which no configuration tells: the outcome of a clean boot.

Snapshotters ask for a filesystem. That of btrfs skips on another one, but fails in a root that is no mount point, and
works on a disk of btrfs; that of overlays fails where nothing may be mounted.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from functools import cache
from pathlib import Path

from tests.sources.daemon.daemon import Base, Daemon, boot

from plugscope.boot import Outcome, Step
from plugscope.boot.catalog import Init
from plugscope.boot.diagnosis import diagnose
from plugscope.sources.shipped import catalog_names

_OF_MACHINE = "io.containerd.snapshotter.v1."
"""The plugins that may come out another way here than elsewhere. Of all others the catalogs have to be right."""

_NO_RIGHTS = ("operation not permitted", "permission denied", "read-only file system")


class Unfit(Exception):
    """Why real boots say nothing on this machine."""


@cache
def base_of(program: Path, version: str, parent: Path | None) -> Base:
    """What comes out another way in a clean boot than is expected of it.

    Raises ``Unfit`` where a snapshotter that fails takes others along, or another plugin lacks rights.
    """
    with tempfile.TemporaryDirectory(prefix="ps-", dir=parent) as name:
        daemon = boot(program, version, Path(name))
        daemon.stop()
        return _differences(daemon)


def _differences(daemon: Daemon) -> Base:
    seen = daemon.by_log()
    # Of a release that no catalog is of nothing is expected but that all is well.
    is_known = any(name.startswith(daemon.release) for name in catalog_names())
    expected = {step.uri: step.outcome for step in daemon.by_config().steps} if is_known else {}
    victims = {cause.uri: cause.victims for cause in diagnose(seen).root_causes}
    base: Base = {}
    for step in seen.steps:
        is_victim = step.outcome is Outcome.ERROR and step.uri not in victims
        if is_victim or expected.get(step.uri, Outcome.OK) is step.outcome:
            continue
        if _spoils(step, victims.get(step.uri, ())):
            raise Unfit(f"here {step.uri} of containerd {daemon.version} fails of itself: {step.error}")
        if step.uri.startswith(_OF_MACHINE):
            base[step.uri] = Init(step.outcome, step.error)
    return base


def _spoils(step: Step, victims: Collection[str]) -> bool:
    if step.uri.startswith(_OF_MACHINE):
        return bool(victims)
    return step.outcome is Outcome.ERROR and any(words in step.error for words in _NO_RIGHTS)
