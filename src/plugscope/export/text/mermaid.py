"""The graph in Mermaid's language, for pages that draw it themselves."""

from __future__ import annotations

from plugscope.boot import Outcome, Recording
from plugscope.plugin import short_type

_CLASSES = {
    Outcome.OK: "ok",
    Outcome.SKIP: "skip",
    Outcome.ERROR: "error",
    Outcome.DISABLED: "off",
    Outcome.NOT_REACHED: "off",
}


def mermaid_of(recording: Recording) -> str:
    """A flowchart: plugins as boxes, required types with several providers as pills, arrows to what is required."""
    entries = recording.plan.catalog.entries
    members: dict[str, list[int]] = {}
    for position, entry in enumerate(entries):
        members.setdefault(entry.registration.type, []).append(position)
    lines = ["flowchart RL"]
    for position, entry in enumerate(entries):
        registration = entry.registration
        label = f"{_text(registration.id)}<br/>{_text(short_type(registration.type))}"
        lines.append(f'  p{position}["{label}"]:::{_CLASSES[recording.outcome_of(position)]}')
    hubs: dict[str, str] = {}
    for position, entry in enumerate(entries):
        for wanted in dict.fromkeys(entry.registration.requires):
            found = members.get(wanted, [])
            if found == [position]:
                continue
            head = f"p{found[0]}" if len(found) == 1 else _hub(wanted, found, hubs, lines)
            lines.append(f"  p{position} --> {head}")
    lines += [
        "  classDef error stroke:#c2271b,stroke-width:2px",
        "  classDef skip stroke-dasharray:4 3",
        "  classDef off stroke-dasharray:2 3,color:#65707e",
        "  classDef ok stroke:#1f7a4d",
    ]
    return "\n".join(lines) + "\n"


def _hub(wanted: str, providers: list[int], hubs: dict[str, str], lines: list[str]) -> str:
    if wanted not in hubs:
        hubs[wanted] = f"t{len(hubs)}"
        name = "everything else" if wanted == "*" else short_type(wanted)
        lines.append(f'  {hubs[wanted]}(["{_text(name)}"])')
        lines.extend(f"  {hubs[wanted]} --> p{provider}" for provider in providers)
    return hubs[wanted]


def _text(text: str) -> str:
    """Entities for all that Mermaid or HTML could take for more than text."""
    return "".join(
        char if char.isalnum() or char in " .-_/" else f"#{ord(char)};" if char.isprintable() else "#65533;"
        for char in text
    )
