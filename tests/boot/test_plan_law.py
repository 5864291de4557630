"""Plans of any registry, compared with the order written down the plainest way."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.boot.sample import catalog
from tests.plugin.sample import ERAS, acceptable, any_registrations, layered_registrations

from plugscope.boot import Catalog, Entry, make_plan, refusals
from plugscope.plugin import CircularDependencyError, Registration, Registry, Semantics


def plainly(
    registrations: Sequence[Registration], disabled: Collection[int]
) -> tuple[list[int], dict[int, int]]:
    """Each in its turn, after all that it requires: the order, and who pulled whom forward."""
    order: list[int] = []
    puller: dict[int, int] = {}

    def place(position: int, by: int) -> None:
        if position in order:
            return
        puller[position] = by
        for wanted in registrations[position].requires:
            for other, registration in enumerate(registrations):
                if other != position and other not in disabled and wanted in ("*", registration.type):
                    place(other, position)
        order.append(position)

    for position in range(len(registrations)):
        if position not in disabled:
            place(position, -1)
    return order, puller


def catalog_with(registrations: Sequence[Registration], era: Semantics = Semantics.V2) -> Catalog:
    """A catalog of bare registrations."""
    return Catalog([Entry(registration) for registration in registrations], era)


@settings(max_examples=150)
@given(layered_registrations(), st.data())
def test_a_plan_is_the_plain_order_with_its_reasons(
    registrations: list[Registration], data: st.DataObject
) -> None:
    """Whoever is disabled: they neither start nor pull anything forward."""
    size = len(registrations)
    disabled = data.draw(st.sets(st.integers(0, size - 1))) if size else set()
    plan = make_plan(catalog_with(registrations), toggled=disabled)
    order, puller = plainly(registrations, disabled)
    assert list(plan.sequence) == order
    assert {position: plan.puller[position] for position in order} == puller
    assert [entry.registration for entry in plan.ordered] == [registrations[p] for p in order]
    assert plan.disabled == disabled
    assert plan.disabled_uris == [registrations[p].uri for p in sorted(disabled)]
    for rank, position in enumerate(order):
        assert plan.rank[position] == rank
        if puller[position] < 0:
            assert plan.reason(position).pulled_in_by == ""
            continue
        reason = plan.reason(position)
        assert reason.pulled_in_by == registrations[puller[position]].uri
        assert reason.via == registrations[position].type
        assert reason.via in registrations[puller[position]].requires


@given(layered_registrations())
def test_a_trail_ends_at_a_turn_of_its_own(registrations: list[Registration]) -> None:
    """Each link required the type of the one before, and starts after it."""
    plan = make_plan(catalog_with(registrations))
    for position in plan.sequence:
        pullers = list(plan.pullers(position))
        assert [uri for uri, _ in plan.trail(position)] == [registrations[p].uri for p in pullers]
        line = [position, *pullers]
        for one, other in itertools.pairwise(line):
            assert registrations[one].type in registrations[other].requires
            assert plan.rank[one] < plan.rank[other]
        assert plan.puller[line[-1]] == -1
        assert [via for _, via in plan.trail(position)] == [registrations[p].type for p in line[:-1]]


@settings(max_examples=150)
@given(any_registrations(), st.sampled_from(ERAS), st.data())
def test_a_plan_like_another_is_the_same_plan(
    registrations: list[Registration], era: Semantics, data: st.DataObject
) -> None:
    """What it takes from the one before depends on no toggle; from one of another catalog it takes nothing."""
    it = catalog_with(registrations, era)
    toggles = st.sets(st.integers(0, len(registrations) - 1)) if registrations else st.just(set())
    before = make_plan(it, toggled=data.draw(toggles))
    toggled = data.draw(toggles)
    fresh, taken = make_plan(it, toggled=toggled), make_plan(it, toggled=toggled, like=before)
    other = make_plan(catalog_with(registrations[:1], era), like=before)
    for name in ("sequence", "disabled", "puller", "via", "diagnostics", "error_uri"):
        assert getattr(taken, name) == getattr(fresh, name)
    assert str(taken.error) == str(fresh.error)
    assert taken.position == fresh.position and taken.types == fresh.types
    assert other.types == {registration.type for registration in registrations[:1]}


@settings(max_examples=150)
@given(any_registrations(), st.sampled_from(ERAS))
def test_refusals_are_those_of_a_registry(registrations: list[Registration], era: Semantics) -> None:
    """The quick look and the registry itself agree on every registration, and the first one is the plan's error."""
    registry = Registry(semantics=era)
    wanted: list[tuple[int, str]] = []
    for position, registration in enumerate(registrations):
        try:
            registry.register(registration)
        except Exception as error:
            wanted.append((position, str(error)))
    assert [(position, str(error)) for position, error in refusals(registrations, era)] == wanted
    plan = make_plan(catalog_with(registrations, era))
    if wanted:
        assert (str(plan.error), plan.error_uri) == (wanted[0][1], registrations[wanted[0][0]].uri)
        codes = {"no-type", "no-id", "duplicate", "invalid-requires"}
        assert len([d for d in plan.diagnostics if d.code in codes]) == len(wanted)
    else:
        assert plan.error is None or isinstance(plan.error, CircularDependencyError)


@given(any_registrations(), st.sampled_from(ERAS))
def test_a_ring_leaves_all_in_their_own_turn(registrations: list[Registration], era: Semantics) -> None:
    """There is something to look at, and the plan says which ring and how it ends in that era."""
    registrations = acceptable(registrations, era)
    plan = make_plan(catalog_with(registrations, era))
    if plan.error is None:
        return
    assert isinstance(plan.error, CircularDependencyError)
    assert list(plan.sequence) == list(range(len(registrations)))
    assert set(plan.puller) == {-1} and set(plan.via) == {""}
    assert plan.error_uri == plan.error.cycle[0]
    (diagnostic,) = [d for d in plan.diagnostics if d.code == "cycle"]
    assert diagnostic.uri == plan.error_uri
    assert ("does not notice" in diagnostic.message) == (era is not Semantics.V2)


@given(any_registrations(), st.sampled_from(ERAS), st.data())
def test_disabling_by_uri_is_toggling(
    registrations: list[Registration], era: Semantics, data: st.DataObject
) -> None:
    """In every era, all registrations of that URI; naming it twice is naming it once."""
    if not registrations:
        return
    it = catalog_with(registrations, era)
    uris = data.draw(st.lists(st.sampled_from([r.uri for r in registrations]), max_size=4))
    same = {position for position, r in enumerate(registrations) if r.uri in uris}
    plan = make_plan(it, uris)
    assert plan.disabled == same == make_plan(it, toggled=same).disabled
    assert make_plan(it, uris, toggled=same).disabled == frozenset()
    assert not [d for d in plan.diagnostics if d.code == "disabled-unknown"]


@pytest.mark.parametrize(
    ("era", "wanted", "disabled", "hint"),
    [
        ("classic", "bolt", ["x.bolt"], None),
        ("classic", "y.bolt", ["y.bolt"], None),
        ("classic", "blt", [], "id or URI"),
        ("v1", "bolt", [], "did you mean x.bolt or y.bolt?"),
        ("v2.0", "x.blt", [], "did you mean x.bolt"),
        ("v2", "entirely different", [], "no plugin has that URI"),
    ],
)
def test_a_disable_list_in_the_terms_of_its_era(
    era: str, wanted: str, disabled: list[str], hint: str | None
) -> None:
    """An id takes the first of that id in classic; later it is told what would have worked."""
    plan = make_plan(catalog("x.bolt\n y.bolt\n z.other", semantics=era), [wanted, wanted])
    assert plan.disabled_uris == disabled
    found = [d.message for d in plan.diagnostics]
    assert len(found) == (0 if hint is None else 1)
    assert hint is None or (hint in found[0] and repr(wanted) in found[0])
