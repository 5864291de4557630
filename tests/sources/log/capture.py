"""Real boots (tests/data/containerd/captures.tar.xz): logs, listings, and the truth about each."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from plugscope.boot import Certainty, Diagnosis

FILE = Path(__file__).resolve().parents[2] / "data" / "containerd" / "captures.tar.xz"

Truth = dict[str, Any]


@dataclass(frozen=True)
class Capture:
    """One case: its logs and listings by name, and the truth of each of its boots."""

    version: str
    case: str
    truths: Sequence[Truth]
    logs: dict[str, bytes] = field(default_factory=dict)
    listings: dict[str, bytes] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.version}/{self.case}"


@cache
def captures() -> dict[str, Capture]:
    """All of them, by ``version/case``."""
    files: dict[str, dict[str, bytes]] = {}
    with tarfile.open(FILE) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None and member.name.count("/") == 2:
                folder, _, name = member.name.rpartition("/")
                files.setdefault(folder, {})[name] = content.read()
    return {folder: _capture(folder, found) for folder, found in sorted(files.items())}


def _capture(folder: str, files: dict[str, bytes]) -> Capture:
    version, _, case = folder.partition("/")
    truth = json.loads(files["truth.json"])
    return Capture(
        version,
        case,
        truth.get("boots", [truth]),
        {name: data for name, data in files.items() if name.endswith(".log")},
        {name: data for name, data in files.items() if name.startswith("plugins-ls") and data},
    )


def log_of(name: str) -> bytes:
    """The plain log of a capture."""
    return captures()[name].logs["containerd.info.log"]


def differences(diagnosis: Diagnosis, truth: Truth, *, of_log: bool = True) -> Iterator[str]:
    """How a diagnosis differs from the truth; nothing if it is right."""
    ambient = set(truth.get("ambient_failures") or ())
    roots = {uri for uri in truth["expected_root_causes"] if not uri.startswith("@")}
    suspects = set(truth.get("suspected_root_causes") or ())
    found = {cause.uri for cause in diagnosis.root_causes if cause.uri}
    yield from _sets("root causes", roots, found - (ambient - roots) - suspects)
    sure = {cause.uri for cause in diagnosis.root_causes if cause.certainty is Certainty.WILL}
    yield from _sets("suspects that are held for proven", set(), suspects & sure)
    yield from _sets("victims", set(truth["victims"]), set(diagnosis.victims) - ambient)
    yield from _sets("skipped", set(truth["skipped"]), set(diagnosis.skipped))
    yield from _sets("disabled", set(truth["disabled"]), set(diagnosis.disabled))
    if of_log:
        yield from _ending(diagnosis, truth)


def _sets(what: str, expected: set[str], found: set[str]) -> Iterator[str]:
    if expected != found:
        yield f"{what}: missing {sorted(expected - found)}, too many {sorted(found - expected)}"


def _ending(diagnosis: Diagnosis, truth: Truth) -> Iterator[str]:
    boot, abort = diagnosis.boot, truth.get("abort") or {}
    ok = None if boot.certainty is Certainty.UNKNOWN else boot.ok
    if ok != truth.get("boot_ok"):
        yield f"boot ok: {ok}, expected {truth.get('boot_ok')}"
    if not boot.ok and boot.stage != abort.get("stage"):
        yield f"stage: {boot.stage}, expected {abort.get('stage')} ({boot.error})"
    if abort.get("uri") and abort["stage"] != "required-missing" and boot.uri != abort["uri"]:
        yield f"the plugin of the abort: {boot.uri}, expected {abort['uri']}"
    is_no_plugin = any(uri.startswith("@") for uri in truth["expected_root_causes"])
    if is_no_plugin != any(not cause.uri for cause in diagnosis.root_causes):
        yield f"a cause that is no plugin: expected {truth['expected_root_causes']}"
    if (diagnosis.unfinished is not None) != (abort.get("stage") == "hang"):
        yield f"unfinished: {diagnosis.unfinished}"
