"""Small catalogs and pictures to lay out and draw."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from plugscope.boot import Absent, Catalog, Entry
from plugscope.layout import Graph, Picture, lane_picture
from plugscope.plugin import Registration, Semantics

Declared = tuple[str, str, tuple[str, ...]]

# Two snapshotters behind one type, a single content store, somebody who requires both and a type nobody has.
STORES: tuple[Declared, ...] = (
    ("x.content.v1", "content", ()),
    ("x.snapshotter.v1", "overlay", ()),
    ("x.snapshotter.v1", "native", ()),
    ("x.metadata.v1", "bolt", ("x.content.v1", "x.snapshotter.v1")),
    ("x.service.v1", "tasks", ("x.metadata.v1", "x.gone.v1")),
    ("x.alone.v1", "alone", ()),
)
CONTENT, OVERLAY, NATIVE, BOLT, TASKS, ALONE = range(6)
GONE = 6
"""The ghost of the type that nobody has."""

RING: tuple[Declared, ...] = (
    ("x.a.v1", "a", ("x.b.v1",)),
    ("x.b.v1", "b", ("x.c.v1",)),
    ("x.c.v1", "c", ("x.a.v1",)),
    ("x.after.v1", "after", ("x.a.v1",)),
)


any_type = st.sampled_from(["", "a", "a.v1", "a.b.v1", "io.containerd.grpc.v1", "日本.v1", "*"])
"""Types of any look: nameless, one the beginning of another, and the one that means all."""

any_catalog = st.builds(
    Catalog,
    st.lists(
        st.builds(
            Registration, type=any_type, id=st.text(max_size=12), requires=st.lists(any_type, max_size=4)
        ).map(Entry),
        max_size=25,
    ),
)
"""Catalogs that no daemon would take: repeats, rings, nameless plugins."""


def catalog(
    declared: tuple[Declared, ...] = STORES,
    *,
    absent: tuple[Absent, ...] = (),
    semantics: Semantics = Semantics.V2,
) -> Catalog:
    """A catalog of (type, id, requires) in their order."""
    entries = [Entry(Registration(type_, id_, requires)) for type_, id_, requires in declared]
    return Catalog(entries, absent=absent, semantics=semantics)


def graph(declared: tuple[Declared, ...] = STORES, *, absent: tuple[Absent, ...] = ()) -> Graph:
    return Graph(catalog(declared, absent=absent))


def layered(size: int, types: int = 12, seed: int = 3) -> Catalog:
    """So many plugins; each type requires up to three types before it."""
    rng = random.Random(seed)
    names = [f"x.kind{number}.v1" for number in range(types)]
    declared = []
    for number in range(size):
        kind = number % types
        declared.append((names[kind], f"p{number}", tuple(rng.sample(names[:kind], min(kind, 3)))))
    return catalog(tuple(declared))


def picture(declared: tuple[Declared, ...] = STORES) -> Picture:
    return lane_picture(graph(declared))
