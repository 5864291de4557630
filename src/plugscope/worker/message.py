"""What host and child say to each other: one JSON object a line, on pipes of their own.

Host to child: ``load`` a target, then ``run`` positions of what it registered. Child to host: ``ready``, then
``loaded`` or ``refused``; then for each plugin ``begin`` and ``step``; at last ``ended``.
"""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

MARKER = "\x1eplugscope"
"""Begins the line that ends one step's output: what follows on the line is a token and the step's index."""

CUT_OFF = 113
"""Exit status of a child that can no longer speak to its host."""

LOADED = 1_000_000_000
"""Stands in for the index behind what importing printed."""


class Target(Struct, frozen=True):
    """What to import. ``kind``: ``module`` (dotted name), ``file`` (path) or ``functions`` (a manifest's plugins).

    ``attr`` names a registry, a list of registrations, or a function that returns one. ``search`` is put in
    front of ``sys.path``. ``plugins`` holds a manifest's plugins as plain values.
    """

    kind: str
    name: str
    attr: str = ""
    search: str = ""
    semantics: str = "v2"
    plugins: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """As plain values that can be sent."""
        return asdict(self)


class Limits(Struct, frozen=True):
    """What a plugin may use: seconds for its init, seconds for the import, bytes of memory for the process."""

    timeout: float = 10.0
    load_timeout: float = 30.0
    close_timeout: float = 5.0
    memory: int = 1 << 30


def encode(message: dict[str, Any]) -> bytes:
    """One line."""
    return json.dumps(message, ensure_ascii=True, default=str).encode("ascii") + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """The message of a line. Raises ``ValueError`` for anything else."""
    try:
        value = json.loads(line)
    except RecursionError:
        raise ValueError("a message that nests too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("a message is an object")
    return value
