"""The difference between two recordings: before and after a toggle, two configs, two versions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from plugscope.plugin import Meta

from .catalog import Known, Outcome
from .gc_pause import gc_paused
from .recording import Certainty, Recording, RecordingKind, Step


class Change(Struct, frozen=True):
    """One plugin that comes out otherwise: how before, how after, how sure, and why."""

    uri: str
    before: Outcome
    after: Outcome
    certainty: Certainty
    error: str
    causes: tuple[str, ...]


class MetaChange(Struct, frozen=True):
    """One plugin that is well in both boots, and says otherwise about itself."""

    uri: str
    before: Meta
    after: Meta

    def words(self) -> list[str]:
        """What is otherwise, a phrase each: ``exports root: /a to /b``, ``capability x gone``, ``platform x new``."""
        old, new = self.before, self.after
        keys = dict.fromkeys((*old.exports, *new.exports))
        return [
            *(
                f"exports {key}: {old.exports.get(key, 'nothing')} to {new.exports.get(key, 'nothing')}"
                for key in keys
                if old.exports.get(key) != new.exports.get(key)
            ),
            *_come_and_gone("capability", old.capabilities, new.capabilities),
            *_come_and_gone("platform", list(map(str, old.platforms)), list(map(str, new.platforms))),
        ]


def _come_and_gone(what: str, before: list[str], after: list[str]) -> Iterator[str]:
    yield from (f"{what} {name} gone" for name in before if name not in after)
    yield from (f"{what} {name} new" for name in after if name not in before)


class Impact(Struct, frozen=True):
    """What changes. ``moved`` are plugins that stand elsewhere among those that both boots have."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[str, ...]
    requires_changed: tuple[str, ...]
    changes: tuple[Change, ...]
    meta_changed: tuple[MetaChange, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__struct_fields__)

    def to(self, outcome: Outcome) -> list[Change]:
        """The changes that end with this outcome."""
        return [change for change in self.changes if change.after is outcome]


_UNTOLD = (Known.LOG, Known.INFERRED)


def compare(before: Recording, after: Recording) -> Impact:
    """What differs between two recordings, plugin by plugin (by URI), in the order of the second.

    Nothing is said of a plugin that one of them does not tell of.
    """
    old, new = before.outcomes, after.outcomes
    old_catalog, new_catalog = before.plan.catalog, after.plan.catalog
    untold = _untold(before), _untold(after)
    hidden = untold[0] | untold[1]
    requires_changed: list[str] = []
    meta_changed: list[MetaChange] = []
    if old_catalog is not new_catalog:
        meta_changed = list(_meta_changes(before, after))
        requires = {entry.uri: entry.registration.requires for entry in old_catalog.entries}
        requires_changed = [
            entry.uri
            for entry in new_catalog.entries
            if entry.uri in requires
            and requires[entry.uri] != entry.registration.requires
            and entry.uri not in hidden
        ]
    with gc_paused():
        changes = tuple(_changes(before, after, hidden))
    return Impact(
        () if new.keys() <= old.keys() or untold[0] else tuple(uri for uri in new if uri not in old),
        () if old.keys() <= new.keys() or untold[1] else tuple(uri for uri in old if uri not in new),
        tuple(_moved(_sequence(before, hidden), _sequence(after, hidden))),
        tuple(requires_changed),
        changes,
        tuple(meta_changed),
    )


def _untold(recording: Recording) -> frozenset[str]:
    """The plugins that a part of a log or of a listing does not tell of. At level warn, where all that failed is told
    of, there are none."""
    if recording.kind is not RecordingKind.OBSERVED or recording.boot.certainty is Certainty.MAY:
        return frozenset()
    return frozenset(step.uri for step in recording.steps if step.certainty is Certainty.UNKNOWN)


def _sequence(recording: Recording, hidden: frozenset[str]) -> list[str]:
    if not hidden:
        return [step.uri for step in recording.steps]
    return [step.uri for step in recording.steps if step.uri not in hidden]


def _meta_changes(before: Recording, after: Recording) -> Iterator[MetaChange]:
    for step in after.steps:
        was = before.by_uri.get(step.uri)
        if was is None or was.meta is None or step.meta is None:
            continue
        # A log does not tell what plugins say about themselves: that of its catalog stands for it.
        if was.entry.known in _UNTOLD or step.entry.known in _UNTOLD:
            continue
        if was.outcome is Outcome.OK is step.outcome and was.meta != step.meta:
            yield MetaChange(step.uri, was.meta, step.meta)


def _changes(before: Recording, after: Recording, hidden: frozenset[str]) -> Iterator[Change]:
    old, steps_before, steps_after = before.outcomes, before.by_uri, after.by_uri
    shared: dict[int, _Others] = {}
    # How sure an account is of what happened is no difference between two boots.
    foretold = not before.kind is after.kind is RecordingKind.OBSERVED
    for uri, outcome in after.outcomes.items():
        was = old.get(uri)
        if was is None or (was is outcome and outcome is not Outcome.ERROR) or uri in hidden:
            continue
        step = steps_after.get(uri)
        if step is None:
            if was is not outcome:
                yield Change(uri, was, outcome, Certainty.WILL, "", ())
        elif was is not outcome or (foretold and _surer(steps_before.get(uri), step)):
            yield Change(uri, was, outcome, step.certainty, step.error, _others(step, shared))


_Others = tuple[tuple[str, ...], frozenset[str]]


def _others(step: Step, shared: dict[int, _Others]) -> tuple[str, ...]:
    """The URIs of a step's causes but its own. Many steps have one tuple of causes: they are handed one of URIs."""
    if not step.causes:
        return ()
    known = shared.get(id(step.causes))
    if known is None:
        uris = tuple(cause.uri for cause in step.causes)
        known = shared[id(step.causes)] = uris, frozenset(uris)
    return tuple(uri for uri in known[0] if uri != step.uri) if step.uri in known[1] else known[0]


def _surer(before: Step | None, after: Step) -> bool:
    """Whether the same failure is now more or less certain."""
    return before is not None and before.certainty is not after.certainty


def _moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The smallest set of plugins whose removal leaves both orders alike, in the new order."""
    here, there = set(new), set(old)
    if [uri for uri in old if uri in here] == [uri for uri in new if uri in there]:
        return []
    rank = {uri: number for number, uri in enumerate(old)}
    common = [uri for uri in new if uri in rank]
    ranks = [rank[uri] for uri in common]
    stay = set(_longest_rise(ranks))
    return [uri for number, uri in enumerate(common) if number not in stay]


def _longest_rise(values: Sequence[int]) -> list[int]:
    """The positions of a longest increasing subsequence (patience sorting)."""
    tails: list[int] = []
    tops: list[int] = []
    previous = [-1] * len(values)
    for position, value in enumerate(values):
        pile = bisect_left(tops, value)
        previous[position] = tails[pile - 1] if pile else -1
        if pile == len(tails):
            tails.append(position)
            tops.append(value)
        else:
            tails[pile], tops[pile] = position, value
    chain: list[int] = []
    position = tails[-1] if tails else -1
    while position >= 0:
        chain.append(position)
        position = previous[position]
    return chain
