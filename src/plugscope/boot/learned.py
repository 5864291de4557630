"""What a real run teaches about a catalog whose lookups are not declared: a Python module's."""

from __future__ import annotations

from msgspec.structs import replace

from plugscope.plugin import Meta

from .catalog import Catalog, Entry, Init, Outcome
from .lookup import Lookup, OnError
from .recording import ErrorKind, MadeLookup, Recording, Step

_EVIDENCE = ("seen in a run",)


def learn(catalog: Catalog, recording: Recording) -> Catalog:
    """The catalog with the lookups and outcomes that a run showed, for entries that declare none.

    A lookup that failed shows what its failure does; of one that succeeded that stays unknown. A plugin that
    hung or crashed, or failed in the middle, may make further lookups: what it showed is kept all the same.
    """
    return replace(
        catalog,
        entries=[_taught(entry, recording.by_position.get(n)) for n, entry in enumerate(catalog.entries)],
    )


def _taught(entry: Entry, step: Step | None) -> Entry:
    if step is None or entry.lookups is not None or step.outcome is Outcome.NOT_REACHED:
        return entry
    init = entry.init
    if not step.is_victim:
        message = step.error if step.kind is not ErrorKind.CONFIG else f"configuration: {step.error}"
        init = Init(step.outcome, message, step.meta or Meta(), step.duration_ms)
    return replace(entry, lookups=tuple(_seen(made, step) for made in step.lookups), init=init)


def _seen(made: MadeLookup, step: Step) -> Lookup:
    policy = OnError.FATAL if made.decisive else OnError.TOLERATE if made.error else OnError.UNKNOWN
    words = made.lookup.error
    if made.decisive and made.error:
        words = step.error.replace(made.error, words)
    # It succeeded, and a member that it handed out was the end of the plugin: only 1.x hands out failed ones.
    members = "fatal" if made.decisive and not made.error else made.lookup.members
    return replace(made.lookup, on_error=policy, error=words, members=members, evidence=_EVIDENCE)
