"""The open document: what toggling means, what comes of it, and that every change can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from tests.session.sample import document

from plugscope.boot import (
    Certainty,
    Get,
    Lookup,
    MadeLookup,
    Outcome,
    Recording,
    RecordingKind,
    Step,
    predict,
)
from plugscope.plugin import Semantics
from plugscope.session import Breakpoints, Document, SourceDocument

pytestmark = pytest.mark.usefixtures("qapp")


def names(document: Document, positions: Any) -> set[str]:
    return {document.name_of(position) for position in positions}


def at(document: Document, *uris: str) -> list[int]:
    return [document.plan.position[uri] for uri in uris]


def test_toggling_an_enabled_plugin_disables_it_and_shows_who_fails() -> None:
    """Order, prediction and impact follow at once; who only tolerates the failure goes on."""
    opened = document()
    opened.toggle(at(opened, "meta.bolt"))
    assert opened.plan.disabled_uris == ["meta.bolt"]
    assert [change.uri for change in opened.impact.to(Outcome.ERROR)] == ["gc.scheduler"]
    assert opened.predicted.by_uri["tasks.tasks"].outcome is Outcome.OK
    assert opened.replay.recording is opened.predicted


def test_toggling_a_mixed_selection_enables_what_is_off_and_leaves_the_rest() -> None:
    """Some off, some on: the sensible reading is to take all in."""
    opened = document()
    opened.toggle(at(opened, "meta.bolt"))
    opened.toggle(at(opened, "meta.bolt", "content.store"))
    assert not opened.disabled
    opened.toggle(at(opened, "meta.bolt", "content.store"))
    assert len(opened.disabled) == 2


def test_toggling_nothing_changes_nothing() -> None:
    """No undo step is left for what did nothing."""
    opened = document()
    opened.toggle([])
    opened.toggle_type("nobody")
    opened.enable_all()
    opened.set_semantics(opened.catalog.semantics)
    opened.change_breakpoints(Breakpoints())
    assert opened.undo_stack.count() == 0


def test_a_type_that_is_partly_off_is_first_disabled_whole_and_then_enabled() -> None:
    """The legend's meaning: all off unless all is off already."""
    opened = document()
    opened.toggle(at(opened, "snapshot.zfs"))
    opened.toggle_type("snapshot")
    assert names(opened, opened.disabled) == {"snapshot.native", "snapshot.zfs"}
    opened.toggle_type("snapshot")
    assert not opened.disabled
    assert opened.undo_stack.undoText() == "Enable type snapshot"


def test_what_the_source_disables_can_be_enabled() -> None:
    """A manifest's own disable list is where a person starts from, not a wall."""
    opened = document(disabled=["meta.bolt"])
    assert opened.plan.disabled_uris == ["meta.bolt"]
    opened.toggle(at(opened, "meta.bolt"))
    assert not opened.disabled
    assert opened.predicted.by_uri["gc.scheduler"].outcome is Outcome.OK
    assert opened.overrides() == {"meta.bolt": False}
    opened.enable_all()
    assert opened.plan.disabled_uris == ["meta.bolt"], "taking changes back is the source's state again"


def test_undo_names_what_it_would_take_back() -> None:
    """One plugin by name, several by number."""
    opened = document()
    opened.toggle(at(opened, "meta.bolt"))
    assert opened.undo_stack.undoText() == "Disable meta.bolt"
    opened.enable_all()
    opened.toggle(range(3))
    assert opened.undo_stack.undoText() == "Disable 3 plugins"


def test_semantics_change_the_rules_and_come_back() -> None:
    """Under v1 a failed plugin is still found; undo brings the era back."""
    opened = document()
    before = [(step.uri, step.outcome, step.error) for step in opened.predicted.steps]
    opened.set_semantics(Semantics.CLASSIC)
    assert opened.plan.semantics is Semantics.CLASSIC
    opened.undo_stack.undo()
    assert opened.catalog.semantics is Semantics.V2
    assert [(step.uri, step.outcome, step.error) for step in opened.predicted.steps] == before


def test_what_was_toggled_before_is_restored_without_an_undo_step() -> None:
    """What is no longer registered is passed over, and so is what the source says by now."""
    opened = document(disabled=("own.broken",))
    opened.restore({"meta.bolt": True, "gone.plugin": True, "own.broken": True, "tasks.tasks": False})
    assert opened.overrides() == {"meta.bolt": True}
    opened.toggle([opened.plan.position["own.broken"]])
    overrides = opened.overrides()
    assert overrides == {"meta.bolt": True, "own.broken": False}
    opened.restore(overrides)
    assert opened.overrides() == overrides
    opened = document()
    opened.restore({"meta.bolt": True})
    assert opened.plan.disabled_uris == ["meta.bolt"]
    assert not opened.undo_stack.canUndo()
    assert opened.impact.to(Outcome.ERROR)


def test_selecting_the_same_again_tells_nobody() -> None:
    """Panels echo selections to each other: it must end somewhere."""
    opened = document()
    told: list[None] = []
    opened.selection_changed.connect(lambda: told.append(None))
    opened.select([2, 1])
    opened.select({1, 2})
    assert len(told) == 1
    assert opened.selection == {1, 2}


def test_breakpoints_on_a_selection_are_one_undo_step() -> None:
    """Those that have one lose it, the others get one."""
    opened = document()
    opened.toggle_breakpoints([0, 1])
    opened.toggle_breakpoints([1, 2])
    assert opened.replay.breakpoints.positions == {0, 2}
    opened.undo_stack.undo()
    assert opened.replay.breakpoints.positions == {0, 1}


def test_the_cursor_stays_where_it_was_and_an_end_stays_the_end() -> None:
    """Toggling while stepping must not lose the place."""
    opened = document()
    opened.replay.go(2)
    opened.toggle([0])
    assert opened.replay.cursor == 2
    opened.replay.run_to_end()
    opened.toggle([1])
    assert opened.replay.cursor == len(opened.replay.steps)


# A run, and what it teaches

UNKNOWN = """
store.files
meta.bolt store
api.web meta
"""


def run_of(opened: Document) -> Recording:
    """A real run in which each plugin asked for the single one of the type that it requires."""
    steps: list[Step] = []
    for step in predict(opened.plan).steps:
        done = Step(step.index, step.position, step.entry, Outcome.OK)
        for wanted in step.entry.registration.requires:
            found = [other.uri for other in steps if other.entry.registration.type == wanted]
            done.lookups.append(MadeLookup(Lookup(Get.SINGLE, wanted), found, len(found), ""))
        steps.append(done)
    return Recording(RecordingKind.RUN, opened.plan, steps)


def test_a_run_is_shown_and_teaches_the_lookups_that_it_made() -> None:
    """What a toggle then leads to is a prediction from what was seen, and only a "may": nobody saw it fail."""
    opened = document(UNKNOWN)
    recording = run_of(opened)
    opened.take_run(recording)
    assert opened.run is recording
    assert opened.replay.recording is recording
    opened.toggle(at(opened, "store.files"))
    assert opened.run is None
    bolt = opened.predicted.by_uri["meta.bolt"]
    assert (bolt.outcome, bolt.certainty) == (Outcome.ERROR, Certainty.MAY)
    assert [made.lookup.type for made in bolt.lookups] == ["store"]
    opened.undo_stack.undo()
    assert all(step.outcome is Outcome.OK for step in opened.predicted.steps)


def test_a_run_of_another_plan_teaches_but_is_not_shown() -> None:
    """Something was toggled while it ran: its steps would contradict what the window says is disabled."""
    opened = document(UNKNOWN)
    recording = run_of(opened)
    opened.toggle(at(opened, "store.files"))
    opened.take_run(recording)
    assert opened.run is None
    assert opened.replay.recording is opened.predicted
    assert opened.plan.disabled_uris == ["store.files"]
    assert opened.predicted.by_uri["meta.bolt"].lookups, "what it showed is known all the same"


def test_the_prediction_can_be_shown_again_after_a_run() -> None:
    """Both are there to compare."""
    opened = document(UNKNOWN)
    opened.take_run(run_of(opened))
    opened.show_prediction()
    assert opened.run is None
    assert opened.replay.recording is opened.predicted


# Undo after anything


def state(opened: Document) -> tuple[object, ...]:
    """Everything that undo must bring back."""
    steps = [(s.uri, s.outcome, s.error, s.certainty, s.causes) for s in opened.predicted.steps]
    return (
        opened.toggled,
        opened.disabled,
        opened.catalog.semantics,
        opened.replay.breakpoints,
        list(opened.plan.sequence),
        steps,
        opened.impact,
        opened.predicted.boot,
    )


positions = st.frozensets(st.integers(0, 6), max_size=4)
acts: st.SearchStrategy[Callable[[SourceDocument], None]] = st.one_of(
    positions.map(lambda p: lambda d: d.toggle(p)),
    st.sampled_from(["snapshot", "meta", "absent"]).map(lambda name: lambda d: d.toggle_type(name)),
    st.just(lambda d: d.enable_all()),
    st.sampled_from(list(Semantics)).map(lambda era: lambda d: d.set_semantics(era)),
    positions.map(lambda p: lambda d: d.toggle_breakpoints(p)),
    st.just(lambda d: d.replay.step_back()),
)


@settings(max_examples=120)
@given(st.lists(acts, max_size=12), st.sampled_from([[], ["meta.bolt", "own.broken"]]), st.data())
def test_undo_and_redo_after_any_sequence_restore_exactly(
    qapp: QApplication,
    sequence: list[Callable[[SourceDocument], None]],
    disabled: list[str],
    data: st.DataObject,
) -> None:
    """Back to the beginning, forward to the end, and to any place between, everything is as it was there."""
    opened = document(disabled=disabled)
    states = {0: state(opened)}
    for act in sequence:
        act(opened)
        states[opened.undo_stack.index()] = state(opened)
    last = opened.undo_stack.count()
    for index in (0, last, data.draw(st.integers(0, last)), 0, last):
        opened.undo_stack.setIndex(index)
        assert state(opened) == states[index]


@settings(max_examples=60)
@given(positions)
def test_toggling_twice_is_the_same_as_never(qapp: QApplication, chosen: frozenset[int]) -> None:
    """Of plugins that are all on, the second toggle takes the first one back."""
    opened = document()
    before = state(opened)
    opened.toggle(chosen)
    opened.toggle(chosen)
    assert state(opened) == before
