"""The shipped examples show what they say they show."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.examples.opening import EXAMPLES, booted, catalog_of

from plugscope.boot import (
    CauseReason,
    Certainty,
    DiagnosticCode,
    Get,
    Outcome,
    Recording,
    Step,
    diagnose,
    lint,
    make_plan,
    predict,
)
from plugscope.plugin import CircularDependencyError, Meta, Semantics
from plugscope.sources import SourceError, examples, is_runnable, recognise
from plugscope.sources.shipped import example_names

MANIFESTS = sorted(path.stem for path in EXAMPLES.glob("*.toml"))
ORDERED = [name for name in MANIFESTS if name != "cycle"]
BOLT = "io.containerd.metadata.v1.bolt"


def outcomes(recording: Recording) -> dict[str, str]:
    """The outcome of each plugin by its URI."""
    return {step.uri: str(step.outcome) for step in recording.steps}


def test_the_index_lists_every_example_with_a_title_and_two_sentences() -> None:
    """The welcome page shows what the index says, the one to begin with first."""
    assert example_names()[0] == "teaching"
    assert sorted(example_names()) == sorted({*MANIFESTS, "shop"})
    for example in examples():
        assert 5 < len(example.title) < 40
        assert example.text.endswith(".") and example.teaches.endswith("."), example.name


def test_what_the_index_does_not_list_is_part_of_an_example() -> None:
    """A module of functions lies beside the manifest that names it, and is no example itself."""
    listed = set(example_names())
    rest = [path for path in EXAMPLES.iterdir() if path.stem not in {*listed, "index", "__pycache__"}]
    texts = [path.read_text("utf-8") for path in EXAMPLES.glob("*.toml")]
    for path in rest:
        assert any(f'init_fn = "{path.stem}:' in text for text in texts), path.name
        with pytest.raises(SourceError, match="no such example"):
            recognise(f"example:{path.stem}")


@pytest.mark.parametrize("name", ORDERED)
def test_the_prediction_of_a_manifest_is_certain(name: str) -> None:
    """Lookups and outcomes are declared throughout, so that nothing is a "may"."""
    recording = predict(make_plan(catalog_of(name)))
    assert recording.steps
    assert {step.certainty for step in recording.steps} == {Certainty.WILL}


@pytest.mark.parametrize("name", ORDERED)
def test_a_manifest_runs_as_it_is_predicted(name: str) -> None:
    """Made into init functions and really run, its lookups find what prediction says they find."""
    predicted, ran = predict(make_plan(catalog_of(name))), booted(name)
    assert [told(step) for step in ran.steps] == [told(step) for step in predicted.steps]
    assert ran.boot == predicted.boot


def told(step: Step) -> tuple[Any, ...]:
    """What a run and a prediction must agree on.

    What an init function does with the members of a ``by_type``, such as failing with one of them, belongs to the
    lookup that is declared, and comes after the lookup that is made.
    """
    lookups = [
        (made.lookup.get, made.lookup.type, made.found, made.decisive)
        if made.lookup.get is Get.BY_TYPE
        else (made.lookup.get, made.lookup.type, made.found, made.decisive, made.lookup.id, made.error)
        for made in step.lookups
    ]
    causes = {cause.uri for cause in step.causes}
    return step.uri, step.outcome, step.error, step.meta or Meta(), lookups, causes


def test_the_bakery_shows_how_requires_orders() -> None:
    """The counter, registered first, pulls all forward; the sign with ``*`` starts last; the card till skips."""
    catalog = catalog_of("teaching")
    plan = make_plan(catalog)
    assert [entry.registration.id for entry in catalog.entries][:3] == ["front", "stone", "open"]
    assert [entry.registration.id for entry in plan.ordered] == [
        "sourdough", "rye", "mains", "stone", "cash", "card", "front", "open",
    ]  # fmt: skip
    own_turn = [
        entry.registration.id for n, entry in enumerate(catalog.entries) if not plan.reason(n).pulled_in_by
    ]
    assert own_turn == ["front", "open"]
    assert [step.uri for step in predict(plan).steps if step.outcome is Outcome.SKIP] == [
        "bakery.till.v1.card"
    ]
    assert not list(predict(plan).failures())


@pytest.mark.parametrize("disabled", ["bakery.power.v1.mains", "bakery.dough.v1.rye", "bakery.till.v1.cash"])
def test_the_bakery_is_certain_whatever_is_disabled(disabled: str) -> None:
    """A learner tries things out, and each answer is one."""
    plan = make_plan(catalog_of("teaching"), [disabled])
    recording = predict(plan)
    assert {step.certainty for step in recording.steps} == {Certainty.WILL}
    assert [told(step) for step in booted("teaching", (disabled,)).steps] == list(map(told, recording.steps))


def test_nine_failures_of_the_outage_have_one_cause() -> None:
    """The disabled plugin is in no error's words; enabled again, all start."""
    catalog = catalog_of("outage")
    diagnosis = diagnose(predict(make_plan(catalog)))
    (cause,) = diagnosis.root_causes
    assert (cause.uri, cause.reason, len(cause.victims)) == (BOLT, CauseReason.DISABLED, 9)
    assert not any("disabled" in step.error for step in predict(make_plan(catalog)).steps)
    healthy = predict(make_plan(catalog, toggled=[make_plan(catalog).position[BOLT]]))
    assert not list(healthy.failures())


def test_luck_is_found_before_it_breaks() -> None:
    """Two lookups of the clock are not covered by Requires: one works, one does not, and both are reported."""
    plan = make_plan(catalog_of("luck"))
    found = {
        diagnostic.uri for diagnostic in lint(plan) if diagnostic.code is DiagnosticCode.UNDECLARED_LOOKUP
    }
    assert found == {"office.bell.v1.unlucky", "office.alarm.v1.lucky"}
    came_out = outcomes(predict(plan))
    assert came_out.pop("office.bell.v1.unlucky") == "error"
    assert set(came_out.values()) == {"ok"}


def test_a_ring_has_no_order_until_one_of_it_is_disabled() -> None:
    """The whole ring is named, in the order of the walk, and explained by the plugin that closes it."""
    catalog = catalog_of("cycle")
    plan = make_plan(catalog)
    assert isinstance(plan.error, CircularDependencyError)
    assert plan.error.cycle == ("ring.key.v1.brass", "ring.box.v1.oak", "ring.lock.v1.padlock")
    assert [cause.uri for cause in diagnose(predict(plan)).root_causes] == ["ring.key.v1.brass"]
    for uri in plan.error.cycle:
        assert make_plan(catalog, [uri]).error is None
    assert "stack overflows" in str(make_plan(catalog.under(Semantics.V1)).error)


# Every key and value of the format


def test_the_features_are_all_that_a_manifest_can_say() -> None:
    """Every key of the published schema is used, and every value of the lists that a key chooses from."""
    schema = json.loads((EXAMPLES.parent / "schema" / "manifest.schema.json").read_text("utf-8"))
    manifest = tomllib.loads((EXAMPLES / "features.toml").read_text("utf-8"))
    used: dict[str, set[str]] = {}
    for key, value in leaves(manifest):
        used.setdefault(key, set()).add(value)
    for shape in (schema, *schema["$defs"].values()):
        for key, rules in shape["properties"].items():
            assert key in used, key
            if key != "semantics":
                assert set(rules.get("enum", ())) <= used[key] | implied(key), key


def implied(key: str) -> set[str]:
    """The value that a key has when it is left out, as ``known`` does all over."""
    return {"declared"} if key == "known" else set()


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every key with what it holds, however deep; config and exports are free and not looked into."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner if isinstance(inner, str) else ""
            if name not in ("config", "exports"):
                yield from leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, key)


def test_the_features_run_a_python_function_of_their_own() -> None:
    """It lies beside the manifest; what it prints and returns is in its step."""
    assert is_runnable(catalog_of("features"))
    step = booted("features").by_uri["station.store.v1.ring"]
    assert step.returned == "collections.deque"
    assert step.output.startswith("keeping 6 hours by station.clock.v1.quartz")


def test_a_declared_root_is_not_made(tmp_path: Path) -> None:
    """Root and state that a source names are another system's; a plugin that wants a folder makes it."""
    booted("features", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_says_in_its_first_lines_what_it_is(name: str) -> None:
    """It is read in an editor as often as in the window."""
    first = (EXAMPLES / f"{name}.toml").read_text("utf-8").split("\nplugscope = 1")[0]
    assert re.fullmatch(r"(# .*\n|#\n)+(# .*)", first), first
