"""What the user did to plugins that a source does not have just now: a file may be read while it is being written."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class PendingState(Struct, frozen=True):
    """By URI: what is to be disabled or enabled (``overrides``), where to stop, and what was selected."""

    overrides: Mapping[str, bool] = {}
    points: frozenset[str] = frozenset()
    selection: frozenset[str] = frozenset()
