"""A prediction is what a real boot does: the model itself, run with init functions that make those lookups."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boot.sample import catalog_of, manifests, real_boot

from plugscope.boot import Certainty, Outcome, Step, make_plan, predict
from plugscope.plugin import Boot, BootAborted, LookupObserver, Plugin, is_not_found, is_skip_plugin


def outcome_of(plugin: Plugin) -> Outcome:
    if plugin.err is None:
        return Outcome.OK
    return Outcome.SKIP if is_skip_plugin(plugin.err) else Outcome.ERROR


def noting_in(made: list[tuple[object, ...]]) -> LookupObserver:
    def note(kind: str, type_: str, id_: str, found: list[str], error: Exception | None) -> None:
        made.append((kind, type_, id_, found, str(error or "")))

    return note


def run(boot: Boot, lookups: dict[str, list[tuple[object, ...]]] | None = None) -> BootAborted | None:
    """Take every step; note the lookups each plugin made; give back what aborted the boot."""
    try:
        for registration in boot.ordered:
            made: list[tuple[object, ...]] = []
            if lookups is not None:
                lookups[registration.uri] = made
            boot.initialise(registration, noting_in(made))
        boot.check_required()
    except BootAborted as error:
        return error
    return None


def told(step: Step) -> list[tuple[object, ...]]:
    """A predicted step's lookups as an observer of the real ones is told them."""
    return [
        (
            str(made.lookup.get),
            "*" if made.lookup.get == "all" else made.lookup.type,
            made.lookup.id if made.lookup.get == "by_id" else "",
            made.found,
            made.error,
        )
        for made in step.lookups
    ]


def disabled_in(shape: dict[str, Any], data: st.DataObject) -> set[int]:
    return data.draw(st.sets(st.integers(0, len(shape["plugin"]) - 1), max_size=2))


@settings(max_examples=250)
@given(manifests(), st.data())
def test_a_prediction_is_what_a_real_boot_does(shape: dict[str, Any], data: st.DataObject) -> None:
    """Outcome, words, nature and lookups of every plugin, and where and why the boot ends."""
    disabled = disabled_in(shape, data)
    recording = predict(make_plan(catalog_of(shape), toggled=disabled))
    boot = real_boot(shape, disabled)
    lookups: dict[str, list[tuple[object, ...]]] = {}
    aborted = run(boot, lookups)

    reached = [step for step in recording.steps if step.outcome is not Outcome.NOT_REACHED]
    assert [(step.uri, step.outcome, step.error) for step in reached] == [
        (plugin.registration.uri, outcome_of(plugin), str(plugin.err or "")) for plugin in boot.plugins
    ]
    assert [(step.is_skip, step.is_not_found) for step in reached] == [
        (is_skip_plugin(plugin.err), is_not_found(plugin.err)) for plugin in boot.plugins
    ]
    for step in reached:
        for made, real in zip(told(step), lookups[step.uri], strict=True):
            same_call = made[0] == real[0] or {made[0], real[0]} == {"first", "single"}
            assert same_call and made[1:4] == real[1:4]
    assert (recording.boot.ok, recording.boot.error, recording.boot.stage, recording.boot.uri) == (
        (True, "", None, "") if aborted is None else (False, str(aborted), aborted.stage, aborted.uri)
    )


@settings(max_examples=200)
@given(manifests(), st.data(), st.integers(0, 1_000_000))
def test_what_will_happen_happens_in_whatever_order_go_s_maps_are(
    shape: dict[str, Any], data: st.DataObject, seed: int
) -> None:
    """Wherever the prediction says "will", a boot whose lookups see a type's plugins in random order agrees."""
    disabled = disabled_in(shape, data)
    recording = predict(make_plan(catalog_of(shape), toggled=disabled))
    boot = real_boot(shape, disabled, random.Random(seed))
    run(boot)
    real = {plugin.registration.uri: outcome_of(plugin) for plugin in boot.plugins}
    for step in recording.steps:
        if step.certainty is Certainty.WILL:
            assert real.get(step.uri, Outcome.NOT_REACHED) is step.outcome


@settings(max_examples=150)
@given(manifests(), st.data())
def test_what_will_happen_does_not_hang_on_an_unknown_policy(
    shape: dict[str, Any], data: st.DataObject
) -> None:
    """A lookup that was only seen to succeed may be fatal or tolerated: "will" holds either way."""
    vague = copy.deepcopy(shape)
    for plugin in vague["plugin"]:
        for lookup in plugin["lookups"]:
            if not lookup.get("any_of") and data.draw(st.booleans()):
                lookup["on_error"] = "unknown"
    disabled = disabled_in(shape, data)
    recording = predict(make_plan(catalog_of(vague), toggled=disabled))
    boot = real_boot(shape, disabled)
    run(boot)
    real = {plugin.registration.uri: outcome_of(plugin) for plugin in boot.plugins}
    vague_ones = {
        f"{plugin['type']}.{plugin['id']}"
        for plugin, exact in zip(vague["plugin"], shape["plugin"], strict=True)
        if any(
            one.get("on_error") == "unknown" and other.get("on_error", "fatal") == "tolerate-not-found"
            for one, other in zip(plugin["lookups"], exact["lookups"], strict=True)
        )
    }
    for step in recording.steps:
        if step.certainty is Certainty.WILL and step.uri not in vague_ones:
            assert real.get(step.uri, Outcome.NOT_REACHED) is step.outcome


@pytest.mark.parametrize("era", ["classic", "v1"])
def test_the_declared_init_function_is_what_a_worker_runs(era: str) -> None:
    """The law above holds for the very function that stands in for plugins without code."""
    shape = {
        "plugscope": 1,
        "semantics": era,
        "required": [],
        "plugin": [
            {
                "type": "a",
                "id": "x",
                "requires": [],
                "lookups": [],
                "init": {"outcome": "error", "message": "disk"},
            },
            {
                "type": "b",
                "id": "x",
                "requires": ["a"],
                "lookups": [{"get": "by_type", "type": "a", "min": 1, "absent": "no runtimes"}],
            },
        ],
    }
    boot = real_boot(shape)
    run(boot)
    assert [str(plugin.err) for plugin in boot.plugins] == ["disk", "no runtimes"]
