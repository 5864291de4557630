"""The resolved graph as a networkx graph, and as what other programs read of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import networkx

from plugscope.boot.catalog import Entry


def to_networkx(
    entries: Sequence[Entry], disabled: Collection[int], rank: Mapping[int, int]
) -> networkx.DiGraph[str]:
    """The resolved graph: an edge goes from a plugin to each plugin of a type it requires.

    ``disabled`` are positions among the entries, ``rank`` the place in the order of each that has one. Nodes are URIs
    with ``type``, ``id``, ``disabled`` and ``index`` (the rank, or ``None``); edges carry ``via``, the required type.
    Disabled plugins are nodes without edges.
    """
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    by_type: dict[str, list[int]] = {}
    enabled = [position for position in range(len(entries)) if position not in disabled]
    for position, entry in enumerate(entries):
        registration = entry.registration
        graph.add_node(
            registration.uri,
            type=str(registration.type),
            id=registration.id,
            disabled=position in disabled,
            index=rank.get(position),
        )
    for position in enabled:
        by_type.setdefault(entries[position].registration.type, []).append(position)
    for position in enabled:
        registration = entries[position].registration
        for wanted in registration.requires:
            for provider in enabled if wanted == "*" else by_type.get(wanted, ()):
                if provider != position:
                    graph.add_edge(registration.uri, entries[provider].uri, via=str(wanted))
    return graph


def to_graphml(graph: networkx.DiGraph[str]) -> str:
    """A graph of ``to_networkx`` as GraphML. A plugin without a place in the order has index -1."""
    clean: networkx.DiGraph[object] = networkx.DiGraph()
    for uri, data in graph.nodes(data=True):
        known = {key: -1 if value is None else _xml(value) for key, value in data.items()}
        clean.add_node(_xml(uri), **known)
    for tail, head, data in graph.edges(data=True):
        clean.add_edge(_xml(tail), _xml(head), via=_xml(data["via"]))
    return "\n".join(networkx.generate_graphml(clean)) + "\n"


def _xml(value: object) -> object:
    """Text without the characters that XML cannot hold; other values as they are."""
    if not isinstance(value, str):
        return value
    return "".join(char if char.isprintable() or char in "\t\n" else "\ufffd" for char in value)
