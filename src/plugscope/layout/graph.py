"""From a catalog to what is drawn: plugins, types, ghosts, and who is joined to whom.

All registrations are in it, disabled ones too: what is disabled, filtered or stepped changes colours and never
places, so nothing here depends on a plan.

Nodes are numbers: first the registrations by their position in the catalog, then the ghosts, then the types.
"""

from __future__ import annotations

from array import array
from collections import Counter
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from plugscope.boot import NO_ID, NO_TYPE, Catalog
from plugscope.plugin import CircularDependencyError, order_of, short_type

EVERYTHING = "*"
"""The required type that means all other plugins."""

_SLICE = 10_000
"""So many plugins are counted in a few milliseconds, in which no other thread has a turn."""


class GhostKind(StrEnum):
    """Why something is drawn that is no plugin."""

    NOT_REGISTERED = "not registered"
    NOT_BUILT = "not in this build"
    EVERYTHING = "everything else"


class Ghost(Struct, frozen=True):
    """Something that is not there: a type that a plugin requires and nobody registers, or an absent plugin."""

    kind: GhostKind
    type: str
    label: str
    uri: str = ""
    why: str = ""


class Graph:
    """The drawable graph of a catalog. Immutable once made.

    ``types`` are those with a plugin, in order of first registration, then those only required. ``type_of`` and
    ``slot_of`` say for each registration and ghost its type and its number among ``members`` of that type.
    ``wants`` has the required types of each registration, without repeats.
    """

    def __init__(self, catalog: Catalog, *, absent: bool = False) -> None:
        self.catalog = catalog
        self.size = len(catalog.entries)
        self.types: list[str] = []
        self.type_index: dict[str, int] = {}
        self.members: list[list[int]] = []
        self.type_of = array("i")
        self.slot_of = array("i")
        self.wants: list[tuple[int, ...]] = []
        self.ghosts: list[Ghost] = []
        self._gather()
        self.registered_types = len(self.types)
        self._want()
        self._add_ghosts(absent)

    def is_like(self, other: Graph) -> bool:
        """Whether a picture of the other is one of this: the same plugins, in the same places, requiring the same."""
        return (
            self.wants == other.wants
            and self.types == other.types
            and self.ghosts == other.ghosts
            and [entry.uri for entry in self.catalog.entries]
            == [entry.uri for entry in other.catalog.entries]
        )

    @property
    def first_type_node(self) -> int:
        """The number of the first node that stands for a type."""
        return self.size + len(self.ghosts)

    def type_node(self, type_: int) -> int:
        """The node that stands for a type."""
        return self.first_type_node + type_

    def ghost(self, node: int) -> Ghost | None:
        """The ghost of that number, if it is one."""
        return self.ghosts[node - self.size] if self.size <= node < self.first_type_node else None

    def label(self, node: int) -> str:
        """What is written large on a node: the id; of a type its short name."""
        if node < self.size:
            id_ = self.catalog.entries[node].registration.id
            return "␣" * min(len(id_), 8) if id_.isspace() else id_ or NO_ID
        if node < self.first_type_node:
            return self.ghosts[node - self.size].label
        return self.type_label(node - self.first_type_node)

    def type_label(self, type_: int) -> str:
        """What people call a type."""
        name = self.types[type_]
        return GhostKind.EVERYTHING if name == EVERYTHING else short_type(name) or NO_TYPE

    def _gather(self) -> None:
        find, members = self.type_index.get, self.members
        type_of, slot_of = self.type_of.append, self.slot_of.append
        for position, entry in enumerate(self.catalog.entries):
            name = entry.registration.type
            index = find(name)
            if index is None:
                index = self._add_type(name)
            same = members[index]
            type_of(index)
            slot_of(len(same))
            same.append(position)

    def _add_type(self, name: str) -> int:
        index = self.type_index[name] = len(self.types)
        self.types.append(name)
        self.members.append([])
        return index

    def _want(self) -> None:
        """Many plugins require the same types in the same words: each such tuple is translated once."""
        known: dict[tuple[str, ...], tuple[int, ...]] = {}
        append = self.wants.append
        for entry in self.catalog.entries:
            requires = entry.registration.requires
            wanted = known.get(requires)
            if wanted is None:
                wanted = known[requires] = tuple(dict.fromkeys(map(self._type, requires)))
            append(wanted)

    def _type(self, name: str) -> int:
        index = self.type_index.get(name)
        return self._add_type(name) if index is None else index

    def _add_ghosts(self, absent: bool) -> None:
        not_built = {entry.uri: entry for entry in self.catalog.absent if entry.uri}
        by_type: dict[int, list[Ghost]] = {}
        for uri, entry in not_built.items():
            type_, _, name = self._split(uri)
            index = self.type_index.get(type_, -1)
            if index < 0 and absent:
                index = self._add_type(type_)
            if index >= 0 and (absent or index >= self.registered_types):
                ghost = Ghost(GhostKind.NOT_BUILT, type_, name, uri, entry.why)
                by_type.setdefault(index, []).append(ghost)
        for index in range(self.registered_types, len(self.types)):
            if index not in by_type:
                by_type[index] = [self._ghost_of_type(index)]
        for index, ghosts in by_type.items():
            for ghost in ghosts:
                self.type_of.append(index)
                self.slot_of.append(len(self.members[index]))
                self.members[index].append(self.size + len(self.ghosts))
                self.ghosts.append(ghost)

    def _ghost_of_type(self, index: int) -> Ghost:
        name = self.types[index]
        if name == EVERYTHING:
            return Ghost(GhostKind.EVERYTHING, name, GhostKind.EVERYTHING, why="requires all other plugins")
        return Ghost(
            GhostKind.NOT_REGISTERED, name, short_type(name), why="no plugin of this type is registered"
        )

    def _split(self, uri: str) -> tuple[str, str, str]:
        """An id may hold dots: the longest type that is known and fits counts."""
        fitting = [name for name in self.types if uri.startswith(f"{name}.")]
        if fitting:
            name = max(fitting, key=len)
            return name, ".", uri[len(name) + 1 :]
        return uri.rpartition(".")

    @cached_property
    def requirers(self) -> list[list[int]]:
        """For each type the registrations that require it, in their order."""
        found: list[list[int]] = [[] for _ in self.types]
        for position, wanted in enumerate(self.wants):
            for type_ in wanted:
                found[type_].append(position)
        return found

    @cached_property
    def type_edges(self) -> dict[tuple[int, int], int]:
        """How many members of the first type require the second.

        Counted by the identity of the tuples, which ``_want`` made one of each kind.
        """
        tuples = {id(wanted): wanted for wanted in self.wants}
        counts: Counter[tuple[int, int]] = Counter()
        for start in range(0, self.size, _SLICE):
            part = slice(start, start + _SLICE)
            counts.update(zip(self.type_of[part], map(id, self.wants[part]), strict=False))
        edges: dict[tuple[int, int], int] = {}
        for (tail, key), count in counts.items():
            for head in tuples[key]:
                edges[tail, head] = edges.get((tail, head), 0) + count
        return edges

    @cached_property
    def start_order(self) -> list[int]:
        """The positions in the order they would start if nothing were disabled."""
        registrations = self.catalog.registrations
        try:
            return order_of(registrations, self.catalog.semantics).sequence
        except CircularDependencyError:
            return list(range(self.size))

    def requires_of(self, node: int) -> list[int]:
        """The nodes that a plugin requires: all providers of its types, ghosts included."""
        if node >= self.size:
            return []
        if self._everything in self.wants[node]:
            return [other for other in range(self.first_type_node) if other != node]
        return [n for type_ in self.wants[node] for n in self.members[type_] if n != node]

    def requirers_of(self, node: int) -> list[int]:
        """The plugins that require this node's type."""
        requirers = self.requirers[self.type_of[node]]
        if self._everything >= 0:
            return sorted({*requirers, *self.requirers[self._everything]} - {node})
        return [other for other in requirers if other != node]

    @cached_property
    def _everything(self) -> int:
        return self.type_index.get(EVERYTHING, -1)
