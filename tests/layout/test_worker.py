"""Graphviz in a process of its own."""

import json
import subprocess
import sys

import pytest
from tests.layout.sample import BOLT, CONTENT, NATIVE, OVERLAY, RING, TASKS, graph, layered

from plugscope.installation import worker_command
from plugscope.layout import (
    WORKER,
    Graph,
    LayoutError,
    Rect,
    best_picture,
    host,
    lane_picture,
    picture_from,
    sketch_of,
)
from plugscope.layout.host import graphviz_picture
from plugscope.layout.sketch import RESOLVED_LIMIT, WHOLE_LIMIT


def test_what_is_required_stands_left() -> None:
    """Boot flows to the right in Graphviz's pictures as well."""
    drawn = graphviz_picture(graph())
    assert drawn.kind == "dot"
    assert drawn.rect(CONTENT).right < drawn.rect(BOLT).x
    assert drawn.rect(BOLT).right < drawn.rect(TASKS).x


def test_a_type_with_several_providers_is_a_pill_between() -> None:
    """A single provider is joined directly."""
    drawn = graphviz_picture(graph())
    (hub,) = drawn.hubs
    assert drawn.graph.types[hub.type] == "x.snapshotter.v1"
    assert drawn.rect(OVERLAY).right < hub.rect.x and hub.rect.right < drawn.rect(BOLT).x
    joined = set(zip(drawn.edges.tails, drawn.edges.heads, strict=True))
    node = drawn.graph.type_node(hub.type)
    assert {(BOLT, CONTENT), (BOLT, node), (node, OVERLAY), (node, NATIVE)} <= joined


def test_resolved_edges_go_from_plugin_to_plugin() -> None:
    """No pills then: each provider has a line of its own."""
    drawn = graphviz_picture(graph(), resolved=True)
    joined = set(zip(drawn.edges.tails, drawn.edges.heads, strict=True))
    assert not drawn.hubs
    assert {(BOLT, CONTENT), (BOLT, OVERLAY), (BOLT, NATIVE)} <= joined


def test_a_curve_starts_at_who_requires_and_ends_at_what_is_required() -> None:
    """Graphviz is asked the other way round, for its layers."""
    drawn = graphviz_picture(graph())
    for number in range(len(drawn.edges)):
        curve = drawn.edges.curve(number)
        tail, head = drawn.rect(drawn.edges.tails[number]), drawn.rect(drawn.edges.heads[number])
        assert len(curve) % 6 == 2
        assert tail.grown(1).contains(curve[0], curve[1])
        assert head.grown(1).contains(curve[-2], curve[-1])


def test_cards_do_not_overlap() -> None:
    """As with lanes."""
    drawn = graphviz_picture(Graph(layered(60)))
    rects = [drawn.rect(node).grown(-0.5) for node in range(drawn.graph.first_type_node)]
    assert not any(one.touches(other) for n, one in enumerate(rects) for other in rects[:n])


def test_a_ring_has_a_picture() -> None:
    """Graphviz turns an edge round for itself; all four are still there."""
    assert len(graphviz_picture(graph(RING)).edges) == 4


def test_many_plugins_stand_in_grids_of_their_types() -> None:
    """Graphviz places the types alone, in bounded time."""
    drawn = graphviz_picture(Graph(layered(WHOLE_LIMIT + 50)))
    assert drawn.kind == "dot"
    assert len(drawn.boxes) == len(drawn.graph.types)
    assert drawn.places.at(*drawn.rect(7).middle) == 7
    assert sum(drawn.bundles.counts) == sum(map(len, drawn.graph.wants))


def test_the_same_graph_has_the_same_picture() -> None:
    """Positions are for remembering."""
    one, other = graphviz_picture(graph()), graphviz_picture(graph())
    assert [one.rect(n) for n in range(7)] == [other.rect(n) for n in range(7)]


def test_resolved_edges_stop_where_they_would_be_a_hairball() -> None:
    """Asked for or not: pills come back."""
    assert len(sketch_of(Graph(layered(RESOLVED_LIMIT + 1)), resolved=True).nodes) > RESOLVED_LIMIT + 1


def test_too_many_types_are_not_asked_for() -> None:
    """It would take minutes and be killed at the end."""
    chain = tuple((f"x.t{n}.v1", f"p{n}", ()) for n in range(2000))
    with pytest.raises(LayoutError, match="too many types"):
        sketch_of(graph(chain))


def run_instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let a program stand in for the worker."""
    monkeypatch.setattr(host, "worker_command", lambda _module: [sys.executable, "-c", program])


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import time; time.sleep(60)", "stopped after"),
        ("import os; os.abort()", "ended with code"),
        ("import sys; sys.exit(3)", "ended with code 3"),
        ("print('not json')", "gave no picture"),
        ("print('{}')", "gave no picture"),
        ('print(\'{"token": 0, "error": "Graphviz: out of memory"}\')', "out of memory"),
    ],
)
def test_a_worker_that_fails_leaves_the_lanes(
    monkeypatch: pytest.MonkeyPatch, program: str, sentence: str
) -> None:
    """Late, aborted, or talking nonsense: a sentence, and there is a picture all the same."""
    run_instead(monkeypatch, program)
    with pytest.raises(LayoutError, match=sentence):
        graphviz_picture(graph(), limit=1.0)
    assert best_picture(graph(), limit=1.0).kind == "lanes"


def test_a_worker_that_cannot_start_leaves_the_lanes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation shows pictures all the same."""
    monkeypatch.setattr(host, "worker_command", lambda _module: ["/nowhere/plugscope-worker"])
    with pytest.raises(LayoutError, match="did not start"):
        graphviz_picture(graph())


def test_the_worker_answers_line_by_line_and_survives_nonsense() -> None:
    """Each request has its token in the answer; one that fails does not end the rest."""
    good = sketch_of(graph())
    bad = {"token": 2, "sizes": [], "edges": [[0, 1]], "gaps": ["x", 1]}
    lines = [json.dumps(request) + "\n" for request in (good.request(1), bad, good.request(3))]
    done = subprocess.run(
        worker_command(WORKER), input="".join(lines), capture_output=True, encoding="utf-8", check=True
    )
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert (first["token"], second["token"], third["token"]) == (1, 2, 3)
    assert "error" in second
    assert picture_from(good, json.dumps(third)).bounds == picture_from(good, json.dumps(first)).bounds


def test_a_picture_with_no_edges_is_a_picture() -> None:
    """Graphviz's answer then has no edges at all in it."""
    drawn = graphviz_picture(graph((("x.a.v1", "a", ()), ("x.b.v1", "b", ()))))
    assert drawn.bounds.width > 0 and not len(drawn.edges)
    assert isinstance(drawn.rect(0), Rect)


def test_nothing_has_a_picture() -> None:
    """The same empty one as the lanes'."""
    assert best_picture(graph(())).bounds == lane_picture(graph(())).bounds
