"""A declared plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .context import InitContext
from .kind import ANY
from .loaded import Plugin

InitFn = Callable[[InitContext], Any]
"""Makes the plugin's instance, or raises. It may fill ``ic.meta`` in."""

ConfigMigration = Callable[[int, dict[str, Any]], None]
"""Edits the table of all plugins' configurations, written for an older config version, in place."""


class Registration:
    """A plugin as it is declared (``Registration`` of the Go package).

    ``requires`` holds types, never ids, and only orders: a required type without a plugin is no error here.
    ``config`` is the default configuration; ``disable`` is 1.3 to 1.7's sticky flag.
    """

    __slots__ = ("config", "config_migration", "disable", "id", "init_fn", "requires", "type", "uri")

    def __init__(
        self,
        type: str,  # noqa: A002 - the field's name in Go
        id: str,  # noqa: A002 - the field's name in Go
        requires: Iterable[str] = (),
        config: Any = None,
        init_fn: InitFn | None = None,
        config_migration: ConfigMigration | None = None,
    ) -> None:
        self.type = type
        self.id = id
        self.requires = (requires,) if isinstance(requires, str) else tuple(requires)
        self.config = config
        self.init_fn = init_fn
        self.config_migration = config_migration
        self.disable = False
        self.uri = f"{type}.{id}"

    def __repr__(self) -> str:
        return f"Registration({self.uri!r}, requires={list(self.requires)!r})"

    @property
    def requires_all(self) -> bool:
        """Whether it requires everything else (``"*"``)."""
        return ANY in self.requires

    def init(self, ic: InitContext) -> Plugin:
        """Run the init function (``Init``) and keep what came of it, error included.

        Only ``Exception`` is kept: what ends a process (``SystemExit``, ``KeyboardInterrupt``) passes through.
        """
        instance: Any = None
        error: Exception | None = None
        try:
            if self.init_fn is not None:
                instance = self.init_fn(ic)
        except Exception as raised:
            error = raised
        return Plugin(self, ic.config, ic.meta, instance, error)
