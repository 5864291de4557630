"""The plan: who starts when and why, who is disabled, and what is wrong with the registry."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.boot.sample import catalog
from tests.plugin.sample import acceptable, any_registrations

from plugscope.boot import Catalog, Entry, Plan, Reason, Severity, make_plan
from plugscope.plugin import (
    CircularDependencyError,
    IDRegisteredError,
    InvalidRequiresError,
    NoPluginIDError,
    NoTypeError,
    PluginError,
    Registration,
    Semantics,
)

STORE = """
    gc.scheduler metadata
    event.exchange
    metadata.bolt content
    content.disk
"""


def order(plan: Plan) -> list[str]:
    return [entry.uri for entry in plan.ordered]


def test_each_plugin_has_its_reason() -> None:
    """Pulled in by whom, through which type; or its own turn."""
    plan = make_plan(catalog(STORE))
    assert order(plan) == ["content.disk", "metadata.bolt", "gc.scheduler", "event.exchange"]
    assert [plan.reason(position) for position in range(4)] == [
        Reason(),
        Reason(),
        Reason("gc.scheduler", "metadata"),
        Reason("metadata.bolt", "content"),
    ]
    assert plan.rank == {3: 0, 2: 1, 0: 2, 1: 3}
    assert plan.position["metadata.bolt"] == 2


def test_the_trail_leads_to_whose_turn_it_was() -> None:
    """From a plugin through those who pulled, to the one that came in its own turn."""
    plan = make_plan(catalog(STORE))
    assert plan.trail(3) == [("metadata.bolt", "content"), ("gc.scheduler", "metadata")]
    assert plan.trail(0) == []


def test_disabling_adds_to_what_the_source_disables() -> None:
    """A plan leaves the catalog as it is."""
    it = catalog(STORE, disabled=["event.exchange"])
    plan = make_plan(it, ["metadata.bolt"])
    assert plan.disabled_uris == ["event.exchange", "metadata.bolt"]
    assert order(plan) == ["gc.scheduler", "content.disk"]
    assert it.disabled == ("event.exchange",)
    assert plan.diagnostics == ()


def test_toggling_turns_single_positions_round() -> None:
    """Also one that the source disables: then it is enabled."""
    plan = make_plan(catalog(STORE, disabled=["event.exchange"]), toggled=[1, 3])
    assert plan.disabled_uris == ["content.disk"]


@pytest.mark.parametrize("era", ["v1", "v2.0", "v2"])
def test_an_id_disables_nothing_from_1_3_on(era: str) -> None:
    """It has no effect in the daemon, and is reported with the URI that would work."""
    plan = make_plan(catalog(STORE, semantics=era), ["bolt", "metadata.bol", "quite else"])
    assert plan.disabled_uris == []
    assert [(d.code, d.severity) for d in plan.diagnostics] == [("disabled-unknown", Severity.WARNING)] * 3
    first, second, third = (d.message for d in plan.diagnostics)
    assert first == "disabling 'bolt' has no effect: no plugin has that URI; did you mean metadata.bolt?"
    assert second.endswith("did you mean metadata.bolt?")
    assert third == "disabling 'quite else' has no effect: no plugin has that URI"


def test_classic_takes_the_first_of_an_id_or_a_uri() -> None:
    """An id as 1.2's list has it; a URI says exactly which one."""
    text = "grpc.content\n content.content"
    by_id = make_plan(catalog(text, semantics="classic"), ["content"])
    assert by_id.disabled_uris == ["grpc.content"]
    by_uri = make_plan(catalog(text, semantics="classic"), ["content.content"])
    assert by_uri.disabled_uris == ["content.content"]
    unknown = make_plan(catalog(text, semantics="classic"), ["nothing"])
    assert unknown.diagnostics[0].message == (
        "disabling 'nothing' has no effect: no plugin has that id or URI"
    )


@pytest.mark.parametrize(
    ("registrations", "error", "code", "message"),
    [
        ([("", "x", [])], NoTypeError, "no-type", "plugin: no type"),
        ([("a", "", [])], NoPluginIDError, "no-id", "plugin: no id"),
        (
            [("a", "x", []), ("a", "x", [])],
            IDRegisteredError,
            "duplicate",
            "a.x: plugin: id already registered",
        ),
        (
            [("a", "x", ["*", "b"])],
            InvalidRequiresError,
            "invalid-requires",
            "a.x requires *, b: invalid requires",
        ),
        ([("a", "x", ["a"])], InvalidRequiresError, "invalid-requires", "a.x requires a: invalid requires"),
    ],
    ids=["no type", "no id", "a duplicate", "everything and more", "its own type"],
)
def test_what_register_would_panic_at_is_the_plan_s_error(
    registrations: list[tuple[str, str, list[str]]], error: type[PluginError], code: str, message: str
) -> None:
    """With the place it is declared at; there is still an order to look at."""
    entries = [Entry(Registration(*each), location=f"main.go:{n}") for n, each in enumerate(registrations)]
    plan = make_plan(Catalog(entries))
    assert type(plan.error) is error
    (diagnostic,) = plan.diagnostics
    assert (diagnostic.code, diagnostic.severity, diagnostic.message) == (code, Severity.ERROR, message)
    assert diagnostic.location == f"main.go:{len(entries) - 1}"
    assert len(plan.sequence) == len(entries)


def test_every_refusal_is_reported() -> None:
    """Not the first alone, which is the one that the daemon panics at."""
    plan = make_plan(catalog("a.x\n a.x\n b.y b\n c.z"))
    assert [d.code for d in plan.diagnostics] == ["duplicate", "invalid-requires"]
    assert isinstance(plan.error, IDRegisteredError)
    assert plan.error_uri == "a.x"


@pytest.mark.parametrize("era", ["v1", "v2.0", "v2"])
def test_a_ring_is_an_error_with_its_members(era: str) -> None:
    """Only 2.3 and later notice; for the others it is said what becomes of the daemon."""
    plan = make_plan(catalog("a.x b\n b.y c\n c.z b\n d.w", semantics=era))
    assert isinstance(plan.error, CircularDependencyError)
    assert plan.error.cycle == ("b.y", "c.z")
    assert plan.error_uri == "b.y"
    assert [d.code for d in plan.diagnostics] == ["cycle"]
    assert plan.diagnostics[0].uri == "b.y"
    overflows = "it recurses until the stack overflows" in str(plan.error)
    assert overflows is (era != "v2")
    assert order(plan) == ["a.x", "b.y", "c.z", "d.w"]


def test_disabling_a_member_breaks_the_ring() -> None:
    """Disabled plugins are not walked through."""
    plan = make_plan(catalog("a.x b\n b.y a"), ["b.y"])
    assert plan.error is None
    assert order(plan) == ["a.x"]


@given(any_registrations(), st.sampled_from(list(Semantics)))
def test_a_plan_is_made_of_anything(registrations: list[Registration], era: Semantics) -> None:
    """Duplicates, rings, own types: there is always a plan, and an error exactly if the era has one."""
    plan = make_plan(Catalog([Entry(registration) for registration in registrations], era))
    fine = len(acceptable(registrations, era)) == len(registrations)
    if fine:
        assert plan.error is None or isinstance(plan.error, CircularDependencyError)
    else:
        assert plan.error is not None
    assert sorted(plan.sequence) == list(range(len(registrations)))
    assert (plan.error is None) is not any(d.severity is Severity.ERROR for d in plan.diagnostics)


def test_the_same_uri_spelled_two_ways_is_told_apart_from_2_3_on() -> None:
    """Disabling by URI takes both; before that the second is a duplicate."""
    entries = [Entry(Registration("a.b", "c")), Entry(Registration("a", "b.c"))]
    new = make_plan(Catalog(entries, Semantics.V2), ["a.b.c"])
    assert (new.error, len(new.disabled)) == (None, 2)
    assert isinstance(make_plan(Catalog(entries, Semantics.V2_0)).error, IDRegisteredError)


def test_the_resolved_graph_goes_to_networkx() -> None:
    """From each plugin to those it requires, with the type; disabled ones are nodes without edges."""
    graph = make_plan(catalog(STORE + "    all.of-them *"), ["content.disk"]).to_networkx()
    assert set(graph.nodes) == {
        "gc.scheduler",
        "event.exchange",
        "metadata.bolt",
        "content.disk",
        "all.of-them",
    }
    assert graph.nodes["content.disk"] == {
        "type": "content",
        "id": "disk",
        "disabled": True,
        "index": None,
    }
    assert sorted(graph.edges(data="via")) == [
        ("all.of-them", "event.exchange", "*"),
        ("all.of-them", "gc.scheduler", "*"),
        ("all.of-them", "metadata.bolt", "*"),
        ("gc.scheduler", "metadata.bolt", "metadata"),
    ]


def test_a_hundred_thousand_registrations_are_planned() -> None:
    """In seconds at the very most, on any machine."""
    entries = [Entry(Registration(f"t{n % 50}", f"id{n}", (f"t{n % 50 + 1}",))) for n in range(100_000)]
    began = time.process_time()
    plan = make_plan(Catalog(entries), [entries[7].uri])
    assert time.process_time() - began < 10
    assert len(plan.sequence) == 99_999


@pytest.mark.parametrize("text", ["a.x b:\n b.y:\n c.z b:", "a.x b:\n b.y a:\n c.z:", "a.x:\n a.x:\n b.y:"])
def test_a_plan_like_another_is_the_plan_it_would_be(text: str) -> None:
    """With rings and refusals, which may go with who is disabled; and of another catalog nothing is taken."""
    it, other = catalog(text), catalog("b.y:\n a.x b:")
    for before in ([], [0], [1]):
        known = make_plan(it, toggled=before)
        for toggled in ([], [0], [1], [0, 1]):
            expected = make_plan(it, toggled=toggled)
            for like in (known, make_plan(other)):
                plan = make_plan(it, toggled=toggled, like=like)
                assert (plan.sequence, plan.disabled, plan.puller, plan.via) == (
                    expected.sequence,
                    expected.disabled,
                    expected.puller,
                    expected.via,
                )
                assert (str(plan.error), plan.error_uri) == (str(expected.error), expected.error_uri)
                assert (plan.diagnostics, plan.position) == (expected.diagnostics, expected.position)
