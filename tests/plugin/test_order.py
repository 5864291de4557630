"""The order is containerd's, era by era: a plain transcription of the Go loops says the same."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.plugin.literal import FOLLOWS, RingMet, literal_order
from tests.plugin.sample import ERAS, acceptable, any_registrations, chain, layered_registrations

from plugscope.plugin import CircularDependencyError, Order, Registration, Semantics, order_of

eras = st.sampled_from(ERAS)


def uris(registrations: Sequence[Registration]) -> list[str]:
    return [registration.uri for registration in registrations]


def subset(data: st.DataObject, size: int) -> set[int]:
    return data.draw(st.sets(st.integers(0, size - 1))) if size else set()


@settings(max_examples=800)
@given(any_registrations(), eras, st.data())
def test_the_order_is_that_of_the_literal_loops(
    registrations: list[Registration], era: Semantics, data: st.DataObject
) -> None:
    """Same order, or the same ring met first, with any part of the registry disabled."""
    registrations = acceptable(registrations, era)
    disabled = subset(data, len(registrations))
    left_out = [registrations[position] for position in disabled]
    try:
        expected = literal_order(registrations, era, left_out)
    except RingMet as met:
        with pytest.raises(CircularDependencyError) as raised:
            order_of(registrations, era, disabled)
        assert raised.value.cycle == met.ring
    else:
        order = order_of(registrations, era, disabled)
        assert uris([registrations[position] for position in order.sequence]) == uris(expected)


@given(any_registrations(), eras)
def test_a_reported_ring_is_one(registrations: list[Registration], era: Semantics) -> None:
    """Each member requires a type of the next one, and the last a type of the first."""
    registrations = acceptable(registrations, era)
    try:
        order_of(registrations, era)
    except CircularDependencyError as error:
        by_uri: dict[str, list[Registration]] = {}
        for registration in registrations:
            by_uri.setdefault(registration.uri, []).append(registration)
        ring = [*error.cycle, error.cycle[0]]
        # Two plugins of other types and ids can be spelled as one URI: each is in the ring once.
        times = Counter(error.cycle)
        assert all(times[uri] <= len(by_uri[uri]) for uri in times) or era is Semantics.CLASSIC
        for one, next_one in pairwise(ring):
            assert any(
                FOLLOWS[era](requirer, wanted, other)
                for requirer in by_uri[one]
                for wanted in requirer.requires
                for other in by_uri[next_one]
            )


@given(layered_registrations(), eras, st.data())
def test_every_enabled_plugin_starts_once(
    registrations: list[Registration], era: Semantics, data: st.DataObject
) -> None:
    """What is enabled is in the order once, what is disabled is not in it."""
    disabled = subset(data, len(registrations))
    order = order_of(registrations, era, disabled)
    assert sorted(order.sequence) == [p for p in range(len(registrations)) if p not in disabled]


@given(layered_registrations(), st.data())
def test_the_order_respects_requires(registrations: list[Registration], data: st.DataObject) -> None:
    """An enabled plugin starts after every enabled plugin of each type that it requires."""
    disabled = subset(data, len(registrations))
    sequence = order_of(registrations, Semantics.V2, disabled).sequence
    rank = {position: place for place, position in enumerate(sequence)}
    for position in sequence:
        for other in sequence:
            if registrations[other].type in registrations[position].requires:
                assert rank[other] < rank[position]


@given(layered_registrations(), eras)
def test_disabling_nothing_changes_nothing(registrations: list[Registration], era: Semantics) -> None:
    """No list, an empty list: the same order."""
    assert order_of(registrations, era) == order_of(registrations, era, ())


@given(layered_registrations(), eras, st.data())
def test_who_pulled_whom_explains_the_order(
    registrations: list[Registration], era: Semantics, data: st.DataObject
) -> None:
    """A puller requires the type it pulled through and starts later; without one, its own turn had come."""
    order = order_of(registrations, era, subset(data, len(registrations)))
    rank = {position: place for place, position in enumerate(order.sequence)}
    for position in order.sequence:
        puller = order.puller[position]
        if puller < 0:
            assert order.via[position] == ""
            assert all(
                rank[other] < rank[position]
                for other in range(position)
                if other in rank and order.puller[other] < 0
            )
        else:
            assert order.via[position] in registrations[puller].requires
            assert order.via[position] in ("*", registrations[position].type)
            assert rank[position] < rank[puller]


def test_disabled_plugins_pull_nothing_forward() -> None:
    """What only a disabled plugin pulled forward keeps the place of its own turn."""
    registrations = [
        Registration("gc", "scheduler", ["metadata"]),
        Registration("metadata", "bolt", ["content"]),
        Registration("event", "exchange"),
        Registration("content", "content"),
    ]
    assert order_of(registrations).sequence == [3, 1, 0, 2]
    assert order_of(registrations, disabled={1}).sequence == [0, 2, 3]


def test_classic_does_not_follow_what_shares_the_requirer_s_id() -> None:
    """1.0 to 1.2 compare ids: grpc.content does not pull content.content forward."""
    registrations = [Registration("grpc", "content", ["content"]), Registration("content", "content")]
    assert order_of(registrations, Semantics.CLASSIC).sequence == [0, 1]
    assert order_of(registrations, Semantics.V1).sequence == [1, 0]


def test_classic_orders_duplicates_each_in_its_place() -> None:
    """Nothing checks for duplicates before 1.3: both are started, and the set refuses the second."""
    registrations = [
        Registration("b", "x", ["a"]),
        Registration("a", "y"),
        Registration("a", "y"),
    ]
    assert order_of(registrations, Semantics.CLASSIC).sequence == [1, 2, 0]


def test_a_type_that_requires_itself_is_fine_with_one_provider() -> None:
    """Before 2.3 own types are allowed; two that want each other overflow the stack."""
    alone = [Registration("a", "x", ["a"]), Registration("a", "y")]
    assert order_of(alone, Semantics.V1).sequence == [1, 0]
    two = [Registration("a", "x", ["a"]), Registration("a", "y", ["a"])]
    with pytest.raises(CircularDependencyError) as raised:
        order_of(two, Semantics.V1)
    assert raised.value.cycle == ("a.x", "a.y")


def test_two_that_require_everything_else_are_a_ring() -> None:
    """Each waits for the other."""
    with pytest.raises(CircularDependencyError) as raised:
        order_of([Registration("a", "x", ["*"]), Registration("b", "y", ["*"])])
    assert raised.value.cycle == ("a.x", "b.y")


def test_the_words_of_a_ring_are_those_that_people_search_for() -> None:
    """Go's text first, then the whole ring in the order of the walk, closed."""
    registrations = [
        Registration("a", "x", ["b"]),
        Registration("b", "y", ["c"]),
        Registration("c", "z", ["b"]),
    ]
    with pytest.raises(CircularDependencyError) as raised:
        order_of(registrations)
    text = "circular plugin dependency at b.y: plugin: dependency loop detected"
    assert str(raised.value) == f"{text} (b.y -> c.z -> b.y)"


@pytest.mark.parametrize("era", ERAS)
def test_a_chain_of_a_hundred_thousand_is_walked(era: Semantics) -> None:
    """Depth costs no recursion: the last link starts first. All share one id but in classic, which skips those."""
    registrations = chain(100_000)
    if era is Semantics.CLASSIC:
        registrations = [Registration(r.type, str(n), r.requires) for n, r in enumerate(registrations)]
    assert order_of(registrations, era).sequence == list(range(99_999, -1, -1))
    assert sys.getrecursionlimit() < 100_000


def test_a_ring_of_a_hundred_thousand_is_reported_whole() -> None:
    """The ring closes at the last link and holds all of them."""
    registrations = [*chain(99_999), Registration("t99999", "x", ["t0"])]
    with pytest.raises(CircularDependencyError) as raised:
        order_of(registrations)
    assert len(raised.value.cycle) == 100_000
    assert raised.value.cycle[0] == "t0.x"


@pytest.mark.parametrize("era", ERAS)
def test_a_hundred_thousand_registrations_are_ordered(era: Semantics) -> None:
    """Many members of few types, one of which requires all others."""
    kinds = 50
    registrations = [Registration(f"t{n % kinds}", f"id{n}", (f"t{n % kinds + 1}",)) for n in range(100_000)]
    registrations.append(Registration("all", "of-them", ["*"]))
    registrations.append(Registration(f"t{kinds}", "bottom"))
    order: Order = order_of(registrations, era)
    assert len(order.sequence) == 100_002
    assert order.sequence[0] == 100_001
    assert order.sequence[-1] == 100_000


@given(any_registrations(), st.sampled_from([Semantics.V1, Semantics.V2_0]))
@example([Registration("a", "b.x"), Registration("a.b", "x", ["a"])], Semantics.V1)
def test_the_eras_between_differ_in_nothing_that_orders(
    registrations: list[Registration], era: Semantics
) -> None:
    """1.3 to 2.2 order alike; what changed is how disabling is remembered."""
    registrations = acceptable(registrations, era)

    def outcome(of: Semantics) -> object:
        try:
            return order_of(registrations, of).sequence
        except CircularDependencyError as error:
            return error.cycle

    assert outcome(era) == outcome(Semantics.V1)
