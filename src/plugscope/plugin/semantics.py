"""The rules of one era of containerd.

Facts: containerd 1.0 to 1.2 and 1.3 to 1.7 ``plugin/plugin.go``; containerd/plugin v1.0.0 (2.0 to 2.2)
and v1.1.0 (2.3 and later).
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Rules:
    """What differs from era to era. Each field is one rule of the Go code.

    ``disable_by_id``: a disable list names ids and takes the first registration of each id out.
    ``same_id_not_followed``: a required plugin with the requirer's own id is not pulled forward.
    ``duplicates``: what makes two registrations the same: nothing, their URI, or type and id.
    ``own_type_refused``: a registration may not require its own type.
    ``not_found``: the words of the error that a lookup without a result wraps.
    ``lookups_see_failed``: lookups by type hand failed plugins out instead of their error.
    """

    disable_by_id: bool
    same_id_not_followed: bool
    duplicates: str
    own_type_refused: bool
    not_found: str
    lookups_see_failed: bool


class Semantics(StrEnum):
    """Which era's rules hold. ``v2.0`` is containerd 2.0 to 2.2, ``v2`` is 2.3 and later."""

    CLASSIC = "classic"
    V1 = "v1"
    V2_0 = "v2.0"
    V2 = "v2"

    @property
    def rules(self) -> Rules:
        """The rules of this era."""
        return _RULES[self]

    @property
    def is_v2(self) -> bool:
        """Whether this is containerd 2.x (the containerd/plugin module)."""
        return self in (Semantics.V2_0, Semantics.V2)


_RULES = {
    Semantics.CLASSIC: Rules(
        disable_by_id=True,
        same_id_not_followed=True,
        duplicates="",
        own_type_refused=False,
        not_found="not found",
        lookups_see_failed=True,
    ),
    Semantics.V1: Rules(
        disable_by_id=False,
        same_id_not_followed=False,
        duplicates="uri",
        own_type_refused=False,
        not_found="not found",
        lookups_see_failed=True,
    ),
    Semantics.V2_0: Rules(
        disable_by_id=False,
        same_id_not_followed=False,
        duplicates="uri",
        own_type_refused=False,
        not_found="plugin: not found",
        lookups_see_failed=False,
    ),
    Semantics.V2: Rules(
        disable_by_id=False,
        same_id_not_followed=False,
        duplicates="type and id",
        own_type_refused=True,
        not_found="plugin: not found",
        lookups_see_failed=False,
    ),
}
