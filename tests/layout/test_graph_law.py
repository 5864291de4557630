"""The drawable graph of any catalog, compared with the plainest way to count."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.layout.sample import any_catalog, any_type, catalog, graph, layered

from plugscope.boot import NO_ID, NO_TYPE, Absent, Catalog, Entry
from plugscope.layout import EVERYTHING, GhostKind, Graph
from plugscope.plugin import Registration, Semantics, order_of


@settings(max_examples=80)
@given(any_catalog)
def test_type_edges_count_each_member_once(some: Catalog) -> None:
    """However often it names the type."""
    drawn = Graph(some)
    wanted = Counter(
        (entry.registration.type, required)
        for entry in some.entries
        for required in dict.fromkeys(entry.registration.requires)
    )
    assert {
        (drawn.types[tail], drawn.types[head]): n for (tail, head), n in drawn.type_edges.items()
    } == wanted


@settings(max_examples=80)
@given(any_catalog)
def test_members_are_what_types_and_slots_say(some: Catalog) -> None:
    """Every type has a member, because what nobody registers has a ghost."""
    drawn = Graph(some)
    assert [len(members) > 0 for members in drawn.members] == [True] * len(drawn.types)
    for type_, members in enumerate(drawn.members):
        assert members == sorted(members)
        for slot, node in enumerate(members):
            assert (drawn.type_of[node], drawn.slot_of[node]) == (type_, slot)
            ghost = drawn.ghost(node)
            assert (ghost is None) == (node < drawn.size)
            name = ghost.type if ghost else some.entries[node].registration.type
            assert name == drawn.types[type_]
    assert sorted(n for members in drawn.members for n in members) == list(range(drawn.first_type_node))
    assert drawn.types[: drawn.registered_types] == some.types()


@settings(max_examples=80)
@given(any_catalog, st.sampled_from(list(Semantics)))
def test_the_start_order_is_the_models(some: Catalog, era: Semantics) -> None:
    """Under the catalog's own rules; where there is none it is the order of registration."""
    some = some.under(era)
    try:
        wanted = order_of(some.registrations, era).sequence
    except Exception as error:
        assert "circular" in str(error)
        wanted = list(range(len(some.entries)))
    assert Graph(some).start_order == wanted


@settings(max_examples=60)
@given(any_catalog, st.data())
def test_a_graph_is_like_another_until_anything_drawn_differs(some: Catalog, data: st.DataObject) -> None:
    """What a plan leaves out and what plugins are called inside does not matter; ids, types and requires do."""
    drawn = Graph(some)
    again = Graph(Catalog(list(some.entries), disabled=("a.b",), root="/elsewhere"))
    assert drawn.is_like(again) and again.is_like(drawn)
    if not some.entries:
        return
    place = data.draw(st.integers(0, len(some.entries) - 1))
    old = some.entries[place].registration
    for new in (
        Registration(old.type, old.id + "!", old.requires),
        Registration(old.type + "!", old.id, old.requires),
        Registration(old.type, old.id, (*old.requires, "new")),
    ):
        entries = [*some.entries[:place], Entry(new), *some.entries[place + 1 :]]
        assert not drawn.is_like(Graph(Catalog(entries)))
    assert not drawn.is_like(Graph(Catalog(some.entries[:-1])))


@given(any_type, st.text("ab.", min_size=1, max_size=5))
def test_an_absent_plugin_is_drawn_with_the_longest_type_that_fits(type_: str, id_: str) -> None:
    """Its id may hold dots, and one type may be the beginning of another."""
    known = [(name, "one", ()) for name in ("a", "a.v1", "a.b.v1", "日本.v1")]
    uri = f"{type_}.{id_}"
    drawn = Graph(catalog(tuple(known), absent=(Absent(uri, "not here"),)), absent=True)
    (ghost,) = drawn.ghosts
    assert (ghost.kind, ghost.uri, ghost.why) == (GhostKind.NOT_BUILT, uri, "not here")
    assert f"{ghost.type}.{ghost.label}" == uri
    fitting = [name for name, _, _ in known if uri.startswith(f"{name}.")]
    assert ghost.type == (max(fitting, key=len) if fitting else uri.rpartition(".")[0])


def test_absent_plugins_say_more_than_that_a_type_is_not_registered() -> None:
    """A required type whose plugins are not built has those as ghosts, and no nameless one beside them."""
    absent = (Absent("x.gone.v1.one", "windows"), Absent("x.gone.v1.two", "no cgo"), Absent("", "nothing"))
    drawn = graph(absent=absent)
    assert [(ghost.label, ghost.kind) for ghost in drawn.ghosts] == [
        ("one", GhostKind.NOT_BUILT),
        ("two", GhostKind.NOT_BUILT),
    ]
    plain = graph()
    assert [(ghost.label, ghost.why) for ghost in plain.ghosts] == [
        ("x.gone", "no plugin of this type is registered")
    ]


@pytest.mark.parametrize(
    ("type_", "id_", "label", "type_label"),
    [
        ("io.containerd.grpc.v1", "cri", "cri", "grpc"),
        ("x.thing.v1", "", NO_ID, "x.thing"),
        ("", "id", "id", NO_TYPE),
        ("x.thing.v1", "   ", "␣␣␣", "x.thing"),
        ("x.thing.v1", "\t" * 20, "␣" * 8, "x.thing"),
    ],
)
def test_labels_show_what_cannot_be_seen(type_: str, id_: str, label: str, type_label: str) -> None:
    """A card without a word on it would look like a fault of the drawing."""
    drawn = graph(((type_, id_, ()),))
    assert drawn.label(0) == label
    assert drawn.type_label(0) == drawn.label(drawn.type_node(0)) == type_label


def test_all_plugins_are_called_everything_else() -> None:
    """A star on a card tells nobody what is required."""
    drawn = graph((("x.a.v1", "a", (EVERYTHING,)),))
    assert drawn.label(1) == drawn.type_label(1) == "everything else"
    assert drawn.ghost(0) is None and drawn.ghost(2) is None


def test_more_plugins_than_a_slice_are_counted_in_full() -> None:
    """They are counted in slices, so that other threads have their turns between."""
    drawn = Graph(layered(20_011, types=3))
    wanted = Counter((drawn.type_of[node], head) for node in range(drawn.size) for head in drawn.wants[node])
    assert drawn.type_edges == wanted
