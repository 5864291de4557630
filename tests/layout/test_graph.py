"""From a catalog to what is drawn."""

from tests.layout.sample import ALONE, BOLT, CONTENT, GONE, NATIVE, OVERLAY, RING, TASKS, catalog, graph

from plugscope.boot import Absent, Catalog
from plugscope.layout import GhostKind, Graph


def test_every_registration_is_a_node_and_so_is_a_type_nobody_has() -> None:
    """Cards first, then ghosts, then types."""
    drawn = graph()
    assert drawn.size == 6
    assert [ghost.label for ghost in drawn.ghosts] == ["x.gone"]
    assert drawn.first_type_node == 7
    assert drawn.label(drawn.type_node(drawn.type_index["x.snapshotter.v1"])) == "x.snapshotter"


def test_members_of_a_type_are_in_registration_order() -> None:
    """It is the order that lookups meet them in."""
    drawn = graph()
    assert drawn.members[drawn.type_index["x.snapshotter.v1"]] == [OVERLAY, NATIVE]
    assert drawn.slot_of[NATIVE] == 1


def test_requires_lead_to_all_providers_and_back() -> None:
    """A ghost among them: that nobody is there is worth a line."""
    drawn = graph()
    assert drawn.requires_of(BOLT) == [CONTENT, OVERLAY, NATIVE]
    assert drawn.requires_of(TASKS) == [BOLT, GONE]
    assert drawn.requirers_of(NATIVE) == [BOLT]
    assert drawn.requirers_of(GONE) == [TASKS]
    assert drawn.requirers_of(ALONE) == []


def test_a_ring_has_a_start_order_all_the_same() -> None:
    """Registration order, where the real one would never end."""
    assert graph(RING).start_order == [0, 1, 2, 3]


def test_the_start_order_ignores_what_is_disabled() -> None:
    """What is disabled keeps its place in the picture."""
    some = catalog()
    some.disabled = ("x.content.v1.content",)
    assert Graph(some).start_order == graph().start_order


def test_requiring_everything_is_one_ghost() -> None:
    """Drawing it as edges to everything would hide all others."""
    drawn = graph((("x.a.v1", "a", ()), ("x.b.v1", "b", ()), ("x.all.v1", "all", ("*",))))
    assert [ghost.kind for ghost in drawn.ghosts] == [GhostKind.EVERYTHING]
    assert drawn.requires_of(2) == [0, 1, 3]
    assert drawn.requirers_of(0) == [2]


def test_a_plugin_does_not_require_itself() -> None:
    """It may require its own type: then it is the others it waits for."""
    drawn = graph((("x.a.v1", "one", ("x.a.v1",)), ("x.a.v1", "two", ())))
    assert drawn.requires_of(0) == [1]
    assert drawn.requirers_of(0) == []


def test_an_absent_plugin_of_a_required_type_gives_the_ghost_its_name() -> None:
    """And says why it is not in this build; an id may hold a dot."""
    drawn = graph(absent=(Absent("x.gone.v1.win.dows", "build constraint: windows"),))
    (ghost,) = drawn.ghosts
    assert (ghost.kind, ghost.label, ghost.why) == (
        GhostKind.NOT_BUILT,
        "win.dows",
        "build constraint: windows",
    )


def test_other_absent_plugins_are_drawn_when_asked_for() -> None:
    """Else a build's hundred absent plugins would hide those that it has."""
    absent = (Absent("x.snapshotter.v1.zfs", "not linux"), Absent("y.other.v1.thing", "not linux"))
    assert len(Graph(catalog(absent=absent)).ghosts) == 1
    drawn = Graph(catalog(absent=absent), absent=True)
    assert {ghost.label for ghost in drawn.ghosts} == {"zfs", "thing", "x.gone"}
    assert len(drawn.members[drawn.type_index["x.snapshotter.v1"]]) == 3


def test_repeated_requires_count_once() -> None:
    """A slip of the author is no second line."""
    drawn = graph((("x.a.v1", "a", ()), ("x.b.v1", "b", ("x.a.v1", "x.a.v1"))))
    assert drawn.wants[1] == (0,)
    assert drawn.type_edges == {(1, 0): 1}


def test_type_edges_count_plugins() -> None:
    """Each member that requires the type, once."""
    drawn = graph((("x.a.v1", "a", ()), ("x.b.v1", "b", ("x.a.v1",)), ("x.b.v1", "c", ("x.a.v1",))))
    assert drawn.type_edges == {(1, 0): 2}


def test_nothing_is_a_graph_too() -> None:
    """A new manifest is empty at first."""
    drawn = Graph(Catalog([]))
    assert (drawn.size, drawn.first_type_node, drawn.start_order) == (0, 0, [])
