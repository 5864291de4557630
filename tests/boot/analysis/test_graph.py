"""The resolved graph for other programs."""

from __future__ import annotations

import xml.etree.ElementTree as Xml

from hypothesis import given
from hypothesis import strategies as st
from tests.boot.sample import catalog
from tests.plugin.sample import layered_registrations

from plugscope.boot import Catalog, Entry, Neighbours, make_plan
from plugscope.boot.analysis import to_graphml
from plugscope.plugin import Registration


@given(layered_registrations(), st.data())
def test_edges_are_the_resolved_requirements_of_the_enabled(
    registrations: list[Registration], data: st.DataObject
) -> None:
    """A disabled plugin is a node without edges; every other one is joined to all it requires."""
    size = len(registrations)
    disabled = data.draw(st.sets(st.integers(0, size - 1))) if size else set()
    plan = make_plan(Catalog([Entry(registration) for registration in registrations]), toggled=disabled)
    graph, neighbours = plan.to_networkx(), Neighbours(plan)
    uri = [registration.uri for registration in registrations]
    assert set(graph.edges) == {
        (uri[tail], uri[head])
        for tail in range(size)
        for head in neighbours.requires_of(tail)
        if tail not in disabled and head not in disabled
    }
    for position, registration in enumerate(registrations):
        node = graph.nodes[registration.uri]
        assert (node["type"], node["id"]) == (registration.type, registration.id)
        assert node["disabled"] == (position in disabled)
        assert node["index"] == plan.rank.get(position)
    assert all(graph.nodes[head]["type"] == via for _, head, via in graph.edges(data="via"))


def test_requiring_everything_is_an_edge_to_each() -> None:
    """With the star as what it goes through."""
    graph = make_plan(catalog("a.x\n b.y\n all.z *"), ["b.y"]).to_networkx()
    assert list(graph.edges(data="via")) == [("all.z", "a.x", "*")]


def test_graphml_is_xml_whatever_plugins_are_called() -> None:
    """Signs that XML cannot hold are replaced; a plugin without a place has index -1."""
    it = Catalog([Entry(Registration("a.v1", "bell\x07<&>\n")), Entry(Registration("b.v1", "y", ["a.v1"]))])
    text = to_graphml(make_plan(it, ["b.v1.y"]).to_networkx())
    root = Xml.fromstring(text)
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert [node.get("id") for node in root.iterfind(".//g:node", space)] == [
        "a.v1.bell\ufffd<&>\n",
        "b.v1.y",
    ]
    keys = {key.get("attr.name"): key.get("id") for key in root.iterfind("g:key", space)}
    index = [
        data.text for data in root.iterfind(".//g:node/g:data", space) if data.get("key") == keys["index"]
    ]
    assert index == ["0", "-1"]


def test_graphml_has_the_edges_with_what_they_go_through() -> None:
    """From who requires to what is required."""
    root = Xml.fromstring(to_graphml(make_plan(catalog("a.x\n b.y a")).to_networkx()))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    (edge,) = root.iterfind(".//g:edge", space)
    assert (edge.get("source"), edge.get("target")) == ("b.y", "a.x")
    assert [data.text for data in edge] == ["a"]
