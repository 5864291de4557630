"""How large a card is. The painter and the layouts share these measures (pixels at 100%)."""

from __future__ import annotations

from collections.abc import Iterable

from .graph import Graph
from .metrics import text_width

CARD_HEIGHT = 44.0
BAND_WIDTH = 4.0
PADDING = 10.0
MARK_SIZE = 16.0
ID_SIZE, TYPE_SIZE = 13.0, 11.0
HUB_HEIGHT = 22.0

_NARROWEST, _WIDEST = 112.0, 248.0
# Room for the usual words of a status: a word that does not fit beside the type is left to the mark.
_WORD_WIDTH = text_width("disabled", TYPE_SIZE) + 8
_STEP = 4.0


def card_width(ids: Iterable[str], type_label: str) -> float:
    """The width of cards of one type: equal for all of them, so that columns of a type are calm."""
    longest = max(ids, key=len, default="")
    first_line = text_width(longest, ID_SIZE, bold=True) + MARK_SIZE + PADDING
    second_line = text_width(type_label, TYPE_SIZE) + _WORD_WIDTH
    wanted = BAND_WIDTH + 2 * PADDING + max(first_line, second_line)
    return min(max(_STEP * -(-wanted // _STEP), _NARROWEST), _WIDEST)


def widths(graph: Graph) -> list[float]:
    """The card width of each type."""
    ids = [entry.registration.id for entry in graph.catalog.entries]
    ids += [ghost.label for ghost in graph.ghosts]
    return [
        card_width([ids[node] for node in members], graph.type_label(type_))
        for type_, members in enumerate(graph.members)
    ]


def hub_width(graph: Graph, type_: int) -> float:
    """The width of a type's pill: a dot, its name and the number of its providers."""
    label = f"{graph.type_label(type_)} {len(graph.members[type_])}"
    return max(56.0, text_width(label, TYPE_SIZE, bold=True) + 34)
