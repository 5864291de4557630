"""The list of registrations, and the default one that modules register into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .error import IDRegisteredError, InvalidRequiresError, NoPluginIDError, NoTypeError
from .kind import ANY
from .order import order_of
from .registration import ConfigMigration, InitFn, Registration
from .semantics import Semantics

DisableFilter = Callable[[Registration], bool]
"""Says of a registration whether it is disabled (1.3 and later)."""


class Registry:
    """Registrations in the order they were made, under one era's rules."""

    def __init__(
        self, registrations: Iterable[Registration] = (), semantics: Semantics | str = Semantics.V2
    ) -> None:
        self.semantics = Semantics(semantics)
        self._registrations: list[Registration] = []
        self._keys: set[object] = set()
        for registration in registrations:
            self.register(registration)

    def register(self, registration: Registration) -> Registration:
        """Add a registration (``Register``); raises where the Go code panics.

        ``NoTypeError``, ``NoPluginIDError``, ``IDRegisteredError`` (not in classic semantics) and
        ``InvalidRequiresError``.
        """
        rules = self.semantics.rules
        if not registration.type:
            raise NoTypeError
        if not registration.id:
            raise NoPluginIDError
        key = _key(registration, rules.duplicates)
        if key in self._keys:
            raise IDRegisteredError(f"{registration.uri}: {IDRegisteredError.text}")
        if ANY in registration.requires and len(registration.requires) != 1:
            raise InvalidRequiresError
        if rules.own_type_refused and registration.type in registration.requires:
            raise InvalidRequiresError
        self._registrations.append(registration)
        if key is not None:
            self._keys.add(key)
        return registration

    def plugin(
        self,
        type_: str,
        id_: str,
        *,
        requires: Iterable[str] = (),
        config: Any = None,
        config_migration: ConfigMigration | None = None,
    ) -> Callable[[InitFn], InitFn]:
        """Register the decorated init function; arguments as ``Registration``'s."""

        def register(init_fn: InitFn) -> InitFn:
            self.register(Registration(type_, id_, requires, config, init_fn, config_migration))
            return init_fn

        return register

    def graph(self, disable: Iterable[str] | DisableFilter | None = None) -> list[Registration]:
        """The registrations in the order they start (``Graph``).

        ``disable`` is a list or a filter. Classic: ids; the first registration of each id is cut out of the
        registry for good, as in 1.1 and 1.2. v1: URIs; a disabled one stays so in later calls. v2: URIs, and
        nothing is remembered. Raises ``CircularDependencyError``.
        """
        if self.semantics.rules.disable_by_id and not callable(disable):
            for id_ in disable or ():
                self._cut_first(id_)
            disable = None
        is_disabled = _as_filter(disable)
        sticky = self.semantics is Semantics.V1
        out: set[int] = set()
        for position, registration in enumerate(self._registrations):
            if is_disabled(registration) or (sticky and registration.disable):
                out.add(position)
                registration.disable = registration.disable or sticky
        sequence = order_of(self._registrations, self.semantics, out).sequence
        ordered = [self._registrations[position] for position in sequence]
        if self.semantics.rules.duplicates:
            return ordered
        # One and the same registration made twice: the Go code knows it by its pointer, and starts it once.
        return list({id(registration): registration for registration in ordered}.values())

    def reset(self, semantics: Semantics | str | None = None) -> None:
        """Forget all registrations, and change the semantics if one is given."""
        self._registrations.clear()
        self._keys.clear()
        if semantics is not None:
            self.semantics = Semantics(semantics)

    def _cut_first(self, id_: str) -> None:
        for registration in self._registrations:
            if registration.id == id_:
                self._registrations.remove(registration)
                return

    def __iter__(self) -> Iterator[Registration]:
        return iter(list(self._registrations))

    def __len__(self) -> int:
        return len(self._registrations)


def _key(registration: Registration, duplicates: str) -> object:
    if duplicates == "uri":
        return registration.uri
    if duplicates == "type and id":
        return (str(registration.type), registration.id)
    return None


def _as_filter(disable: Iterable[str] | DisableFilter | None) -> DisableFilter:
    if disable is None:
        return lambda _: False
    if callable(disable):
        return disable
    uris = frozenset(disable)
    return lambda registration: registration.uri in uris


default_registry = Registry()
"""Where ``register`` and ``plugin`` put what a module declares."""


def register(registration: Registration) -> Registration:
    """Register into the default registry; errors as ``Registry.register``."""
    return default_registry.register(registration)


plugin = default_registry.plugin
"""Decorator that registers an init function into the default registry."""


def graph(disable_list: Iterable[str] = ()) -> list[Registration]:
    """The default registry's order, with what its era remembers (``Graph`` of the Go package).

    An entry is a URI, or an id as in 1.1 and 1.2: then the first registration with that id is left out.
    """
    if default_registry.semantics.rules.disable_by_id:
        return default_registry.graph(disable_list)
    return default_registry.graph(map(_uri_meant, disable_list))


def _uri_meant(entry: str) -> str:
    if any(registration.uri == entry for registration in default_registry):
        return entry
    return next((registration.uri for registration in default_registry if registration.id == entry), entry)


def reset(semantics: Semantics | str | None = None) -> None:
    """Empty the default registry, for tests and for reloading modules."""
    default_registry.reset(semantics)
