"""Two boots laid over each other."""

from __future__ import annotations

from hypothesis import given
from tests.boot.sample import catalog_of, manifests, predicted

from plugscope.boot import Outcome, compare, make_plan, merge_boots, predict


def test_the_plugins_of_both_are_there_once() -> None:
    """Those of the second in its order, then those that only the first has; each boot has no step for the other's."""
    union = merge_boots(predicted("a.x b:\n b.y:\n c.z:"), predicted("d.w:\n a.x d:\n b.y:"))
    assert [entry.uri for entry in union.catalog.entries] == ["d.w", "a.x", "b.y", "c.z"]
    assert (union.only_before, union.only_after) == (frozenset({3}), frozenset({0}))
    assert [(step.uri, step.position) for step in union.before.steps] == [("b.y", 2), ("a.x", 1), ("c.z", 3)]
    assert [(step.uri, step.position) for step in union.after.steps] == [("d.w", 0), ("a.x", 1), ("b.y", 2)]


def test_an_edge_of_either_is_an_edge() -> None:
    """What a plugin required before, or requires now."""
    union = merge_boots(predicted("a.x b:\n b.y:\n d.w:"), predicted("a.x d:\n b.y:\n d.w:"))
    assert union.catalog.entries[0].registration.requires == ("d", "b")
    assert union.requires == {"a.x": (("b",), ("d",))}


def test_who_pulled_whom_stays_true_of_each_boot() -> None:
    """In the first b is pulled in by a, in the second its own turn came."""
    union = merge_boots(predicted("a.x b:\n b.y:"), predicted("a.x:\n b.y:"))
    assert [union.before.plan.reason(1).pulled_in_by, union.after.plan.reason(1).pulled_in_by] == ["a.x", ""]


def test_what_is_disabled_in_one_is_disabled_in_that_one() -> None:
    """By its position in the union."""
    union = merge_boots(predicted("a.x:\n b.y:"), predicted("c.n:\n a.x:\n b.y:", ["b.y"]))
    assert union.before.plan.disabled == frozenset()
    assert union.after.plan.disabled_uris == ["b.y"]
    assert union.after.outcome_of(2) is Outcome.DISABLED


@given(manifests(), manifests())
def test_laying_over_loses_nothing(first: dict[str, object], second: dict[str, object]) -> None:
    """Order, outcomes and what differs are those of the two boots by themselves."""
    before, after = (predict(make_plan(catalog_of(shape))) for shape in (first, second))
    union = merge_boots(before, after)
    for alone, laid in ((before, union.before), (after, union.after)):
        firsts = set(alone.plan.position.values())
        assert [s.uri for s in laid.steps] == [s.uri for s in alone.steps if s.position in firsts]
        assert {s.uri: (s.outcome, s.error) for s in laid.steps} == {
            s.uri: (s.outcome, s.error) for s in alone.steps if s.position in firsts
        }
        assert all(laid.plan.catalog.entries[s.position].uri == s.uri for s in laid.steps)
    assert union.impact == compare(before, after)
