"""What the user wants disabled or enabled, whatever the source says of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from plugscope.boot import Plan


class Toggles(Struct, frozen=True):
    """The wishes of the user for one catalog. Never changed: each method gives other toggles.

    ``positions`` are turned the other way round from what the source says. ``granted``: what was wanted (by position,
    whether it is to be disabled) and the source says by itself by now. ``pending``: by URI, what is wanted of plugins
    that the source does not have just now: a file may be read while it is being written.
    """

    positions: frozenset[int] = frozenset()
    granted: Mapping[int, bool] = field(default_factory=dict)
    pending: Mapping[str, bool] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.positions)

    def turned(self, positions: frozenset[int]) -> Toggles:
        """With these turned, and no others. What is not turned any more is not granted either."""
        changed = self.positions ^ positions
        granted = {p: wanted for p, wanted in self.granted.items() if positions and p not in changed}
        return replace(self, positions=positions, granted=granted)

    def restored(self, overrides: Mapping[str, bool], plan: Plan) -> Toggles:
        """With the overrides of an earlier session, but for what the source says by itself by now.

        ``plan`` is that of the catalog, with these toggles in it.
        """
        known, off = plan.position, plan.disabled ^ self.positions
        positions = frozenset(
            known[uri] for uri, wanted in overrides.items() if uri in known and (known[uri] in off) != wanted
        )
        pending = {uri: wanted for uri, wanted in overrides.items() if uri not in known}
        return replace(self.turned(positions), pending=pending)

    def over(self, disabled: Collection[int], before: Collection[int]) -> Toggles:
        """The same wishes where the source disables other plugins by now; ``before``: what was disabled with them."""
        wanted = {**self.granted, **{position: position in before for position in self.positions}}
        positions = frozenset(p for p, is_off in wanted.items() if (p in disabled) != is_off)
        return replace(
            self, positions=positions, granted={p: w for p, w in wanted.items() if p not in positions}
        )

    def overrides(self, plan: Plan) -> dict[str, bool]:
        """What is turned in a plan with these toggles: by URI, whether it is to be disabled."""
        entries, off = plan.catalog.entries, plan.disabled
        return {entries[position].uri: position in off for position in sorted(self.positions)}

    def remembered(self, plan: Plan) -> dict[str, bool]:
        """The overrides, and those for plugins that the source does not have just now."""
        return {**self.pending, **self.overrides(plan)}
