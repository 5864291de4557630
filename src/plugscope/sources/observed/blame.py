"""What an aborted boot ended for, where that is more than a plugin that failed."""

from __future__ import annotations

import re
from collections.abc import Callable

from plugscope.boot import Cause, CauseReason, Plan
from plugscope.plugin import Stage
from plugscope.sources.shipped import containerd_facts

from .boot_observation import Ending
from .expectation import Expectation

_NO_PLUGIN = ""
"""Stands for a cause that is no plugin: the configuration, a directory, a socket."""

_CONFIG = (Cause(_NO_PLUGIN, CauseReason.CONFIG),)
_ABORTED = (Cause(_NO_PLUGIN, CauseReason.ABORTED),)
_ALWAYS = {
    Stage.CONFIG_LOAD: _CONFIG,
    Stage.CONFIG_VALIDATE: _CONFIG,
    Stage.LOG_SETUP: _CONFIG,
    Stage.DYNAMIC_LOAD: _ABORTED,
    Stage.LISTENER: _ABORTED,
    Stage.SERVICE: _ABORTED,
    Stage.CANCELLED: _ABORTED,
}

Blame = tuple[str, tuple[Cause, ...]]
"""The plugin that the end is about, or "", and the causes; none where they are those of that plugin's failure."""


def blame(ending: Ending, has_bad_proxy: bool, plan: Plan, expectation: Expectation) -> Blame:
    """The plugin and the causes of an ending."""
    uri = ending.uris[0] if ending.uris else ""
    if ending.stage in _ALWAYS:
        return uri, _ALWAYS[ending.stage]
    special: dict[Stage | None, Callable[[], Blame]] = {
        Stage.TOP_LEVEL_DIRS: lambda: (uri, _CONFIG if " must be " in ending.text else _ABORTED),
        Stage.REGISTER_PANIC: lambda: (uri, _panicked(uri, has_bad_proxy, expectation)),
        Stage.REQUIRED_MISSING: lambda: _missing(ending, plan),
        Stage.POST_INIT_FATAL: lambda: _after_all(ending, expectation),
    }
    found = special.get(ending.stage)
    return (uri, ()) if found is None else found()


def _panicked(uri: str, has_bad_proxy: bool, expectation: Expectation) -> tuple[Cause, ...]:
    """A proxy plugin of the configuration that has no type or the id of a plugin that is built in; else the build."""
    if has_bad_proxy or (uri and expectation.find(uri) is not None):
        return _CONFIG
    return (Cause(uri, CauseReason.ABORTED),) if uri else _ABORTED


def _missing(ending: Ending, plan: Plan) -> Blame:
    """Required plugins that were not there: disabled, or names that no plugin has."""
    disabled = [uri for uri in ending.uris if uri in plan.position]
    causes = tuple(Cause(uri, CauseReason.DISABLED) for uri in disabled)
    if len(disabled) < len(ending.uris):
        causes += _CONFIG
    return (disabled or [*ending.uris, ""])[0], causes


def _after_all(ending: Ending, expectation: Expectation) -> Blame:
    """A plugin gave up after every other was well: it says over which of those that it works with."""
    uri = containerd_facts().fatal_after_boot
    for lookups in expectation.lookups_of(uri):
        for lookup in lookups:
            other = f"{lookup.type}.{lookup.id}"
            is_named = re.search(rf"\b{re.escape(lookup.id.upper())}\b", ending.text) if lookup.id else None
            if is_named and lookup.id != uri.rpartition(".")[2]:
                return uri, (Cause(other, CauseReason.ABORTED),)
    return uri, (Cause(uri, CauseReason.ABORTED),)
