"""What one boot's events say of each plugin."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plugscope.boot import Outcome
from plugscope.sources.boot_log import EventKind, between
from plugscope.sources.observed import Expectation, PluginObservation

from .envelope import CUT
from .event import Event

_TYPE = re.compile(r"(.+?\.v\d+)\.(.+)")
_OUTCOMES = {EventKind.SKIPPED: Outcome.SKIP, EventKind.FAILED: Outcome.ERROR}


def facts_of(events: Iterable[Event], expectation: Expectation) -> dict[str, PluginObservation]:
    """The plugins that a boot tells of, in its order. One that goes on to the next plugin came up."""
    facts: dict[str, PluginObservation] = {}
    current: PluginObservation | None = None
    useless: dict[str, str] = {}
    for event in events:
        if current is not None and current.duration_ms is None and event.kind is not EventKind.UNUSABLE:
            current.duration_ms = between(current.time, event.time)
        if event.kind is EventKind.LOADING:
            if current is not None and current.outcome is None:
                current.outcome = Outcome.OK
            current = _fact(facts, event, expectation, None)
            if current is not None:
                current.loading = True
        elif event.kind in _OUTCOMES:
            fact = _fact(facts, event, expectation, current)
            if fact is not None:
                fact.outcome, fact.error, fact.line = _OUTCOMES[event.kind], event.text, event.line
                current = fact
        elif event.kind is EventKind.BOOTED and current is not None and current.outcome is None:
            current.outcome = Outcome.OK
        elif event.kind is EventKind.UNUSABLE:
            useless[event.uri] = event.text
    _fill_in(facts, useless)
    return facts


def _fact(
    facts: dict[str, PluginObservation],
    event: Event,
    expectation: Expectation,
    current: PluginObservation | None,
) -> PluginObservation | None:
    """The fact that an event is about, made if it is the first. Where the line lost the name, the plugin that started
    last is meant."""
    uri = event.uri
    if CUT in uri:
        uri = current.uri if current is not None and _fits(uri, current.uri) else expectation.resolve(uri)
    if not uri:
        uri = "" if current is None else current.uri
    if not uri:
        return None
    if uri not in facts:
        type_ = _type_of(uri, event.type, expectation)
        # What has no type or no id is no plugin, whatever the line says: the daemon could not have registered it.
        if not type_ or len(uri) <= len(type_) + 1:
            return None
        facts[uri] = PluginObservation(uri, type_, line=event.line, time=event.time)
    facts[uri].lines.append(event.line)
    return facts[uri]


def _fits(cut: str, uri: str) -> bool:
    head, _, tail = cut.partition(CUT)
    return uri.startswith(head) and uri.endswith(tail)


def _type_of(uri: str, told: str, expectation: Expectation) -> str:
    if told and uri.startswith(f"{told}."):
        return told
    entry = expectation.find(uri)
    if entry is not None:
        return str(entry.registration.type)
    split = _TYPE.fullmatch(uri)
    return split[1] if split else uri.rpartition(".")[0]


def _fill_in(facts: dict[str, PluginObservation], useless: dict[str, str]) -> None:
    """1.0 to 1.2 skip without a word, but metadata repeats why it cannot use a snapshotter."""
    for fact in facts.values():
        if fact.outcome is Outcome.SKIP and not fact.error and fact.id in useless:
            fact.error = useless[fact.id]
