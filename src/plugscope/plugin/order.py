"""The order in which a registry starts: containerd's Graph, iterative and near linear.

The Go code walks depth first: in registration order, and before a registration is appended, every plugin of
every type it requires is appended the same way. It scans the whole registry for each required type, which
makes it cubic; here each type keeps a queue of the members that are not placed yet, so that every registration
is looked at about once. The result is the same list (tests compare with a literal transcription and with Go).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from .error import CircularDependencyError
from .semantics import Semantics

_NEW, _OPEN, _PLACED = 0, 1, 2


class Ordered(Protocol):
    """What ordering needs to know of a registration."""

    @property
    def type(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def requires(self) -> Sequence[str]: ...
    @property
    def uri(self) -> str: ...


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
    """One depth-first walk with an explicit stack."""

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
        self.waiting = self._queues()
        self.exhausted: dict[str, str] = {}

    def _queues(self) -> dict[str, list[int]]:
        """For each type, its enabled members, the first registered one last; for "*", all of them."""
        state = self.state
        queues: dict[str, list[int]] = {}
        find = queues.get
        for position, registration in enumerate(self.registrations):
            if not state[position]:
                queue = find(registration.type)
                if queue is None:
                    queues[registration.type] = [position]
                else:
                    queue.append(position)
        for queue in queues.values():
            queue.reverse()
        queues["*"] = [p for p in range(len(self.registrations) - 1, -1, -1) if not state[p]]
        return queues

    def run(self) -> Order:
        registrations, state, append = self.registrations, self.state, self.sequence.append
        waiting = self.waiting.get
        for root, registration in enumerate(registrations):
            if state[root]:
                continue
            for wanted in registration.requires:
                if waiting(wanted):
                    self._descend(root)
                    break
            else:
                state[root] = _PLACED
                append(root)
        return Order(self.sequence, self.puller, self.via)

    def _descend(self, root: int) -> None:
        """Place ``root`` after all that it pulls forward. ``reached`` counts the requires done of each open one.

        Plain integers on the stack, and nothing pushed for a plugin with nothing left to pull: both matter,
        as does asking a queue only while it has members.
        """
        registrations, state, waiting = self.registrations, self.state, self.waiting.get
        append, puller, via = self.sequence.append, self.puller, self.via
        same_id_skipped = self.same_id_skipped
        state[root] = _OPEN
        stack = [root]
        reached = [0]
        node = root
        requires = registrations[root].requires
        turn = 0
        while True:
            if turn == len(requires):
                state[node] = _PLACED
                append(node)
                stack.pop()
                reached.pop()
                if not stack:
                    return
                node = stack[-1]
                turn = reached[-1]
                requires = registrations[node].requires
                continue
            wanted = requires[turn]
            queue = waiting(wanted)
            child = -1
            while queue:
                child = queue[-1]
                if state[child] == _PLACED:
                    queue.pop()
                    child = -1
                    continue
                if state[child] or same_id_skipped:
                    child = self._unless_excluded(node, wanted, queue)
                    if child < 0:
                        break
                puller[child] = node
                via[child] = wanted
                for needed in registrations[child].requires:
                    if waiting(needed):
                        break
                else:
                    state[child] = _PLACED
                    append(child)
                    child = -1
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

    def _unless_excluded(self, node: int, wanted: str, queue: list[int]) -> int:
        """The next member of the queue that ``node`` really follows, or -1.

        A registration does not follow itself, and in classic semantics nothing that shares its id.
        """
        registrations, state = self.registrations, self.state
        own_id = registrations[node].id
        if self.same_id_skipped and self.exhausted.get(wanted) == own_id:
            return -1
        place = len(queue) - 1
        while place >= 0:
            member = queue[place]
            if state[member] == _PLACED:
                del queue[place]
            elif member != node and not (self.same_id_skipped and registrations[member].id == own_id):
                if state[member] == _OPEN:
                    raise CircularDependencyError(cycle=self._ring(node, member))
                return member
            place -= 1
        if self.same_id_skipped:
            # Only members with this id are left: the next one that shares it need not look again.
            self.exhausted[wanted] = own_id
        return -1

    def _ring(self, node: int, member: int) -> tuple[str, ...]:
        """The URIs from the member that is already on the stack down to the node that closes the ring."""
        ring = [node]
        while ring[-1] != member:
            ring.append(self.puller[ring[-1]])
        return tuple(self.registrations[position].uri for position in reversed(ring))
