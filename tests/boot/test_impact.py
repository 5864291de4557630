"""What differs between two boots."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boot.sample import catalog, catalog_of, manifests, predicted

from plugscope.boot import Catalog, Entry, Init, Known, Outcome, Recording, compare, make_plan, predict
from plugscope.plugin import Meta, Platform, Registration

STORE = """
    content.disk: = ok
    metadata.bolt content: single content
    gc.scheduler metadata: single metadata
    grpc.version:
"""


def test_a_toggle_shows_who_changes_and_why() -> None:
    """The disabled one itself, and those that fail for want of it, with error and cause."""
    it = catalog(STORE)
    impact = compare(predict(make_plan(it)), predict(make_plan(it, ["metadata.bolt"])))
    assert [(c.uri, str(c.before), str(c.after), c.causes) for c in impact.changes] == [
        ("gc.scheduler", "ok", "error", ("metadata.bolt",)),
        ("metadata.bolt", "ok", "disabled", ()),
    ]
    assert impact.changes[0].error == "no plugins registered for metadata: plugin: not found"
    assert [change.uri for change in impact.to(Outcome.ERROR)] == ["gc.scheduler"]
    assert (impact.added, impact.removed, impact.moved) == ((), (), ())
    assert bool(impact)


def test_nothing_changed_is_nothing() -> None:
    """A boot compared with itself."""
    recording = predicted(STORE)
    impact = compare(recording, recording)
    assert not impact
    assert impact.changes == ()


def test_what_comes_goes_and_requires_otherwise() -> None:
    """Between two catalogs, by URI."""
    impact = compare(predicted("a.x b:\n b.y:\n c.z:"), predicted("a.x:\n b.y:\n d.w:"))
    assert impact.added == ("d.w",)
    assert impact.removed == ("c.z",)
    assert impact.requires_changed == ("a.x",)


def test_what_a_plugin_says_about_itself_is_compared() -> None:
    """Its exports, capabilities and platforms, where it is well in both boots."""

    def boot(outcome: Outcome, meta: Meta) -> Recording:
        entry = Entry(Registration("a", "x"), (), Init(outcome, meta=meta))
        return predict(make_plan(Catalog([entry])))

    old = Meta([Platform("linux", "amd64")], {"root": "/a", "gone": "1"}, ["rbind"])
    new = Meta([Platform("linux", "arm64")], {"root": "/b"}, ["rbind", "idmap"])
    (change,) = compare(boot(Outcome.OK, old), boot(Outcome.OK, new)).meta_changed
    assert change.words() == [
        "exports root: /a to /b",
        "exports gone: 1 to nothing",
        "capability idmap new",
        "platform linux/amd64 gone",
        "platform linux/arm64 new",
    ]
    assert not compare(boot(Outcome.OK, old), boot(Outcome.OK, old.copy()))
    assert compare(boot(Outcome.OK, old), boot(Outcome.ERROR, new)).meta_changed == ()


@pytest.mark.parametrize("known", [Known.LOG, Known.INFERRED])
def test_what_a_log_does_not_tell_is_not_compared(known: Known) -> None:
    """A log beside the daemon that wrote it: the Meta that stands for the untold one is a default's."""

    def boot(root: str, known: Known) -> Recording:
        init = Init(meta=Meta(exports={"root": root}))
        return predict(make_plan(Catalog([Entry(Registration("a", "x"), (), init, known=known)])))

    assert not compare(boot("/default", known), boot("/srv", Known.LIVE))
    assert not compare(boot("/srv", Known.LIVE), boot("/default", known))
    assert compare(boot("/default", Known.DECLARED), boot("/srv", Known.LIVE))


def test_a_plugin_that_loses_its_puller_moves() -> None:
    """Disabled metadata moves content to its own turn; the others stay where they are."""
    text = "gc.x metadata:\n metadata.bolt content:\n event.e:\n content.disk:"
    it = catalog(text)
    impact = compare(predict(make_plan(it)), predict(make_plan(it, ["metadata.bolt"])))
    assert impact.moved == ("content.disk",)


@given(st.permutations(range(7)), st.sets(st.integers(0, 6)))
def test_moved_is_the_smallest_set(order: list[int], gone: set[int]) -> None:
    """Without those that moved both orders are alike, and no smaller set does that."""
    names = [f"t{n}.x" for n in range(7)]
    before = predicted("\n".join(f"{name}:" for name in names))
    after = predicted("\n".join(f"{names[n]}:" for n in order), [names[n] for n in gone])
    moved = set(compare(before, after).moved)
    old = [name for n, name in enumerate(names) if n not in gone]
    new = [names[n] for n in order if n not in gone]

    def alike_without(some: set[str]) -> bool:
        return [n for n in old if n not in some] == [n for n in new if n not in some]

    assert alike_without(moved)
    if moved:
        assert not any(alike_without(set(some)) for some in combinations(old, len(moved) - 1))


@given(manifests(), st.data())
def test_undoing_a_toggle_undoes_its_impact(shape: dict[str, object], data: st.DataObject) -> None:
    """Forth and back: the same plugins, with before and after changed over."""
    it = catalog_of(shape)
    toggled = data.draw(st.sets(st.integers(0, len(it.entries) - 1), min_size=1, max_size=2))
    one, other = predict(make_plan(it)), predict(make_plan(it, toggled=toggled))
    forth, back = compare(one, other), compare(other, one)
    assert {(c.uri, c.before, c.after) for c in forth.changes if c.before is not c.after} == {
        (c.uri, c.after, c.before) for c in back.changes if c.before is not c.after
    }
    assert (forth.added, forth.removed) == (back.removed, back.added) == ((), ())
    assert len(forth.moved) == len(back.moved)


def test_a_failure_that_gets_surer_is_a_change() -> None:
    """It may have failed before, and now it will."""
    vague, sure = "b.y:\n a.x: single b ??", "b.y:\n a.x: single b"
    impact = compare(predicted(vague, ["b.y"]), predicted(sure, ["b.y"]))
    assert [(c.uri, str(c.before), str(c.after), str(c.certainty)) for c in impact.changes] == [
        ("a.x", "error", "error", "will")
    ]


@pytest.mark.parametrize("size", [1, 3_000])
def test_a_reversed_order_moves_all_but_one(size: int) -> None:
    """At any size in moderate time."""
    text = [f"t{n}.x:" for n in range(size)]
    impact = compare(predicted("\n".join(text)), predicted("\n".join(reversed(text))))
    assert len(impact.moved) == size - 1


def test_a_plugin_that_is_there_twice_does_not_move() -> None:
    """Classic registries take it in; both orders are alike."""
    it = catalog("a.x:\n b.y:\n a.x:\n c.z:", semantics="classic")
    assert compare(predict(make_plan(it)), predict(make_plan(it, ["c.z"]))).moved == ()
