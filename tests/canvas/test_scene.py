"""What the canvas was told."""

from tests.layout.sample import ALONE, BOLT, CONTENT, GONE, NATIVE, OVERLAY, TASKS, graph, picture

from plugscope.canvas import Focus
from plugscope.canvas.paint.lines import emphasised, incident
from plugscope.canvas.scene import FADED, SELECTED, Scene
from plugscope.layout import Picture, lane_picture
from plugscope.layout.host import graphviz_picture
from plugscope.session import Flag, Look


def looks(scene: Scene) -> list[int]:
    """The looks shown, without the bits above."""
    return [value & 15 for value in scene.shown]


def test_ghosts_are_absent_and_the_rest_is_unknown_at_first() -> None:
    """Before anything is told nothing is claimed."""
    assert looks(Scene(picture())) == [Look.UNKNOWN] * 6 + [Look.ABSENT]


def test_states_are_shown() -> None:
    """A flag may take the outcome's place (pending) or fade it."""
    scene = Scene(picture())
    scene.set_states([Look.OK, Look.ERROR, Look.SKIP, Look.OK | Flag.PENDING, Look.OK | Flag.DIMMED, Look.OK])
    assert looks(scene)[:4] == [Look.OK, Look.ERROR, Look.SKIP, Look.PENDING]
    assert [scene.faded(node) for node in range(6)] == [False] * 4 + [True, False]


def test_too_few_states_or_too_many_do_no_harm() -> None:
    """The rest stays as it was; ghosts are never told."""
    scene = Scene(picture())
    scene.set_states([Look.OK])
    assert looks(scene)[:2] == [Look.OK, Look.UNKNOWN]
    scene.set_states([Look.ERROR] * 100)
    assert looks(scene) == [Look.ERROR] * 6 + [Look.ABSENT]


def test_an_update_tells_who_looks_different() -> None:
    """Not who was named: what stays the same is not painted again, and nobody is nobody."""
    scene = Scene(picture())
    scene.set_states([Look.OK] * 6)
    assert scene.update_states({0: Look.OK, 1: Look.ERROR, 99: Look.OK, -1: Look.OK}) == [1]
    assert looks(scene)[1] == Look.ERROR


def test_a_filter_fades_the_others_and_updates_keep_it() -> None:
    """Until it is taken off, whatever the outcomes do."""
    scene = Scene(picture())
    scene.set_visible(frozenset([BOLT]))
    assert [scene.faded(node) for node in range(7)] == [node != BOLT for node in range(7)]
    scene.update_states({CONTENT: Look.ERROR, BOLT: Look.ERROR})
    assert scene.faded(CONTENT) and not scene.faded(BOLT)
    scene.set_visible(None)
    assert not any(scene.faded(node) for node in range(7))


def test_filter_and_focus_both_count() -> None:
    """Only what is in both stays in the foreground."""
    scene = Scene(picture())
    scene.set_visible(frozenset([BOLT, CONTENT]))
    scene.set_focus(Focus(frozenset([BOLT]), frozenset([OVERLAY]), frozenset()))
    assert [node for node in range(7) if not scene.faded(node)] == [BOLT]


def test_selection_is_a_bit_that_survives_all_else() -> None:
    """States and filters are told without knowing it; what changed is told."""
    scene = Scene(picture())
    assert scene.set_selection(frozenset([BOLT, GONE])) == sorted([BOLT, GONE])
    scene.set_states([Look.OK] * 6)
    scene.update_states({BOLT: Look.ERROR})
    scene.set_visible(frozenset())
    assert scene.shown[BOLT] & SELECTED and scene.shown[BOLT] & FADED
    assert scene.set_selection(frozenset([BOLT])) == [GONE]


def test_another_layout_keeps_what_was_told() -> None:
    """Graphviz's picture has the same nodes in other places."""
    some = graph()
    before, after = Scene(lane_picture(some)), Scene(graphviz_picture(some))
    before.set_states([Look.SKIP] * 6)
    before.set_selection(frozenset([BOLT]))
    before.current = TASKS
    after.take_over(before)
    assert looks(after)[:6] == [Look.SKIP] * 6
    assert (after.selection, after.current) == (frozenset([BOLT]), TASKS)


def joined(drawn: Picture, numbers: list[int]) -> set[tuple[str, str]]:
    """Edges by the labels of their ends."""
    label, edges = drawn.graph.label, drawn.edges
    return {(label(edges.tails[n]), label(edges.heads[n])) for n in numbers}


def test_a_focus_brings_out_the_way_up_and_the_way_down() -> None:
    """Through the pill to the providers in focus, and to nothing else."""
    drawn = graphviz_picture(graph())
    focus = Focus(frozenset([BOLT]), frozenset([CONTENT, OVERLAY]), frozenset([TASKS]))
    up, down = emphasised(drawn, drawn.edges, focus)
    assert joined(drawn, up) == {("bolt", "content"), ("bolt", "x.snapshotter"), ("x.snapshotter", "overlay")}
    assert joined(drawn, down) == {("tasks", "bolt")}


def test_a_focus_brings_out_lines_to_boxes_too() -> None:
    """In lanes a line ends at the box of a type, and the box has members in focus."""
    drawn = picture()
    focus = Focus(frozenset([TASKS]), frozenset([BOLT, CONTENT, OVERLAY, NATIVE, GONE]), frozenset())
    up, down = emphasised(drawn, drawn.edges, focus)
    assert len(up) == len(drawn.edges) and not down


def test_hover_brings_out_the_edges_at_a_card() -> None:
    """Both halves of a way through a pill; a card without edges has none."""
    drawn = graphviz_picture(graph())
    found = joined(drawn, incident(drawn, drawn.edges, [NATIVE]))
    assert found == {("x.snapshotter", "native"), ("bolt", "x.snapshotter")}
    assert not incident(drawn, drawn.edges, [ALONE])


def test_new_states_tell_who_looks_different() -> None:
    """So that of a thousand cards only those are painted again that changed."""
    scene = Scene(picture())
    scene.set_states([Look.OK] * 6)
    assert scene.set_states([Look.OK, Look.ERROR, Look.OK, Look.OK, Look.OK | Flag.BREAKPOINT, Look.OK]) == [
        1,
        4,
    ]
    assert looks(scene)[1] == Look.ERROR
    assert scene.set_states([Look.OK] * 6) == [1, 4]
    assert scene.set_states([Look.OK] * 6) == []
