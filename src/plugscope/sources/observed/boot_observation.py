"""What a source tells of one boot that happened, whatever kind of source it is: a log, a listing, a daemon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plugscope.plugin import Stage

from .plugin_observation import PluginObservation

_ALL_LOADED = (Stage.REQUIRED_MISSING, Stage.LISTENER, Stage.READINESS, Stage.POST_INIT_FATAL, Stage.SERVICE)
"""Stages that come after every plugin had its turn."""


@dataclass(frozen=True, slots=True)
class Ending:
    """``ok`` is ``None`` where the log does not tell. ``uris`` are the plugins that the end names."""

    ok: bool | None = True
    text: str = ""
    stage: Stage | None = None
    uris: tuple[str, ...] = ()
    line: int = 0

    @property
    def all_had_their_turn(self) -> bool:
        """Whether every plugin had been started before the end."""
        return (self.ok is True and not self.stage) or self.stage in _ALL_LOADED


@dataclass(slots=True)
class BootObservation:
    """One boot as it is told. ``facts`` stand in the order in which the plugins started.

    ``from_start``: nothing can have come before the first fact. ``each_start``: every plugin that started has a fact,
    so that absence means something. ``present`` are plugins without a fact that are certainly there. ``has_bad_proxy``:
    a proxy plugin of an unknown type was told of. ``is_log``: remarks speak of lines. ``is_part``: others may have come
    before, between and after.
    """

    facts: Mapping[str, PluginObservation]
    ending: Ending = field(default_factory=Ending)
    from_start: bool = True
    each_start: bool = True
    present: tuple[str, ...] = ()
    has_bad_proxy: bool = False
    is_log: bool = True
    is_part: bool = False

    @property
    def unfinished(self) -> str:
        """The plugin that started last, if nothing tells what came of it."""
        last = next(reversed(list(self.facts.values())), None)
        return last.uri if last is not None and last.outcome is None else ""
