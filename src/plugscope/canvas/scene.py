"""What the canvas was told: the picture and all that is true of its cards. It decides nothing and draws nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from plugscope.layout import Picture
from plugscope.session import LOOK_MASK, Flag, Look

HALO, OUTLINE = 7.0, 2.0
"""Pixels at 100% that a ring or a dot reaches beyond a card, and that its outline does."""

FADED = 16
SELECTED = 32
"""Bits of a shown byte, above the look."""

_TO_SHOWN = bytes(
    (Look.PENDING if state & Flag.PENDING else state & LOOK_MASK) | (FADED if state & Flag.DIMMED else 0)
    for state in range(256)
)


class Focus(Struct, frozen=True, dict=True):
    """What is looked at, what that requires (up) and who requires it (down)."""

    centre: frozenset[int]
    up: frozenset[int]
    down: frozenset[int]

    @cached_property
    def all(self) -> frozenset[int]:
        """All of them; asked for card by card, and made once."""
        return self.centre | self.up | self.down


class Arrow(Struct, frozen=True):
    """A lookup: who asked, what was found, and whether that helped."""

    tail: int
    head: int
    ok: bool


class Scene:
    """``states`` are the bytes that were told, one a registration. ``shown`` has a byte a registration and ghost:
    a look, ``FADED`` and ``SELECTED``; it is kept up to date with every change, so that painting only reads it."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.states = bytearray(picture.graph.size)
        self.shown = bytearray()
        self.selection: frozenset[int] = frozenset()
        self.current: int | None = None
        self.hover = -1
        self.cursor = -1
        self.visible: frozenset[int] | None = None
        self.focus: Focus | None = None
        self.arrows: tuple[Arrow, ...] = ()
        self._marked = False
        self._compute()

    def take_over(self, other: Scene) -> None:
        """Everything that was told of another picture of the same catalog."""
        if other.picture.graph.size == self.picture.graph.size:
            self.states, self._marked = other.states, other._marked
            self.selection, self.current = other.selection, other.current
            self.visible, self.focus, self.arrows = other.visible, other.focus, other.arrows
            self._compute()

    @property
    def reach(self) -> float:
        """How far cards reach beyond their rectangles, in pixels at 100%: with rings and dots, or without any."""
        return HALO if self._marked or self.current is not None else OUTLINE

    @property
    def count(self) -> int:
        """How many cards and ghosts there are."""
        return self.picture.graph.first_type_node

    def set_states(self, states: Sequence[int]) -> list[int]:
        """All states at once; what is missing at the end is unknown. Answers who looks different now."""
        size, before = self.picture.graph.size, self.states
        self.states = bytearray(states[:size]).ljust(size, b"\0")
        self._marked = any(self.states.translate(_MARKED))
        changed = _differing(before, self.states)
        if changed:
            self._compute()
        return changed

    def update_states(self, changes: Mapping[int, int]) -> list[int]:
        """Some states. Answers who looks different now."""
        changed: list[int] = []
        for position, state in changes.items():
            if 0 <= position < len(self.states) and self.states[position] != state:
                self.states[position] = state
                self._marked = self._marked or bool(_MARKED[state])
                self.shown[position] = self._shown(position)
                changed.append(position)
        return changed

    def set_selection(self, selection: frozenset[int]) -> list[int]:
        """Answers who looks different now."""
        selection = frozenset(_among(selection, self.count))
        changed = sorted(self.selection ^ selection)
        self.selection = selection
        for node in changed:
            self.shown[node] ^= SELECTED
        return changed

    def set_visible(self, visible: frozenset[int] | None) -> None:
        """Fade all but these cards; none if ``None``."""
        self.visible = visible
        self._compute()

    def set_current(self, position: int | None) -> list[int]:
        """Answers who looks different now."""
        before, self.current = self.current, position if position in range(self.count) else None
        return [node for node in (before, self.current) if node is not None]

    def set_focus(self, focus: Focus | None) -> None:
        """Fade what is neither in the focus nor above or below it."""
        if focus is not None:
            focus = Focus(*(frozenset(_among(n, self.count)) for n in (focus.centre, focus.up, focus.down)))
        self.focus = focus
        self._compute()

    def faded(self, node: int) -> bool:
        """Whether a card or ghost is in the background now."""
        return bool(self.shown[node] & FADED)

    def set_arrows(self, arrows: Iterable[Arrow]) -> None:
        """Show these arrows over the picture; ends that it does not have are left out."""
        self.arrows = tuple(
            arrow for arrow in arrows if len(_among((arrow.tail, arrow.head), self.count)) == 2
        )

    def _foreground(self) -> frozenset[int] | None:
        """What does not fade, or ``None`` if nothing does."""
        wanted = None if self.focus is None else self.focus.all
        if self.visible is None:
            return wanted
        return self.visible if wanted is None else self.visible & wanted

    def _compute(self) -> None:
        graph = self.picture.graph
        shown = bytearray(self.states.translate(_TO_SHOWN))
        shown.extend([Look.ABSENT] * len(graph.ghosts))
        foreground = self._foreground()
        if foreground is not None:
            kept = _among(foreground, len(shown))
            values = [(node, shown[node]) for node in kept]
            shown = bytearray(shown.translate(_FADE))
            for node, value in values:
                shown[node] = value
        for node in _among(self.selection, len(shown)):
            shown[node] |= SELECTED
        self.shown = shown

    def _shown(self, position: int) -> int:
        value = _TO_SHOWN[self.states[position]]
        foreground = self._foreground()
        if foreground is not None and position not in foreground:
            value |= FADED
        return value | (SELECTED if position in self.selection else 0)


_MARKED = bytes(bool(state & (Flag.BREAKPOINT | Flag.CHANGED)) for state in range(256))
_NOT_ZERO = re.compile(rb"[^\0]")
_FADE = bytes(value | FADED for value in range(256))


def _differing(before: bytearray, after: bytearray) -> list[int]:
    """Where two rows of as many bytes differ; of ten thousand, few do as a rule."""
    bits = int.from_bytes(before, "little") ^ int.from_bytes(after, "little")
    return [found.start() for found in _NOT_ZERO.finditer(bits.to_bytes(len(after), "little"))]


def _among(nodes: Iterable[int], count: int) -> list[int]:
    return [node for node in nodes if 0 <= node < count]
