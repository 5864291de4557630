"""What a tooltip says about a node."""

from __future__ import annotations

from plugscope.boot import full_name
from plugscope.canvas.scene import Scene
from plugscope.layout import Edges, Graph, Picture
from plugscope.plugin import short_type
from plugscope.session import Flag, Look, Theme


def tip_of(scene: Scene, theme: Theme, node: int) -> str:
    """Plain lines of text: the whole URI, the status, what it requires, who requires it."""
    graph = scene.picture.graph
    if node >= graph.first_type_node:
        return _of_type(graph, node - graph.first_type_node)
    ghost = graph.ghost(node)
    if ghost is not None:
        return "\n".join(filter(None, (ghost.uri or ghost.type, str(ghost.kind), ghost.why)))
    look = Look(scene.shown[node] & 15)
    lines = [full_name(graph.catalog.entries[node].registration), theme.outcome(look).word]
    if scene.states[node] & Flag.BREAKPOINT:
        lines.append("breakpoint")
    if scene.states[node] & Flag.CHANGED:
        lines.append("changed")
    wanted = [short_type(graph.types[type_]) for type_ in graph.wants[node]]
    if wanted:
        more = f" and {len(wanted) - 12} more" if len(wanted) > 12 else ""
        lines.append("requires " + ", ".join(wanted[:12]) + more)
    count = len(graph.requirers_of(node))
    if count:
        lines.append(f"required by {count} plugin{'s' if count > 1 else ''}")
    return "\n".join(lines)


def tip_of_edge(picture: Picture, edges: Edges, number: int) -> str:
    """What a tooltip says about an edge: who requires what."""
    graph = picture.graph
    first = graph.first_type_node
    tail, head, wanted = edges.tails[number], edges.heads[number], graph.type_label(edges.types[number])
    if tail >= first:
        if picture.boxes:
            verb = "plugin requires" if edges.counts[number] == 1 else "plugins require"
            return f"{edges.counts[number]} {graph.label(tail)} {verb} {wanted}"
        return f"{wanted}: {graph.label(head)}"
    return f"{graph.label(tail)} requires {wanted}" + (f": {graph.label(head)}" if head < first else "")


def _of_type(graph: Graph, type_: int) -> str:
    members, requirers = len(graph.members[type_]), len(graph.requirers[type_])
    return f"{graph.types[type_]}\n{members} registered, required by {requirers}"


def as_plain(text: str) -> str:
    """A tooltip guesses rich text: what comes from a file must be shown as it is."""
    from html import escape  # a table of two thousand names that the first paint has no use for

    return "<qt>" + escape(text).replace("\n", "<br>") + "</qt>"
