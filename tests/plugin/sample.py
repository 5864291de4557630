"""Registries to test with: random ones, and the one that containerd/plugin tests itself with."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from plugscope.plugin import Registration, Semantics

TYPES = ("a", "b", "c", "d", "a.b")
IDS = ("x", "y", "z", "b.x")
ERAS = tuple(Semantics)

_requires = st.one_of(st.lists(st.sampled_from((*TYPES, "absent")), max_size=3).map(tuple), st.just(("*",)))


@st.composite
def any_registrations(draw: st.DrawFn, size: int = 8) -> list[Registration]:
    """Registrations of few types and ids, so that rings, duplicates and shared ids are common."""
    return [
        Registration(draw(st.sampled_from(TYPES)), draw(st.sampled_from(IDS)), draw(_requires))
        for _ in range(draw(st.integers(0, size)))
    ]


@st.composite
def layered_registrations(draw: st.DrawFn, size: int = 12) -> list[Registration]:
    """Registrations without rings: a type requires only types that come before it in the alphabet."""
    found = []
    for number in range(draw(st.integers(0, size))):
        kind = draw(st.integers(0, 4))
        wanted = draw(st.lists(st.integers(0, 4), max_size=3))
        requires = [f"t{other}" for other in wanted if other < kind]
        found.append(Registration(f"t{kind}", f"{draw(st.sampled_from(IDS))}{number}", requires))
    return found


def acceptable(registrations: Sequence[Registration], semantics: Semantics) -> list[Registration]:
    """Those that this era's Register takes: the first of each, without its own type from 2.3 on."""
    seen: set[object] = set()
    kept = []
    for registration in registrations:
        key: object = registration.uri
        if semantics is Semantics.V2:
            key = (registration.type, registration.id)
            if registration.type in registration.requires:
                continue
        if semantics is not Semantics.CLASSIC and key in seen:
            continue
        seen.add(key)
        kept.append(registration)
    return kept


_MODULE = """
    monitor cgroups
    service tasks-service: runtime runtime.v2 metadata monitor
    service introspection-service
    service namespaces-service: metadata
    grpc namespaces: service
    grpc content: service
    grpc containers: service
    service containers-service: metadata
    grpc events
    grpc leases: lease
    lease manager: metadata
    grpc diff: service
    service diff-service: differ
    service snapshots-service: metadata
    grpc snapshots: service
    grpc version
    grpc images: service
    gc scheduler: metadata
    runtime.v2 task: metadata
    grpc tasks: service
    grpc introspection: *
    service content-service: metadata
    grpc healthcheck
    internal opt
    grpc cri: service
    runtime linux: metadata
    internal restart: service
    differ walking: metadata
    snapshotter native
    snapshotter overlayfs
    content content
    metadata bolt: content snapshotter
    tracing.processor otlp
    internal tracing: tracing.processor
"""

_MODULE_ORDER = """
    monitor.cgroups content.content snapshotter.native snapshotter.overlayfs metadata.bolt runtime.linux
    runtime.v2.task service.tasks-service service.introspection-service service.namespaces-service
    service.containers-service differ.walking service.diff-service service.snapshots-service
    service.content-service grpc.namespaces grpc.content grpc.containers grpc.events lease.manager grpc.leases
    grpc.diff grpc.snapshots grpc.version grpc.images gc.scheduler grpc.tasks grpc.healthcheck internal.opt
    grpc.cri internal.restart tracing.processor.otlp internal.tracing grpc.introspection
"""
MODULE_ORDER = _MODULE_ORDER.split()
"""The order that the module's own test expects, as short names."""


def full_type(short: str) -> str:
    """``metadata`` is ``io.containerd.metadata.v1``, ``runtime.v2`` is ``io.containerd.runtime.v2``."""
    if short == "*":
        return short
    return f"io.containerd.{short}" if short.endswith(".v2") else f"io.containerd.{short}.v1"


def module_registrations() -> list[Registration]:
    """The 34 registrations of containerd/plugin's own test (``plugin_test.go``)."""
    found = []
    for line in _MODULE.strip().splitlines():
        name, _, requires = line.partition(":")
        kind, id_ = name.split()
        found.append(Registration(full_type(kind), id_, map(full_type, requires.split())))
    return found


def chain(length: int) -> list[Registration]:
    """Each requires the type of the next one, so that the walk goes as deep as there are registrations."""
    return [Registration(f"t{n}", "x", (f"t{n + 1}",)) for n in range(length)]
