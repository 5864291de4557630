"""Absent plugins that are blamed in words that would be the same had they been there and failed."""

from __future__ import annotations

from typing import Any

from tests.boot.sample import catalog_of

from plugscope.boot import Catalog, CauseReason, Certainty, Lookup, Outcome, Step, make_plan
from plugscope.boot.attribution import Attribution

DISABLED = "store.disk"


def shape(words: str, *, store: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """A base, a store that needs it in some way, and two that need the store."""
    user = {"get": "by_id", "type": "store", "id": "disk", "error": words}
    return {
        "plugscope": 1,
        "plugin": [
            {"type": "base", "id": "x", "lookups": []},
            {"type": "store", "id": "disk", "requires": ["base"], "lookups": list(store)},
            {"type": "user", "id": "one", "requires": ["store"], "lookups": [user]},
            {"type": "other", "id": "two", "lookups": [{"get": "by_id", "type": "base", "id": "x"}]},
        ],
    }


def settled(it: Catalog, failed: dict[str, str]) -> dict[str, Step]:
    """A boot without the store in which these failed."""
    plan = make_plan(it, [DISABLED])
    steps = []
    for index, position in enumerate(plan.sequence):
        entry = it.entries[position]
        outcome = Outcome.ERROR if entry.uri in failed else Outcome.OK
        steps.append(Step(index, position, entry, outcome, failed.get(entry.uri, "")))

    def lookups_of(uri: str) -> list[tuple[Lookup, ...]]:
        entry = it.find(uri)
        return [entry.lookups or ()] if entry is not None else []

    Attribution(plan, lookups_of).run(steps)
    return {step.uri: step for step in steps}


def test_words_that_repeat_the_lookup_s_prove_that_it_was_absent() -> None:
    """Had it been there and failed, its own error would stand there."""
    missing = "no plugins registered for store.disk: plugin: not found"
    step = settled(catalog_of(shape("cannot start: {error}")), {"user.one": f"cannot start: {missing}"})[
        "user.one"
    ]
    assert [(c.uri, c.reason) for c in step.causes] == [(DISABLED, CauseReason.DISABLED)]
    assert step.cause_certainty is Certainty.WILL


def test_fixed_words_leave_a_doubt_where_it_would_have_failed_all_the_same() -> None:
    """The base failed, and others say so: it is blamed instead, and it may be."""
    base = {"get": "by_id", "type": "base", "id": "x"}
    it = catalog_of(shape("no store", store=(base,)))
    failed = {"base.x": "base is broken", "other.two": "base is broken", "user.one": "no store"}
    step = settled(it, failed)["user.one"]
    assert [cause.uri for cause in step.causes] == ["base.x"]
    assert step.cause_certainty is Certainty.MAY


def test_fixed_words_are_believed_where_nothing_else_would_have_failed_it() -> None:
    """It needs nobody: with it there, the user would be up."""
    step = settled(catalog_of(shape("no store")), {"user.one": "no store"})["user.one"]
    assert [cause.uri for cause in step.causes] == [DISABLED]
    assert step.cause_certainty is Certainty.WILL


def test_proof_by_one_is_proof_for_all() -> None:
    """Another one's words that repeat the lookup's settle it for those whose words are fixed."""
    base = {"get": "by_id", "type": "base", "id": "x"}
    both = shape("no store", store=(base,))
    both["plugin"].append(
        {
            "type": "prover",
            "id": "z",
            "lookups": [{"get": "by_id", "type": "store", "id": "disk", "error": "prove: {error}"}],
        }
    )
    failed = {
        "base.x": "base is broken",
        "other.two": "base is broken",
        "user.one": "no store",
        "prover.z": "prove: no plugins registered for store.disk: plugin: not found",
    }
    step = settled(catalog_of(both), failed)["user.one"]
    assert [cause.uri for cause in step.causes] == [DISABLED]
