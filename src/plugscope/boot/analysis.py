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


def rings(plan: Plan) -> list[list[str]]:
    """The groups of plugins that require each other, as far as disabling leaves them, largest first."""
    graph = to_networkx(plan)
    groups = [sorted(group) for group in networkx.strongly_connected_components(graph) if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), group))
