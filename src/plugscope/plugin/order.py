"""The order in which a registry starts: containerd's Graph, iterative and near linear.

The Go code walks depth first: in registration order, and before a registration is appended, every plugin of
every type it requires is appended the same way. It scans the whole registry for each required type, which
makes it cubic; here the members of a type that are not placed yet form a chain, so that every registration is
looked at about once. The result is the same list (tests compare with a literal transcription and with Go).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from .error import CircularDependencyError
from .semantics import Semantics

_NEW, _OPEN, _PLACED = 0, 1, 2


class Ordered(Protocol):
    """What ordering needs to know of a registration."""

    @property
    def type(self) -> str:
        """Its type."""

    @property
    def id(self) -> str:
        """Its id within the type."""

    @property
    def requires(self) -> Sequence[str]:
        """The types that have to start before it, or ``*``."""

    @property
    def uri(self) -> str:
        """Type and id, joined by a dot."""


@dataclass(frozen=True, slots=True)
class Order:
    """``sequence``: positions of the registrations in start order. ``puller``: for each registration, the
    position of the one that pulled it forward, or -1 if it started in its own turn. ``via``: the required type
    that it was pulled in through, or "". Disabled registrations are in no sequence."""

    sequence: list[int]
    puller: list[int]
    via: list[str]


def order_of(
    registrations: Sequence[Ordered],
    semantics: Semantics = Semantics.V2,
    disabled: Collection[int] = (),
) -> Order:
    """Order the registrations; ``disabled`` holds positions that are left out and not walked through.

    Raises ``CircularDependencyError`` with the whole ring where the Go code panics (2.3 and later) or
    overflows its stack (all earlier releases).
    """
    return _Walk(registrations, semantics.rules.same_id_not_followed, disabled).run()


class _Walk:
    """One depth-first walk with an explicit stack.

    The members of a type that are not placed yet form a chain: ``first`` has its beginning, ``links`` what comes
    after each. Chains of integers, and not a list a type: a registry may have as many types as registrations.
    """

    def __init__(
        self, registrations: Sequence[Ordered], same_id_skipped: bool, disabled: Collection[int]
    ) -> None:
        self.registrations = registrations
        self.same_id_skipped = same_id_skipped
        size = len(registrations)
        self.state = bytearray(size)
        for position in disabled:
            self.state[position] = _PLACED
        self.sequence: list[int] = []
        self.puller = [-1] * size
        self.via = [""] * size
        self.first: dict[str, int] = {}
        self.links = [-1] * size
        self._chain()
        self.exhausted: dict[str, str] = {}

    def _chain(self) -> None:
        """Chain up the enabled members of each type in registration order; for "*", all there are."""
        registrations, state, first, links = self.registrations, self.state, self.first, self.links
        find = first.get
        for position in range(len(registrations) - 1, -1, -1):
            if not state[position]:
                kind = registrations[position].type
                links[position] = find(kind, -1)
                first[kind] = position
        first["*"] = 0 if registrations else -1

    @cached_property
    def all_links(self) -> list[int]:
        """The chain of everything, for those who require "*"."""
        return [*range(1, len(self.registrations)), -1]

    def run(self) -> Order:
        registrations, state, append = self.registrations, self.state, self.sequence.append
        first = self.first.get
        for root, registration in enumerate(registrations):
            if state[root]:
                continue
            for wanted in registration.requires:
                if first(wanted, -1) >= 0:
                    self._descend(root)
                    break
            else:
                state[root] = _PLACED
                append(root)
        return Order(self.sequence, self.puller, self.via)

    def _descend(self, root: int) -> None:
        """Place ``root`` after all that it pulls forward. ``reached`` counts the requires done of each open one.

        Plain integers on the stack, and nothing pushed for a plugin with nothing left to pull: both matter.
        """
        registrations, state = self.registrations, self.state
        append, puller, via = self.sequence.append, self.puller, self.via
        same_id_skipped = self.same_id_skipped
        first, find = self.first, self.first.get
        type_links = self.links
        state[root] = _OPEN
        stack = [root]
        reached = [0]
        node, turn, requires = root, 0, registrations[root].requires
        while True:
            if turn == len(requires):
                state[node] = _PLACED
                append(node)
                stack.pop()
                reached.pop()
                if not stack:
                    return
                node, turn = stack[-1], reached[-1]
                requires = registrations[node].requires
                continue
            wanted = requires[turn]
            links = self.all_links if wanted == "*" else type_links
            child = find(wanted, -1)
            while child >= 0:
                if state[child] == _PLACED:
                    child = first[wanted] = links[child]
                    continue
                if state[child] or same_id_skipped:
                    child = self._next(node, wanted)
                    if child < 0:
                        break
                puller[child] = node
                via[child] = wanted
                for needed in registrations[child].requires:
                    if find(needed, -1) >= 0:
                        break
                else:
                    state[child] = _PLACED
                    append(child)
                    child = find(wanted, -1)
                    continue
                break
            if child < 0:
                turn += 1
                continue
            state[child] = _OPEN
            reached[-1] = turn
            stack.append(child)
            reached.append(0)
            node, turn, requires = child, 0, registrations[child].requires

    def _next(self, node: int, wanted: str) -> int:
        """The next member of a type that ``node`` follows, or -1. Members that are placed leave the chain.

        A registration does not follow itself, and in classic semantics nothing that shares its id. Raises
        ``CircularDependencyError`` for a member that is still on the stack.
        """
        registrations, state, own_id = self.registrations, self.state, self.registrations[node].id
        same_id_skipped = self.same_id_skipped
        if same_id_skipped and self.exhausted.get(wanted) == own_id:
            return -1
        links = self.all_links if wanted == "*" else self.links
        previous, member = -1, self.first.get(wanted, -1)
        while member >= 0:
            following = links[member]
            if state[member] == _PLACED:
                if previous < 0:
                    self.first[wanted] = following
                else:
                    links[previous] = following
            elif member == node or (same_id_skipped and registrations[member].id == own_id):
                previous = member
            elif state[member] == _OPEN:
                raise CircularDependencyError(cycle=self._ring(node, member))
            else:
                return member
            member = following
        if same_id_skipped:
            # Only members with this id are left: the next one that shares it need not look again.
            self.exhausted[wanted] = own_id
        return -1

    def _ring(self, node: int, member: int) -> tuple[str, ...]:
        """The URIs from the member that is already on the stack down to the node that closes the ring."""
        ring = [node]
        while ring[-1] != member:
            ring.append(self.puller[ring[-1]])
        return tuple(self.registrations[position].uri for position in reversed(ring))
