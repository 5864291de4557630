"""The rules of containerd's Graph as the Go code has them: plain recursive loops over the whole registry.

Slow on purpose, and written to be compared with CONTAINERD's description line by line. What Go does not survive
(a ring: its stack overflows, or it panics) is `RingMet` here, with the URIs from the plugin that closes it on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plugscope.plugin import Registration, Semantics

Follows = Callable[[Registration, str, Registration], bool]


class RingMet(Exception):
    """The walk came back to a registration that it had not finished with."""

    def __init__(self, ring: Sequence[str]) -> None:
        super().__init__(" -> ".join(ring))
        self.ring = tuple(ring)


def follows_classic(requirer: Registration, wanted: str, other: Registration) -> bool:
    """1.0 to 1.2: by type, but nothing with the requirer's own id."""
    return other.id != requirer.id and wanted in ("*", other.type)


def follows_by_uri(requirer: Registration, wanted: str, other: Registration) -> bool:
    """1.3 to 2.2: by type, but not what has the requirer's own URI."""
    return other.uri != requirer.uri and wanted in ("*", other.type)


def follows_by_identity(requirer: Registration, wanted: str, other: Registration) -> bool:
    """2.3 and later: by type, but not the requirer itself."""
    return other is not requirer and wanted in ("*", other.type)


FOLLOWS: dict[Semantics, Follows] = {
    Semantics.CLASSIC: follows_classic,
    Semantics.V1: follows_by_uri,
    Semantics.V2_0: follows_by_uri,
    Semantics.V2: follows_by_identity,
}


def literal_order(
    registrations: Sequence[Registration], semantics: Semantics, left_out: Sequence[Registration] = ()
) -> list[Registration]:
    """The order that the recursive loops give. Raises ``RingMet``."""
    follows = FOLLOWS[semantics]
    ordered: list[Registration] = []

    def is_in(registration: Registration, some: Sequence[Registration]) -> bool:
        return any(registration is other for other in some)

    def children(path: list[Registration]) -> None:
        requirer = path[-1]
        for wanted in requirer.requires:
            for other in registrations:
                if is_in(other, left_out) or not follows(requirer, wanted, other):
                    continue
                if semantics is Semantics.V2 and is_in(other, ordered):
                    continue
                if is_in(other, path):
                    start = next(place for place, on_path in enumerate(path) if on_path is other)
                    raise RingMet([registration.uri for registration in path[start:]])
                children([*path, other])
                if not is_in(other, ordered):
                    ordered.append(other)

    for registration in registrations:
        if is_in(registration, left_out):
            continue
        children([registration])
        if not is_in(registration, ordered):
            ordered.append(registration)
    return ordered


class LiteralRegistry:
    """Register and Graph with the state that each era keeps between calls."""

    def __init__(self, registrations: Sequence[Registration], semantics: Semantics) -> None:
        self.registrations = list(registrations)
        self.semantics = semantics
        self.disabled_for_good: list[Registration] = []

    def graph(self, disable: Sequence[str]) -> list[Registration]:
        """Classic cuts the first registration of each id out; v1 marks URIs for good; v2 forgets them."""
        if self.semantics is Semantics.CLASSIC:
            for id_ in disable:
                for place, registration in enumerate(self.registrations):
                    if registration.id == id_:
                        self.registrations = self.registrations[:place] + self.registrations[place + 1 :]
                        break
            return literal_order(self.registrations, self.semantics)
        out = [registration for registration in self.registrations if registration.uri in disable]
        if self.semantics is Semantics.V1:
            self.disabled_for_good += out
            out = self.disabled_for_good
        return literal_order(self.registrations, self.semantics, out)
