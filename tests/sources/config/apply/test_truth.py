"""What is predicted from a configuration is what the real daemon did with it.

The boots are those of captured daemons: what their introspection and their log showed. Faults that no configuration
tells of (a file where a directory should be, a port in use) were left out; see docs/config.md.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.sources.config.written import boot

from plugscope.boot import Certainty, Recording, Step, diagnose

FACTS = Path(__file__).parents[3] / "data" / "containerd" / "captures-config"
BOOTS: list[tuple[str, dict[str, Any]]] = [
    (file.stem, case) for file in sorted(FACTS.glob("*.json")) for case in json.loads(file.read_text("utf-8"))
]
CLEAN = {release: case for release, case in BOOTS if case["case"] == "clean-default"}
CASES = [pytest.param(*boot, id=f"{boot[0]}-{boot[1]['case']}") for boot in BOOTS]
LATE = "io.containerd.grpc.v1.introspection"
"""Up to 1.5 it is missing from the list that it serves."""


def observed(release: str, case: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, str]]]:
    """Status, message and exports of each plugin; those that the file does not repeat are as in the clean boot."""
    clean = {row[0]: tuple(row[1:]) for row in CLEAN[release]["plugins"]}
    changed = {row[0]: tuple(row[1:]) for row in case["plugins"]}
    order = case.get("order") or list(clean)
    return {uri: changed.get(uri) or clean[uri] for uri in order}


def is_random(step: Step) -> bool:
    """Whether Go's map order decides which of several failures it names."""
    return any(lookup.unordered for lookup in step.entry.lookups or ())


@pytest.mark.parametrize(("release", "case"), CASES)
def test_the_prediction_is_what_happened(release: str, case: dict[str, Any], tmp_path: Path) -> None:
    """Status, error, exports and order of every plugin, and the end of a boot that was aborted."""
    recording = boot(tmp_path, release, case["files"])
    assert recording.boot.ok == case["ok"]
    if "abort" in case:
        assert_aborted(recording, case)
    # The capture has them as the files name them, a plan in the order of registration.
    assert recording.plan.disabled_uris == sorted(case["disabled"], key=recording.plan.position.__getitem__)
    unsure = {step.uri for step in recording.steps if step.certainty is not Certainty.WILL}
    if recording.steps:
        assert set(diagnose(recording).victims) ^ set(case["victims"]) <= unsure
    if "plugins" not in case:
        return
    real = observed(release, case)
    steps = [step for step in recording.steps if step.uri in real or step.uri != LATE]
    assert [step.uri for step in steps] == list(real)
    for step in steps:
        if step.uri not in unsure:
            assert_equal(step, *real[step.uri])


def assert_equal(step: Step, status: str, message: str, exports: dict[str, str]) -> None:
    assert (step.uri, str(step.outcome)) == (step.uri, status)
    if not is_random(step):
        assert step.error == message
    if exports and step.meta is not None:
        assert (step.uri, step.meta.exports) == (step.uri, exports)


def assert_aborted(recording: Recording, case: dict[str, Any]) -> None:
    assert recording.boot.stage == case["abort"]["stage"]
    assert in_any_order(recording.boot.error) == in_any_order(case["abort"]["message"])
    if recording.steps and case["not_reached"] is not None:
        reached = {step.uri for step in recording.steps if step.outcome != "not reached"}
        assert not reached & set(case["not_reached"])
        assert reached | set(case["not_reached"]) == {step.uri for step in recording.steps}


def in_any_order(message: str) -> str:
    """Several missing plugins are named in the order of a Go map."""
    return re.sub(r"\[(.*)\]", lambda found: f"[{' '.join(sorted(found[1].split()))}]", message)


def test_every_boot_is_there() -> None:
    """114 boots of six releases, 28 of them aborted."""
    assert len(BOOTS) == 114
    assert sum("abort" in case for _, case in BOOTS) == 28
