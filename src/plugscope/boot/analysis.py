"""Graph questions, answered by networkx. Loaded when first asked."""

from __future__ import annotations

import networkx

from .plan import Plan


def to_networkx(plan: Plan) -> networkx.DiGraph[str]:
    """The resolved graph: an edge goes from a plugin to each plugin of a type it requires.

    Nodes are URIs with ``type``, ``id``, ``disabled`` and ``index`` (place in the order, or ``None``); edges carry
    ``via``, the required type. Disabled plugins are nodes without edges.
    """
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    entries = plan.catalog.entries
    by_type: dict[str, list[int]] = {}
    for position, entry in enumerate(entries):
        registration = entry.registration
        disabled = position in plan.disabled
        graph.add_node(
            registration.uri,
            type=str(registration.type),
            id=registration.id,
            disabled=disabled,
            index=plan.rank.get(position),
        )
        if not disabled:
            by_type.setdefault(registration.type, []).append(position)
    enabled = [position for position in range(len(entries)) if position not in plan.disabled]
    for position in enabled:
        registration = entries[position].registration
        for wanted in registration.requires:
            for provider in enabled if wanted == "*" else by_type.get(wanted, ()):
                if provider != position:
                    graph.add_edge(registration.uri, entries[provider].uri, via=str(wanted))
    return graph


def to_graphml(plan: Plan) -> str:
    """The resolved graph as GraphML, for other programs. A plugin without a place in the order has index -1."""
    graph = to_networkx(plan)
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


def rings(plan: Plan) -> list[list[str]]:
    """The groups of plugins that require each other, as far as disabling leaves them, largest first."""
    graph = to_networkx(plan)
    groups = [sorted(group) for group in networkx.strongly_connected_components(graph) if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), group))
