"""What each plugin looks like at the cursor: kept up to date by differences, and always what a fresh look gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from tests.boot.sample import catalog_of, manifests
from tests.session.sample import document, document_of

from plugscope.boot import Catalog, Cause, CauseReason, Certainty, Entry, Outcome, Step
from plugscope.plugin import Registration
from plugscope.session import Appearance, Document, Look, look_of, look_of_step
from plugscope.session.look import looks_of


def computed(opened: Document) -> list[Look]:
    """All looks, from nothing but the recording and the cursor."""
    recording = opened.replay.recording
    assert recording is not None
    looks = []
    for position in range(len(opened.catalog.entries)):
        step = recording.by_position.get(position)
        reached = step is None or step.index < opened.replay.cursor
        looks.append(look_of(recording, position) if reached else Look.PENDING)
    return looks


class Listener:
    """Knows only what it was told."""

    def __init__(self, appearance: Appearance) -> None:
        self.appearance = appearance
        self.looks = list(appearance.looks)
        appearance.reset.connect(self._take_all)
        appearance.changed.connect(self._take_some)

    def _take_all(self) -> None:
        self.looks = list(self.appearance.looks)

    def _take_some(self, diff: dict[int, Look]) -> None:
        for position, look in diff.items():
            self.looks[position] = look


@settings(max_examples=80)
@given(
    manifests(),
    st.lists(
        st.one_of(
            st.integers(0, 8).map(lambda n: ("go", n)),
            st.frozensets(st.integers(0, 6), min_size=1, max_size=3).map(lambda p: ("toggle", p)),
            st.just(("undo", None)),
        ),
        max_size=15,
    ),
)
def test_differences_add_up_to_a_full_look_at_every_cursor(
    qapp: QApplication, shape: dict[str, Any], acts: list[tuple[str, Any]]
) -> None:
    """After any moves and toggles, the looks and what a listener pieced together equal a full computation."""
    opened = document_of(catalog_of(shape))
    appearance = Appearance(opened)
    listener = Listener(appearance)
    size = len(opened.catalog.entries)
    for name, what in acts:
        if name == "go":
            opened.replay.go(what)
        elif name == "undo":
            opened.undo_stack.undo()
        else:
            opened.toggle({position for position in what if position < size})
        assert appearance.looks == computed(opened)
        assert listener.looks == appearance.looks


def test_only_what_changed_is_told(qapp: QApplication) -> None:
    """A step changes one plugin, a jump those between, and going nowhere nothing."""
    opened = document()
    opened.replay.restart()
    appearance = Appearance(opened)
    told: list[dict[int, Look]] = []
    appearance.changed.connect(told.append)
    opened.replay.step()
    opened.replay.go(4)
    opened.replay.go(4)
    assert [len(diff) for diff in told] == [1, 3]


def test_victims_skips_and_doubts_look_different_from_failures(qapp: QApplication) -> None:
    """The cause, who it took along, who skipped, who may fail: four looks."""
    opened = document("a.x : = error no\nb.v1.y a : single a\nc.v1.z : = skip\nd.v1.w a : single a ??")
    looks = Appearance(opened).looks
    assert looks == [Look.ERROR, Look.VICTIM, Look.SKIP, Look.MAY]
    assert Appearance(opened).counts()[Look.VICTIM] == 1


@pytest.mark.parametrize("certainty", Certainty)
@pytest.mark.parametrize("outcome", [Outcome.OK, Outcome.SKIP, Outcome.ERROR, Outcome.NOT_REACHED])
@pytest.mark.parametrize("cause", ["", "a.x", "b.y"])
def test_the_looks_of_many_steps_are_those_of_each(
    outcome: Outcome, certainty: Certainty, cause: str
) -> None:
    """Whatever came of it, however sure, whoever is to blame."""
    step = Step(0, 0, Entry(Registration("a", "x")), outcome, certainty=certainty)
    step.causes = (Cause(cause, CauseReason.OWN_ERROR),) if cause else ()
    assert looks_of([step, step]) == [look_of_step(step)] * 2


def test_who_starts_as_far_as_can_be_seen_is_not_said_to_fail(qapp: QApplication) -> None:
    """Those that may fail are those whose failure has a cause, in the table as on the impact card."""
    declared = (("a.v1", "off", ()), ("b.v1", "free", ()), ("d.v1", "wants", ("a.v1",)))
    opened = document_of(Catalog([Entry(Registration(*names)) for names in declared]))
    appearance = Appearance(opened)
    assert appearance.looks == [Look.UNKNOWN, Look.UNKNOWN, Look.UNKNOWN]
    opened.toggle([0])
    assert appearance.looks == [Look.DISABLED, Look.UNKNOWN, Look.MAY]
    assert appearance.looks == [look_of(opened.predicted, position) for position in range(3)]
