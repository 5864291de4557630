"""What can go wrong in a plugin system: one class for each error variable of the Go package.

The texts are those of containerd's own errors, word for word, because people search for them
(containerd/plugin ``plugin.go``; 1.x ``plugin/plugin.go`` and ``errdefs``).
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from .stage import Stage


class ErrorText(StrEnum):
    """What containerd says, with ``{}`` for what it names: said here, and looked for in logs."""

    NO_PLUGINS_FOR = "no plugins registered for {}"
    NO_PLUGINS_WITH_ID = "no {} plugins with id {}"
    SEVERAL_PLUGINS_FOR = "multiple plugins registered for {}"
    NOT_ADDED = "could not add plugin result to plugin set: {}"
    ADD_FAILED = "plugin add failed for {}: {}"
    ALREADY_INITIALIZED = "plugin {} already initialized: already exists"
    REQUIRED_FAILED = "load required plugin {}: {}"
    REQUIRED_MISSING = "required plugin [{}] not included"
    READINESS_FAILED = "plugin failed after registering readiness {}: {}"
    RING = "circular plugin dependency at {}: {}"
    REGISTERED_TWICE = "{}: plugin: id already registered"

    def pattern(self, *groups: str) -> str:
        """A regular expression for the text, with these in the place of what it names."""
        around = [re.escape(part) for part in self.split("{}")]
        return "".join(part + group for part, group in zip(around, (*groups, ""), strict=True))


class PluginError(Exception):
    """The root of every error of the plugin model. ``text`` is the Go variable's message."""

    text: ClassVar[str] = "plugin error"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(self.text if message is None else message)


class NoTypeError(PluginError):
    """A registration without a type (``ErrNoType``)."""

    text = "plugin: no type"


class NoPluginIDError(PluginError):
    """A registration without an id (``ErrNoPluginID``)."""

    text = "plugin: no id"


class SkipPlugin(PluginError):
    """Raised by an init function that does not want to be loaded (``ErrSkipPlugin``).

    ``SkipPlugin("no zfs here")`` reads ``no zfs here: skip plugin``, as the Go wrapping does.
    """

    text = "skip plugin"

    def __init__(self, message: str | None = None) -> None:
        if message and self.text not in message:
            message = f"{message}: {self.text}"
        super().__init__(message or self.text)


class InvalidRequiresError(PluginError):
    """``"*"`` beside other types, or a type that requires itself in v2 (``ErrInvalidRequires``)."""

    text = "invalid requires"


class IDRegisteredError(PluginError):
    """The same plugin registered twice (``ErrIDRegistered``)."""

    text = "plugin: id already registered"


class PluginInitializedError(PluginError):
    """The same plugin added to a set twice (``ErrPluginInitialized``)."""

    text = "plugin: already initialized"


class PluginNotFoundError(PluginError):
    """A lookup that found nothing (``ErrPluginNotFound``; ``errdefs.ErrNotFound`` in 1.x)."""

    text = "plugin: not found"


class MultipleInstancesError(PluginError):
    """A single instance was asked for and several are there (``ErrPluginMultipleInstances``)."""

    text = "plugin: multiple instances"


class CircularDependencyError(PluginError):
    """Plugins that require each other in a ring (``ErrPluginCircularDependency``).

    ``cycle`` holds the URIs in the order of the walk; the first one closes the ring. containerd 1.x and
    2.0 to 2.2 have no such error: they recurse until the Go stack overflows.
    """

    text = "plugin: dependency loop detected"

    def __init__(self, message: str | None = None, cycle: tuple[str, ...] = ()) -> None:
        self.cycle = cycle
        if message is None and cycle:
            ring = " -> ".join((*cycle, cycle[0]))
            message = ErrorText.RING.format(cycle[0], f"{self.text} ({ring})")
        super().__init__(message)


class ConfigError(PluginError):
    """A plugin's configuration that does not fit its default configuration."""

    text = "plugin: bad config"


class BootAborted(PluginError):
    """The boot ended before its time.

    ``stage``: where; ``uri``: the plugin concerned, or "". Raises ``ValueError`` for a stage that there is not.
    """

    text = "boot aborted"

    def __init__(self, message: str, *, stage: Stage | str, uri: str = "") -> None:
        super().__init__(message)
        self.stage = Stage(stage)
        self.uri = uri


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it wraps, nearest first, each once (``raise … from None`` ends a branch)."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if current.__cause__ is not None:
            waiting.append(current.__cause__)
        if current.__context__ is not None and not current.__suppress_context__:
            waiting.append(current.__context__)


def is_skip_plugin(error: BaseException | None) -> bool:
    """Whether the error is, or wraps, a skip (``IsSkipPlugin``)."""
    return error is not None and any(isinstance(e, SkipPlugin) for e in chain(error))


def is_not_found(error: BaseException | None) -> bool:
    """Whether the error is, or wraps, "plugin: not found"."""
    return error is not None and any(isinstance(e, PluginNotFoundError) for e in chain(error))
