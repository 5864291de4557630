"""What differs between any two boots, compared with a look at each plugin; and what a log leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.boot.sample import catalog, catalog_of, manifests, predicted

from plugscope.boot import (
    BootResult,
    Cause,
    CauseReason,
    Certainty,
    Outcome,
    Recording,
    RecordingKind,
    compare,
    make_plan,
    predict,
)
from plugscope.plugin import Meta


@settings(max_examples=60)
@given(manifests(), manifests())
def test_every_difference_is_told_once_and_nothing_else(
    first: dict[str, object], second: dict[str, object]
) -> None:
    """By URI, in the order of the second boot."""
    before, after = (predict(make_plan(catalog_of(shape))) for shape in (first, second))
    impact = compare(before, after)
    old, new = before.outcomes, after.outcomes
    assert impact.added == tuple(uri for uri in new if uri not in old)
    assert impact.removed == tuple(uri for uri in old if uri not in new)
    wanted = {
        uri: (old[uri], new[uri])
        for uri in new
        if uri in old
        and (
            old[uri] is not new[uri]
            or (new[uri] is Outcome.ERROR and before.by_uri[uri].certainty is not after.by_uri[uri].certainty)
        )
    }
    assert {change.uri: (change.before, change.after) for change in impact.changes} == wanted
    assert [change.uri for change in impact.changes] == [uri for uri in new if uri in wanted]
    for change in impact.changes:
        step = after.by_uri.get(change.uri)
        assert change.error == (step.error if step else "")
        assert change.causes == tuple(c.uri for c in (step.causes if step else ()) if c.uri != change.uri)
    requires = {entry.uri: entry.registration.requires for entry in before.plan.catalog.entries}
    assert set(impact.requires_changed) == {
        entry.uri
        for entry in after.plan.catalog.entries
        if entry.uri in requires and requires[entry.uri] != entry.registration.requires
    }
    assert bool(impact) == any((impact.added, impact.removed, impact.moved, impact.requires_changed, wanted))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_changes_are_picked_by_how_they_end(outcome: Outcome) -> None:
    """What a card lists under "fail now" is what ends in an error, and so on."""
    it = catalog("a.x: = ok\n b.y: single a\n c.z: by_id a.x ~\n d.w:")
    impact = compare(predict(make_plan(it, ["d.w"])), predict(make_plan(it, ["a.x"])))
    wanted = {"a.x": Outcome.DISABLED, "b.y": Outcome.ERROR, "d.w": Outcome.OK}
    assert [c.uri for c in impact.to(outcome)] == [c.uri for c in impact.changes if wanted[c.uri] is outcome]
    assert {c.uri for c in impact.changes} == set(wanted)


def observed(text: str, *untold: str, certainty: Certainty = Certainty.WILL) -> Recording:
    """A boot as a log tells it, which says nothing of some plugins."""
    recording = predicted(text)
    for uri in untold:
        recording.by_uri[uri].certainty = Certainty.UNKNOWN
    return Recording(RecordingKind.OBSERVED, recording.plan, recording.steps, BootResult(certainty=certainty))


def test_of_an_untold_plugin_nothing_is_said() -> None:
    """It neither came nor went, nor moved, nor came out otherwise."""
    whole = predicted("a.x: = error no\n b.y:\n c.z:")
    part = observed("b.y:\n a.x:\n c.z b:", "a.x", "c.z")
    impact = compare(whole, part)
    assert impact.changes == () and impact.moved == () and impact.requires_changed == ()
    assert compare(part, whole).changes == ()


def test_what_a_part_of_a_log_lacks_did_not_go() -> None:
    """Only the boot that is told in full says that a plugin is new or gone."""
    part = observed("a.x:\n b.y:", "b.y")
    other = predicted("a.x:\n c.z:")
    assert (compare(part, other).added, compare(part, other).removed) == ((), ("b.y",))
    assert (compare(other, part).added, compare(other, part).removed) == (("b.y",), ())
    warned = observed("a.x:\n b.y:", "b.y", certainty=Certainty.MAY)
    assert compare(warned, other).added == ("c.z",)


def test_how_sure_two_accounts_are_is_no_difference() -> None:
    """Both happened. Between two predictions it is one."""
    one, other = predicted("a.x: = error no"), predicted("a.x: = error no")
    other.steps[0].certainty = Certainty.MAY
    assert [change.uri for change in compare(one, other).changes] == ["a.x"]
    as_observed = [Recording(RecordingKind.OBSERVED, r.plan, r.steps) for r in (one, other)]
    assert compare(*as_observed).changes == ()


def test_a_plugin_is_no_cause_of_itself() -> None:
    """A change names the others; many that share their causes are each told without themselves."""
    it = catalog("a.x:\n a.y:\n b.z:")
    before, after = predict(make_plan(it)), predict(make_plan(it))
    shared = (Cause("a.x", CauseReason.OWN_ERROR), Cause("a.y", CauseReason.OWN_ERROR))
    for step in after.steps:
        step.outcome, step.causes = Outcome.ERROR, shared
    assert [change.causes for change in compare(before, after).changes] == [
        ("a.y",),
        ("a.x",),
        ("a.x", "a.y"),
    ]


def test_meta_changes_tell_key_by_key() -> None:
    """Nothing is said of what stays, and order does not matter."""
    before, after = predicted("a.x: = ok"), predicted("a.x: = ok")
    before.steps[0].meta = Meta([], {"a": "1", "b": "2"}, ["x", "y"])
    after.steps[0].meta = Meta([], {"b": "2", "c": "3"}, ["y", "z"])
    (change,) = compare(before, after).meta_changed
    assert change.words() == [
        "exports a: 1 to nothing",
        "exports c: nothing to 3",
        "capability x gone",
        "capability z new",
    ]
    after.steps[0].meta = None
    assert compare(before, after).meta_changed == ()
