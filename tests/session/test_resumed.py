"""What a document keeps when its source tells of a boot, tells another one, or is read again."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.session.sample import document

from plugscope.boot import Recording, make_plan, predict
from plugscope.plugin import Semantics
from plugscope.session import Breakpoints, Document, SourceDocument
from plugscope.sources import Kind, Opened, Source
from plugscope.sources.shipped import open_catalog

pytestmark = pytest.mark.usefixtures("qapp")


def at(document: Document, *uris: str) -> list[int]:
    return [document.plan.position[uri] for uri in uris]


def test_what_was_observed_stands_until_something_is_toggled() -> None:
    """A source that tells of a boot shows it; a toggle predicts from it, and undo brings it back."""
    catalog = open_catalog("containerd-2.0")
    broken = predict(make_plan(catalog, ["io.containerd.metadata.v1.bolt"]))
    observed = replace(broken, kind="observed")
    opened = SourceDocument(Opened(Source(Kind.MANIFEST, "log"), catalog, observed))
    assert opened.replay.recording is observed
    assert opened.disabled == observed.plan.disabled
    opened.toggle(at(opened, "io.containerd.metadata.v1.bolt"))
    assert not opened.disabled
    assert opened.replay.recording is not observed
    assert not list(opened.predicted.failures())
    assert {change.uri for change in opened.impact.changes} >= {s.uri for s in observed.steps if s.failed}
    opened.undo_stack.undo()
    assert opened.replay.recording is observed


def observed_boot(*disabled: str) -> Recording:
    """What a source tells of a boot of the sample's plugins."""
    catalog = document().catalog
    return replace(predict(make_plan(replace(catalog, disabled=disabled))), kind="observed")


def test_what_is_observed_may_become_another() -> None:
    """It is shown in place and marked; selection and picture stay, and the marks can be taken off."""
    first = observed_boot()
    opened = SourceDocument(Opened(Source(Kind.DAEMON, "unix:///s"), first.plan.catalog, first))
    picture = opened.picture
    bolt, tasks = at(opened, "meta.bolt", "tasks.tasks")
    opened.select([tasks])
    later = observed_boot("meta.bolt")
    opened.take_observed(later, [bolt])
    assert opened.replay.recording is later
    assert opened.plan.disabled_uris == ["meta.bolt"]
    assert opened.marked == {bolt}
    assert opened.selection == {tasks}
    assert opened.picture is picture
    opened.mark(())
    assert not opened.marked


def test_what_the_user_wants_outlives_what_is_observed() -> None:
    """Who disabled a plugin wants it disabled when the daemon has done so itself, and when it does not any more."""
    first = observed_boot()
    opened = SourceDocument(Opened(Source(Kind.DAEMON, "unix:///s"), first.plan.catalog, first))
    (bolt,) = at(opened, "meta.bolt")
    opened.toggle([bolt])
    for later in (observed_boot("meta.bolt"), observed_boot("tasks.tasks")):
        opened.take_observed(later)
        assert bolt in opened.disabled
    opened.take_observed(observed_boot("tasks.tasks"))
    opened.toggle([bolt])
    assert opened.plan.disabled_uris == ["tasks.tasks"]


def test_another_era_is_kept_when_something_else_is_observed() -> None:
    """Who looks at it under other rules goes on doing so."""
    first = observed_boot()
    opened = SourceDocument(Opened(Source(Kind.DAEMON, "unix:///s"), first.plan.catalog, first))
    other = next(era for era in Semantics if era is not opened.catalog.semantics)
    opened.set_semantics(other)
    opened.take_observed(observed_boot("meta.bolt"))
    assert opened.catalog.semantics is other
    assert opened.plan.disabled_uris == ["meta.bolt"]


def test_what_a_source_lacks_for_a_moment_is_not_forgotten() -> None:
    """A file that is read half-written has none of its plugins; when they are there again, all is as it was."""
    full, empty = "a.x:\n b.y:\n c.z:", "n.new:"
    before = document(full)
    before.toggle([1])
    before.select([0])
    before.change_breakpoints(Breakpoints(frozenset((2,))))
    before.replay.go(1)
    half = document(empty)
    half.restore(before.remembered())
    half.resume(before)
    assert half.overrides() == {}
    assert half.selection == frozenset()
    after = document(full)
    after.restore(half.remembered())
    after.resume(half)
    assert after.overrides() == {"b.y": True}
    assert after.selection == {0}
    assert after.replay.breakpoints == Breakpoints(frozenset((2,)))
    after.enable_all()
    assert after.remembered() == {}


def test_the_replay_stands_where_it_stood_when_a_source_is_read_again() -> None:
    """At the same plugin, wherever that starts now; at its end, it is at its end again."""
    before = document("a.x:\n b.y:\n c.z:")
    before.replay.go(2)
    after = document("n.new:\n a.x:\n b.y:\n c.z:")
    after.resume(before)
    assert after.replay.current is not None
    assert after.replay.current.uri == "b.y"
    before.replay.run_to_end()
    after = document("a.x:\n b.y:\n c.z:\n d.new:")
    after.resume(before)
    assert after.replay.cursor == 4


def test_a_source_that_is_read_again_resumes() -> None:
    """By URI, since positions change; what is gone is not selected any more."""
    before = document("a.x:\n b.y:\n c.z:")
    before.select([0, 2])
    before.change_breakpoints(Breakpoints(frozenset((1, 2)), first_error=True))
    after = document("n.new:\n c.z:\n b.y:")
    after.resume(before)
    assert after.selection == {1}
    assert after.replay.breakpoints == Breakpoints(frozenset((1, 2)), first_error=True)
    assert not after.undo_stack.canUndo()
