"""The walk that orders, move by move: the same order as all at once, with the stack at each move."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plugin.sample import ERAS, acceptable, any_registrations, chain

from plugscope.boot import Move, WalkEvent, order_moves
from plugscope.plugin import CircularDependencyError, Registration, Semantics, order_of


def told(events: list[WalkEvent]) -> list[tuple[str, int, str, tuple[int, ...]]]:
    return [(str(event.move), event.position, event.type, event.stack) for event in events]


@settings(max_examples=300)
@given(any_registrations(), st.sampled_from(ERAS), st.data())
def test_the_walk_places_in_the_order_or_ends_at_its_ring(
    registrations: list[Registration], era: Semantics, data: st.DataObject
) -> None:
    """Under every era, with any part disabled."""
    registrations = acceptable(registrations, era)
    size = len(registrations)
    disabled = data.draw(st.sets(st.integers(0, size - 1))) if size else set()
    events = list(order_moves(registrations, era, disabled))
    try:
        order = order_of(registrations, era, disabled)
    except CircularDependencyError as error:
        ring = events[-1]
        assert ring.move is Move.RING
        assert tuple(registrations[position].uri for position in ring.stack) == error.cycle
        return
    assert [e.position for e in events if e.move is Move.PLACED] == order.sequence
    pulled = {e.position: (e.stack[-2], e.type) for e in events if e.move is Move.PULLED}
    assert pulled == {
        position: (order.puller[position], order.via[position])
        for position in order.sequence
        if order.puller[position] >= 0
    }


@settings(max_examples=100)
@given(any_registrations(), st.sampled_from(ERAS))
def test_the_stack_grows_and_shrinks_by_one(registrations: list[Registration], era: Semantics) -> None:
    """A turn begins it, a pull adds to it, a placing takes from it, and it is empty between turns."""
    registrations = acceptable(registrations, era)
    before: tuple[int, ...] = ()
    for event in order_moves(registrations, era):
        if event.move in (Move.TURN, Move.PULLED):
            assert event.stack == (*before, event.position)
            assert (event.move is Move.TURN) is (before == ())
        elif event.move is Move.PLACED:
            assert (*event.stack, event.position) == before
        elif event.move is Move.PASSED:
            assert before == event.stack == ()
        elif event.move is not Move.RING:
            assert event.stack == before
        before = event.stack if event.move is not Move.RING else before


def test_a_small_walk_in_full() -> None:
    """What a lesson shows: own turn, each required type, who is pulled, who was there already, who was passed."""
    registrations = [
        Registration("gc", "scheduler", ["metadata", "event"]),
        Registration("event", "exchange"),
        Registration("metadata", "bolt", ["content", "event"]),
        Registration("content", "disk"),
    ]
    assert told(list(order_moves(registrations))) == [
        ("turn", 0, "", (0,)),
        ("requires", 0, "metadata", (0,)),
        ("pulled", 2, "metadata", (0, 2)),
        ("requires", 2, "content", (0, 2)),
        ("pulled", 3, "content", (0, 2, 3)),
        ("placed", 3, "", (0, 2)),
        ("requires", 2, "event", (0, 2)),
        ("pulled", 1, "event", (0, 2, 1)),
        ("placed", 1, "", (0, 2)),
        ("placed", 2, "", (0,)),
        ("requires", 0, "event", (0,)),
        ("already", 1, "event", (0,)),
        ("placed", 0, "", ()),
        ("passed", 1, "", ()),
        ("passed", 2, "", ()),
        ("passed", 3, "", ()),
    ]


def test_a_ring_ends_the_walk() -> None:
    """The last event holds its members in order; nothing follows."""
    registrations = [
        Registration("a", "x", ["b"]),
        Registration("b", "y", ["c"]),
        Registration("c", "z", ["b"]),
        Registration("d", "w"),
    ]
    events = told(list(order_moves(registrations)))
    assert events[-1] == ("ring", 1, "b", (1, 2))


def wide(size: int) -> list[Registration]:
    """Twenty types, each requiring the next one."""
    return [Registration(f"t{n % 20}", f"id{n}", [f"t{n % 20 + 1}"]) for n in range(size)]


@pytest.mark.parametrize("make", [chain, wide])
def test_a_thousand_plugins_are_walked_in_moderate_length(
    make: Callable[[int], list[Registration]],
) -> None:
    """Moves are as many as there are resolved requirements, and no recursion is needed."""
    events = list(order_moves(make(1_000)))
    assert len([event for event in events if event.move is Move.PLACED]) == 1_000
    assert len(events) <= 60_000
