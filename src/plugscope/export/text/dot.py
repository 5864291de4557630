"""The graph in Graphviz's language, for people's own pipelines."""

from __future__ import annotations

from plugscope.boot import Outcome, Recording
from plugscope.plugin import short_type

_STYLE = {
    Outcome.OK: "",
    Outcome.SKIP: ', style="rounded,dashed"',
    Outcome.ERROR: ', color="#c2271b", penwidth=2',
    Outcome.DISABLED: ', style="rounded,dotted", fontcolor="#65707e"',
    Outcome.NOT_REACHED: ', fontcolor="#65707e"',
}


def dot_of(recording: Recording) -> str:
    """Plugins as boxes, required types with several providers as ellipses between; edges go to what is required."""
    plan = recording.plan
    entries = plan.catalog.entries
    members: dict[str, list[int]] = {}
    for position, entry in enumerate(entries):
        members.setdefault(entry.registration.type, []).append(position)
    lines = [
        "digraph plugins {",
        "  rankdir=RL;",
        '  node [shape=box, style=rounded, fontname="sans-serif"];',
    ]
    for position, entry in enumerate(entries):
        outcome = recording.outcome_of(position)
        label = f"{entry.registration.id}\n{short_type(entry.registration.type)}"
        lines.append(
            f"  p{position} [label={_quoted(label)}, tooltip={_quoted(f'{entry.uri}: {outcome}')}{_STYLE[outcome]}];"
        )
    hubs: dict[str, str] = {}
    for position, entry in enumerate(entries):
        for wanted in dict.fromkeys(entry.registration.requires):
            head = _head(wanted, position, members, hubs, lines)
            if head:
                lines.append(f"  p{position} -> {head};")
    return "\n".join([*lines, "}", ""])


def _head(
    wanted: str, position: int, members: dict[str, list[int]], hubs: dict[str, str], lines: list[str]
) -> str:
    """What an edge for a required type goes to; a hub is written when it is first needed."""
    found = members.get(wanted, [])
    if len(found) == 1:
        return "" if found[0] == position else f"p{found[0]}"
    if wanted not in hubs:
        hubs[wanted] = f"t{len(hubs)}"
        name = "everything else" if wanted == "*" else short_type(wanted)
        missing = "" if found or wanted == "*" else ", style=dashed"
        lines.append(f"  {hubs[wanted]} [shape=ellipse, label={_quoted(name)}{missing}];")
        lines.extend(f"  {hubs[wanted]} -> p{provider};" for provider in found)
    return hubs[wanted]


def _quoted(text: str) -> str:
    """A DOT string: quotes and backslashes escaped, line ends as DOT writes them, no control characters."""
    plain = "".join(c if c == "\n" or (c.isprintable() and c != "\u202e") else "\ufffd" for c in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
