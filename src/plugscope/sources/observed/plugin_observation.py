"""What a source tells of one plugin of a boot that happened."""

from __future__ import annotations

from dataclasses import dataclass, field

from plugscope.boot import Outcome
from plugscope.plugin import Meta


@dataclass(slots=True)
class PluginObservation:
    """One plugin: ``outcome`` is ``None`` while nothing tells what came of it, ``meta`` and ``requires`` where the
    source does not tell them. ``loading``: that it started is told by itself. ``lines`` are those that tell of it."""

    uri: str
    type: str = ""
    outcome: Outcome | None = None
    error: str = ""
    line: int = 0
    time: str = ""
    loading: bool = False
    duration_ms: float | None = None
    meta: Meta | None = None
    requires: tuple[str, ...] | None = None
    lines: list[int] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id: what follows the type in its URI."""
        return self.uri[len(self.type) + 1 :]
