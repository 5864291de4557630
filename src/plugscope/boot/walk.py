"""Ordering step by step: the depth-first walk with its stack, as data for the window and the lessons.

``plugscope.plugin.order_of`` gives the same order at once, and is what everything else uses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from plugscope.plugin import Registration, Semantics

_NEW, _OPEN, _PLACED = 0, 1, 2


class Move(StrEnum):
    """What happens at one point of the walk."""

    TURN = "turn"
    """The plugin's own turn in registration order comes, and it is not placed yet."""
    PASSED = "passed"
    """Its own turn comes, but something pulled it forward before."""
    REQUIRES = "requires"
    """The plugin on top of the stack turns to the next type that it requires."""
    ALREADY = "already"
    """A member of that type is placed already."""
    PULLED = "pulled"
    """A member of that type is not placed yet, and so is pulled forward."""
    PLACED = "placed"
    """All that the plugin requires is placed, and now it is."""
    RING = "ring"
    """A member of that type is still on the stack: the walk cannot go on."""


class WalkEvent(Struct, frozen=True):
    """One move. ``position`` is the plugin that it is about, ``type`` the required type, where there is one.

    ``stack`` are the positions being worked on, the oldest first, as they are after the move; for a ring, those
    that form it.
    """

    move: Move
    position: int
    type: str = ""
    stack: tuple[int, ...] = ()


def order_moves(
    registrations: Sequence[Registration],
    semantics: Semantics = Semantics.V2,
    disabled: Collection[int] = (),
) -> Iterator[WalkEvent]:
    """The walk that orders the registrations, move by move. After a ring nothing follows."""
    return _Walk(registrations, semantics.rules.same_id_not_followed, disabled).run()


class _Walk:
    def __init__(
        self, registrations: Sequence[Registration], same_id_skipped: bool, disabled: Collection[int]
    ) -> None:
        self.registrations = registrations
        self.same_id_skipped = same_id_skipped
        self.enabled = [position for position in range(len(registrations)) if position not in disabled]
        self.members: dict[str, list[int]] = {"*": self.enabled}
        for position in self.enabled:
            self.members.setdefault(registrations[position].type, []).append(position)
        self.state = bytearray(len(registrations))
        self.stack: list[int] = []

    def run(self) -> Iterator[WalkEvent]:
        for position in self.enabled:
            if self.state[position]:
                yield WalkEvent(Move.PASSED, position)
                continue
            self._open(position)
            yield self._event(Move.TURN, position)
            for event in self._descend(position):
                yield event
                if event.move is Move.RING:
                    return

    def _descend(self, root: int) -> Iterator[WalkEvent]:
        """What follows from opening ``root``, until it is placed. Each open plugin has its moves still to make."""
        moves = [self._moves_of(root)]
        while moves:
            event = next(moves[-1], None)
            if event is None:
                moves.pop()
                position = self.stack.pop()
                self.state[position] = _PLACED
                yield self._event(Move.PLACED, position)
                continue
            yield event
            if event.move is Move.PULLED:
                moves.append(self._moves_of(event.position))

    def _moves_of(self, requirer: int) -> Iterator[WalkEvent]:
        for wanted in self.registrations[requirer].requires:
            yield self._event(Move.REQUIRES, requirer, wanted)
            for member in self.members.get(wanted, ()):
                if not self._follows(requirer, member):
                    continue
                if self.state[member] == _PLACED:
                    yield self._event(Move.ALREADY, member, wanted)
                elif self.state[member] == _OPEN:
                    ring = tuple(self.stack[self.stack.index(member) :])
                    yield WalkEvent(Move.RING, member, wanted, ring)
                else:
                    self._open(member)
                    yield self._event(Move.PULLED, member, wanted)

    def _follows(self, requirer: int, member: int) -> bool:
        """Nothing follows itself, and in classic semantics nothing that shares its id."""
        if member == requirer:
            return False
        registrations = self.registrations
        return not (self.same_id_skipped and registrations[member].id == registrations[requirer].id)

    def _open(self, position: int) -> None:
        self.state[position] = _OPEN
        self.stack.append(position)

    def _event(self, move: Move, position: int, type_: str = "") -> WalkEvent:
        return WalkEvent(move, position, type_, tuple(self.stack))
