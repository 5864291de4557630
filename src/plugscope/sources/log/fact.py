"""What one boot's events say of each plugin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from plugscope.boot.catalog import Outcome
from plugscope.plugin import Meta

from .envelope import CUT
from .event import Event, EventKind
from .expectation import Expectation

_TYPE = re.compile(r"(.+?\.v\d+)\.(.+)")
_OUTCOMES = {EventKind.SKIPPED: Outcome.SKIP, EventKind.FAILED: Outcome.ERROR}


@dataclass(slots=True)
class Fact:
    """One plugin: ``outcome`` is ``None`` while nothing tells what came of it, ``meta`` and ``requires`` where the
    source does not tell them. ``loading``: that it started is told by itself."""

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

    @property
    def id(self) -> str:
        return self.uri[len(self.type) + 1 :]


def facts_of(events: Iterable[Event], expectation: Expectation) -> dict[str, Fact]:
    """The plugins that a boot tells of, in its order. One that goes on to the next plugin came up."""
    facts: dict[str, Fact] = {}
    current: Fact | None = None
    useless: dict[str, str] = {}
    for event in events:
        if current is not None and current.duration_ms is None and event.kind is not EventKind.UNUSABLE:
            current.duration_ms = _between(current.time, event.time)
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
    facts: dict[str, Fact], event: Event, expectation: Expectation, current: Fact | None
) -> Fact | None:
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
        facts[uri] = Fact(uri, _type_of(uri, event.type, expectation), line=event.line, time=event.time)
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


def _fill_in(facts: dict[str, Fact], useless: dict[str, str]) -> None:
    """1.0 to 1.2 skip without a word, but metadata repeats why it cannot use a snapshotter."""
    for fact in facts.values():
        if fact.outcome is Outcome.SKIP and not fact.error and fact.id in useless:
            fact.error = useless[fact.id]


def _between(start: str, end: str) -> float | None:
    """Milliseconds of wall time between two of the daemon's time stamps."""
    a, b = _moment(start), _moment(end)
    if a is None or b is None:
        return None
    seconds = (b - a).total_seconds()
    return round(seconds * 1000, 3) if 0 <= seconds < 1e6 else None


_STAMP = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?")


def _moment(text: str) -> datetime | None:
    """Go writes nanoseconds, which Python 3.11's ``fromisoformat`` takes only in part."""
    found = _STAMP.match(text)
    if found is None:
        return None
    fraction = (found[2] or "0")[:6].ljust(6, "0")
    try:
        return datetime.fromisoformat(f"{found[1]}.{fraction}{(found[3] or 'Z').replace('Z', '+00:00')}")
    except ValueError:
        return None
