"""An initialised plugin, and the set that the boot collects them in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from .error import ErrorText, PluginInitializedError
from .meta import Meta
from .semantics import Semantics


class Declared(Protocol):
    """The part of a registration that an initialised plugin shows."""

    @property
    def type(self) -> str:
        """Its type."""

    @property
    def id(self) -> str:
        """Its id within the type."""

    @property
    def uri(self) -> str:
        """Type and id, joined by a dot."""


class Plugin:
    """A plugin after its init function ran (``Plugin``): ``registration``, ``config`` and ``meta`` as
    initialised, ``err`` if it failed."""

    __slots__ = ("_context", "_instance", "_traceback", "config", "err", "meta", "registration")

    def __init__(
        self,
        registration: Declared,
        config: Any = None,
        meta: Meta | None = None,
        instance: Any = None,
        err: Exception | None = None,
    ) -> None:
        self.registration = registration
        self.config = config
        self.meta = Meta() if meta is None else meta
        self.err = err
        self._instance = instance
        self._context = None if err is None else err.__context__
        self._traceback = None if err is None else err.__traceback__

    def instance(self) -> Any:
        """What the init function returned. Raises the plugin's own error if it failed."""
        if self.err is None:
            return self._instance
        # Many raise this one object. Python ties it to whatever a raiser is handling, and adds their frames.
        try:
            raise self.err.with_traceback(self._traceback)
        finally:
            self.err.__context__ = self._context

    def __repr__(self) -> str:
        return f"<Plugin {self.registration.uri} {'ok' if self.err is None else repr(self.err)}>"


class PluginSet:
    """The initialised plugins (``Set``): in the order of initialisation, each (type, id) once."""

    def __init__(self, semantics: Semantics = Semantics.V2) -> None:
        self.semantics = semantics
        self._ordered: list[Plugin] = []
        self._by_type: dict[str, dict[str, Plugin]] = {}

    def add(self, plugin: Plugin) -> None:
        """Add a plugin; raises ``PluginInitializedError`` if its type and id are there already."""
        of_type = self._by_type.setdefault(plugin.registration.type, {})
        if plugin.registration.id in of_type:
            uri = plugin.registration.uri
            if self.semantics.is_v2:
                raise PluginInitializedError(ErrorText.ADD_FAILED.format(uri, PluginInitializedError.text))
            raise PluginInitializedError(ErrorText.ALREADY_INITIALIZED.format(uri))
        of_type[plugin.registration.id] = plugin
        self._ordered.append(plugin)

    def get(self, type_: str, id_: str) -> Plugin | None:
        """The plugin of that type and id, failed or not, or ``None``."""
        return self._by_type.get(type_, {}).get(id_)

    def get_all(self) -> list[Plugin]:
        """All plugins initialised so far, in order."""
        return list(self._ordered)

    def of_type(self, type_: str) -> list[Plugin]:
        """All plugins of a type, in the order of initialisation."""
        return list(self._by_type.get(type_, {}).values())

    def __iter__(self) -> Iterator[Plugin]:
        return iter(list(self._ordered))

    def __len__(self) -> int:
        return len(self._ordered)
