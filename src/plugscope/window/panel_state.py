"""What the user set in the panels of a document."""

from __future__ import annotations

from msgspec import Struct


class PanelState(Struct, frozen=True):
    """To be set so again in the panels of the same source when it is read anew.

    ``text`` is what the plugins are filtered by, ``lines`` what the lines of the log are; ``only_plugins`` and
    ``as_written`` are the log's switches. ``by_clock``: whether the replay stands on the clock against what its boot
    suggests; ``None`` if it does as suggested.
    """

    text: str = ""
    lines: str = ""
    only_plugins: bool = False
    as_written: bool = False
    by_clock: bool | None = None
