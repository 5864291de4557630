"""Two boots on one catalog, so that both can be shown on one canvas and nothing that is in both moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from plugscope.plugin import Registration

from .catalog import Catalog, Entry
from .impact import Impact, compare
from .rebase import rebased
from .recording import Recording


class MergedBoots(Struct, frozen=True):
    """Two recordings over one catalog, which has the plugins of both.

    ``only_before`` and ``only_after`` are the positions of those that one of them does not register: they have no
    step there. ``impact`` is what differs, ``requires`` by URI the types that were and are required where they do.
    """

    catalog: Catalog
    before: Recording
    after: Recording
    only_before: frozenset[int]
    only_after: frozenset[int]
    impact: Impact
    requires: Mapping[str, tuple[Sequence[str], Sequence[str]]]


def merge_boots(before: Recording, after: Recording) -> MergedBoots:
    """Lay two boots over each other: the plugins of the second, and at the end those that only the first has.

    A plugin of both is told as the second tells it, and requires what either says. Of a URI that is registered twice
    the first registration stands for it, as it does in a lookup.
    """
    old, new = before.plan.position, after.plan.position
    old_entries, new_entries = before.plan.catalog.entries, after.plan.catalog.entries
    entries = [
        _both(old_entries[old[uri]], new_entries[position]) if uri in old else new_entries[position]
        for uri, position in new.items()
    ]
    entries += [old_entries[position] for uri, position in old.items() if uri not in new]
    position_of = {entry.uri: number for number, entry in enumerate(entries)}
    catalog = replace(after.plan.catalog, entries=entries)
    impact = compare(before, after)
    return MergedBoots(
        catalog,
        rebased(before, catalog, {position: position_of[uri] for uri, position in old.items()}),
        rebased(after, catalog, {position: position_of[uri] for uri, position in new.items()}),
        frozenset(position_of[uri] for uri in old if uri not in new),
        frozenset(position_of[uri] for uri in new if uri not in old),
        impact,
        {
            uri: (old_entries[old[uri]].registration.requires, new_entries[new[uri]].registration.requires)
            for uri in impact.requires_changed
        },
    )


def _both(old: Entry, new: Entry) -> Entry:
    missing = [name for name in old.registration.requires if name not in new.registration.requires]
    if not missing:
        return new
    registration = new.registration
    whole = Registration(
        registration.type, registration.id, [*registration.requires, *missing], registration.config
    )
    return replace(new, registration=whole)
